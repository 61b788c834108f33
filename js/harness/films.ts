// A film's components for the test page. In: a poster, perhaps hostile words. Out: a timeline, a storyboard.

import { Board } from '../src/components/storyboard';
import { Timeline } from '../src/components/timeline';
import type { Clip } from '../src/components/timeline_model';
import { el } from '../src/dom';
import { readStoryboard } from '../src/read-board';

const NAMES = ['glass', 'cup', 'the long walk home', 'marble', 'curtain', 'rain'] as const;
const STATES = ['sealed', 'stale', 'rendering', 'queued', 'draft', 'refused'] as const;
const JOINTS = ['cut', 'dissolve', 'fade'] as const;
const LENGTH_FRAMES = 96;

/** One shot in each state, every joint, two scenes, the second trimmed. */
export function clips(poster: string, words?: string): Clip[] {
  const say = (text: string): string => words ?? text;
  return STATES.map((state, i) => ({
    id: say(`c${i}`) + i, name: say(NAMES[i]!), scene: say(i < 3 ? 'kitchen' : 'street'), tier: say('fast'),
    set: say(i < 4 ? 'kitchen' : 'street'), light: say(i % 2 ? 'golden hour' : 'night'), state,
    share: state === 'rendering' ? 0.42 : null, reason: say('the text has changed'), credits: 20,
    frames: LENGTH_FRAMES, fps: 24, width: 640, height: 360, take: say(`t${i}`), clip: i < 4 ? say(`takes/${i}.mp4`) : '',
    poster: i < 4 ? poster : '', wave: Uint8Array.from({ length: 60 }, (_, at) => Math.round(127 + 120 * Math.sin(at / 3))),
    edit: {
      schema: 'flow_nb.Edit.1', in_s: i === 1 ? 1 : 0, out_s: i === 1 ? 3 : null,
      transition: JOINTS[i % 3]!, transition_s: i % 3 ? 0.5 : 0
    }
  }));
}

/** A timeline as the panel below a notebook shows it; `asking`: its menu of transitions is open. */
export function timeline(poster: string, words: string | undefined, asking: boolean): { node: HTMLElement; dispose(): void } {
  const made = new Timeline({
    move: () => undefined, edit: () => undefined, open: () => undefined, undo: () => undefined,
    ask: () => words ?? '', source: async () => ''
  });
  made.node.setAttribute('aria-label', asking ? 'Timeline, its menu open' : 'Timeline');
  made.update(clips(poster, words));
  made.report(words ?? 'Exporting: sealing', { stage: words ?? 'seal', share: 0.6, left_s: 3, preview: '' });
  const panel = el('div', 'flow-tl-panel', { style: 'height: 240px' }, made.node);
  if (asking) panel.dataset['ask'] = '';
  return { node: panel, dispose: () => made.dispose() };
}

/** A storyboard of a shot with a picture, one without, and one that is not shot yet. */
export function storyboard(poster: string, words?: string): HTMLElement {
  const say = (text: string): string => words ?? text;
  const cards = NAMES.slice(0, 3).map((name, i) => ({
    number: i + 1, shot: say(name), scene: say('kitchen'), tier: say('fast'), duration_s: 4,
    slug: say('INT. KITCHEN - GOLDEN HOUR'), text: say('A glass slides off the table edge and shatters.'),
    camera: say('medium, low angle, slow dolly in'), lines: [say('MARA: That was my grandmother’s.')],
    poster: i === 0 ? 'takes/glass.png' : '', take: i < 2 ? say('a1') : '', note: i === 2 ? say('“levitates”: nothing here does this.') : ''
  }));
  const made = new Board();
  made.update(readStoryboard({ schema: 'flow_nb.Storyboard.1', title: say('The fall'), cards })!, [poster]);
  return made.node;
}
