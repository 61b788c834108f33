// The border of the page. In: JSON from a file, a kernel, or somebody's hands. Out: messages that hold
// what their types say, with bounded texts and finite numbers; never an exception.

import { readFilm } from './film';
import { choice, isObject, list, type Loose, MARKS, number, relativePath, text } from './loose';
import type { CellPatch, Digest, Mark, Missed, Progressing, Span, TakeView } from './messages';
import { readCues, readOverlay, readTakes, readWave } from './readtake';

export { text };

const MAX_PREVIEW = 100_000;
const PREVIEW = /^data:image\/jpeg;base64,[A-Za-z0-9+/]+=*$/;
const STATES: readonly Digest['state'][] = ['draft', 'stale', 'queued', 'rendering', 'sealed', 'refused'];
const SPANS: readonly Span['kind'][] = ['camera', 'light', 'action', 'line', 'beat', 'shot'];
const SOURCES: readonly Span['source'][] = ['literal', 'inferred', 'default', 'expected'];

/** The digest of a cell. Null: there is none, or nothing of it can be read. */
export function readDigest(value: unknown): Digest | null {
  if (!isObject(value)) return null;
  const version = /^flow_nb\.Digest\.(\d+)$/.exec(String(value['schema']))?.[1];
  if (version === undefined) return null;
  const duration_s = number(value['duration_s']);
  const notes = Array.isArray(value['notes']) ? value['notes'].slice(0, 20).map(n => text(n)) : [];
  if (Number(version) > 1) notes.unshift('Made by a newer flow_nb: update it to see everything.');
  return {
    schema: 'flow_nb.Digest.1',
    shot: text(value['shot'], 60),
    scene: text(value['scene'], 60),
    tier: text(value['tier'], 20),
    state: choice(value['state'], STATES, 'draft'),
    duration_s,
    credits: number(value['credits'], 1e9),
    set: text(value['set'], 60),
    light: text(value['light'], 60),
    camera: text(value['camera'], 120),
    spans: list(value['spans'], span).filter(s => s.end_s > s.start_s),
    marks: list(value['marks'], mark).sort((a, b) => a.time_s - b.time_s),
    missed: list(value['missed'], missed),
    notes: notes.filter(Boolean),
    take: text(value['take'], 64),
    source: text(value['source'], 64),
    cell: text(value['cell'], 200)
  };
}

/** The durable output. Null: it is not one. */
export function readTakeView(value: unknown): TakeView | null {
  if (!isObject(value)) return null;
  const digest = readDigest(value['digest']);
  if (!digest) return null;
  const fps = Array.isArray(value['fps']) ? value['fps'] : [];
  return {
    schema: 'flow_nb.TakeView.1',
    digest,
    clip: relativePath(value['clip']),
    clip_data: base64(value['clip_data']),
    poster: relativePath(value['poster']),
    poster_data: base64(value['poster_data']),
    width: number(value['width'], 16384),
    height: number(value['height'], 16384),
    fps: [number(fps[0], 1e6) || 24, number(fps[1], 1e6) || 1],
    frames: Math.round(number(value['frames'], 1e7)),
    progress: readProgress(value['progress']),
    note: text(value['note']),
    film: readFilm(value['film']),
    overlay: readOverlay(value['overlay']),
    wave: readWave(value['wave']),
    cues: readCues(value['cues']),
    takes: readTakes(value['takes']),
    group: text(value['group'], 60)
  };
}

/** What a kernel sends. Null: it is not a patch. */
export function readPatch(value: unknown): CellPatch | null {
  if (!isObject(value) || typeof value['cell_id'] !== 'string') return null;
  const digest = readDigest(value['digest']);
  const progress = readProgress(value['progress']);
  const output = isObject(value['output']) ? value['output'] : null;
  return digest && { cell_id: value['cell_id'], digest, progress, background: value['background'] === true, output };
}

function readProgress(value: unknown): Progressing | null {
  if (!isObject(value)) return null;
  const left = value['left_s'];
  return {
    stage: text(value['stage'], 40),
    share: number(value['share'], 1),
    left_s: typeof left === 'number' && Number.isFinite(left) ? number(left) : null,
    preview: picture(value['preview'])
  };
}

function span(item: Loose): Span {
  return {
    start_s: number(item['start_s']),
    end_s: number(item['end_s']),
    text: text(item['text']),
    kind: choice(item['kind'], SPANS, 'action'),
    source: choice(item['source'], SOURCES, 'literal')
  };
}

function mark(item: Loose): Mark {
  const theory = item['closed_form_s'];
  return {
    time_s: number(item['time_s']),
    kind: choice(item['kind'], MARKS, 'impact'),
    text: text(item['text']),
    speed_m_s: number(item['speed_m_s'], 1e6),
    impulse_n_s: number(item['impulse_n_s'], 1e9),
    closed_form_s: typeof theory === 'number' && Number.isFinite(theory) ? number(theory) : null
  };
}

function missed(item: Loose): Missed {
  const { at, instead } = item;
  return {
    words: text(item['words']),
    reason: text(item['reason']),
    fix: text(item['fix']),
    at: typeof at === 'number' && Number.isSafeInteger(at) ? Math.max(at, -1) : -1,
    instead: typeof instead === 'string' ? text(instead) : null
  };
}

/** A JPEG in a data URI; anything else is no picture. */
function picture(value: unknown): string {
  const good = typeof value === 'string' && value.length < MAX_PREVIEW && PREVIEW.test(value);
  return good ? value : '';
}

const base64 = (value: unknown): string =>
  typeof value === 'string' && /^[A-Za-z0-9+/=\s]*$/.test(value) ? value : '';
