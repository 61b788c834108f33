// Sample data, as rich as a real notebook's. In: words to put into every text field. Out: messages.

import type { Digest, KeptTake, Mark, Span, TakeView } from '../src/messages';
import { readDigest, readTakeView } from '../src/read';

export const DURATION_S = 4;

const SPANS: readonly Partial<Span>[] = [
  { start_s: 0, end_s: 4, kind: 'camera', text: 'slow dolly in' },
  { start_s: 0, end_s: 4, kind: 'light', text: 'golden hour, warm', source: 'inferred' },
  { start_s: 0, end_s: 2, kind: 'beat', text: 'calm', source: 'default' },
  { start_s: 2, end_s: 4, kind: 'beat', text: 'sad' },
  { start_s: 0.5, end_s: 1.2, kind: 'action', text: 'glass slides off the table edge' },
  { start_s: 1.2, end_s: 2.6, kind: 'action', text: 'shatters', source: 'expected' },
  { start_s: 2.2, end_s: 3.8, kind: 'line', text: 'MARA: That was my grandmother’s.' }
];

const MARKS: readonly Partial<Mark>[] = [
  { time_s: 0.5, kind: 'release', text: 'the glass is let go' },
  { time_s: 0.79, kind: 'leave', text: 'it slides off' },
  { time_s: 1.2, kind: 'impact', text: 'the glass hits the hardwood floor', speed_m_s: 3.84, impulse_n_s: 1.15, closed_form_s: 1.1996 },
  { time_s: 1.2, kind: 'break', text: 'it shatters into 38 pieces' },
  { time_s: 1.9, kind: 'step', text: 'Mara steps back' },
  { time_s: 2.6, kind: 'rest', text: 'the last piece comes to rest' }
];

/** A digest as a kernel writes it; with `words`, every text in it is those words. */
export function digest(state: Digest['state'], words?: string): Digest {
  const say = (text: string): string => words ?? text;
  return readDigest({
    schema: 'flow_nb.Digest.1', shot: say('glass'), scene: say('kitchen'), tier: say('fast'), state,
    duration_s: DURATION_S, credits: 20, set: say('kitchen'), light: say('golden hour, warm'),
    camera: say('medium, low angle, slow dolly in'),
    spans: SPANS.map(span => ({ ...span, text: say(span.text ?? '') })),
    marks: MARKS.map(mark => ({ ...mark, text: say(mark.text ?? '') })),
    missed: [
      { words: say('majestically'), reason: say('no such way to move.'), fix: say('Leave it out.'), at: 15, instead: say('') },
      { words: say('levitates'), reason: say('nothing here does this.'), fix: 'Write "falls".', instead: say('falls') },
      { words: say('a flugelhorn'), reason: say('no such thing is known; a paper cut-out stands in.'), fix: say('Say it in a sentence of its own.') }
    ],
    notes: [say('Her line is spoken by af_heart, as no voice was cast for MARA.')],
    take: words ? '' : '0123456789abcdef', source: 'k'
  })!;
}

/** A take's view; with `words`, its paths and its note are those words too. */
export function view(state: Digest['state'], words?: string, more: Partial<TakeView> = {}): TakeView {
  return readTakeView({
    digest: digest(state, words), clip: words ?? 'takes/glass-5ac1.mp4', poster: words ?? 'takes/glass-5ac1.png',
    width: 640, height: 360, fps: [24, 1], frames: 96, ...more
  })!;
}

/** Three takes of a shot, the second in use. */
export function kept(words?: string): KeptTake[] {
  const ids = ['fedcba9876543210', words ?? '0123456789abcdef', '89abcdef01234567'];
  return ids.map((id, i) => ({
    id: id + (words ? i : ''), clip: `takes/${i}.mp4`, poster: `takes/${i}.png`, tier: words ?? 'fast', seed: i, duration_s: 4,
    made: words ?? `2026-11-21T20:1${i}:00+00:00`
  }));
}

/** A film of five shots, one of them short. */
export function film(words?: string): TakeView {
  const shots = ['glass', 'cup', 'the long walk home', 'marble', 'curtain'];
  const ends = [0.6, 1.2, 2.9, 3.1, 4];
  const spans = shots.map((text, i) => ({ start_s: ends[i - 1] ?? 0, end_s: ends[i], text: words ?? text, kind: 'shot' }));
  const whole = view('sealed', words);
  return readTakeView({ ...whole, digest: { ...whole.digest, shot: words ?? 'film', tier: 'film', spans, marks: [], missed: [], notes: [] } })!;
}

/** A kernel's own message with those words in place of every text, its closed options left. */
export function filled(value: unknown, words: string, key = ''): unknown {
  if (Array.isArray(value)) return value.map(item => filled(item, words, key));
  if (typeof value === 'string') return ['schema', 'kind', 'source', 'state'].includes(key) ? value : words;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, filled(v, words, k)]));
}
