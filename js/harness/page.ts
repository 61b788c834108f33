// Every component on one page, for tests alone. In: a clip, a poster, perhaps hostile words. Out: `window.harness`.

import axe from 'axe-core';
import { Player, type Sources } from '../src/components/player';
import { Slate, type SlateState } from '../src/components/slate';
import { PlanStrip } from '../src/components/strip';
import { el } from '../src/dom';
import { readTakeView } from '../src/read';
import { dress } from '../src/sheet';
import { storyboard, timeline } from './films';
import { digest, DURATION_S, filled, film, kept, view } from './samples';

interface Files {
  clip: string;
  poster: string;
  /** A `TakeView` as a kernel made it. */
  take: unknown;
}

const STATES = ['draft', 'stale', 'queued', 'rendering', 'sealed', 'refused'] as const;
const mounted: { dispose(): void }[] = [];

function slate(number: number, state: SlateState['state'], words?: string): HTMLElement {
  const made = new Slate();
  made.update({
    number, name: words ?? 'glass', tier: words ?? 'fast', scene: words ?? 'kitchen', duration_s: DURATION_S,
    credits: 20, state, share: state === 'rendering' ? 0.42 : null, reason: words ?? '', remark: number === 1 ? words ?? 'copy of shot 2, needs a name of its own' : ''
  });
  return made.node;
}

function strip(state: 'draft' | 'sealed' | 'refused', stale: boolean, words?: string): HTMLElement {
  const made = new PlanStrip();
  made.update({ digest: digest(state, words), stale });
  made.playhead(1.2);
  mounted.push(made);
  return made.node;
}

function player(shown: ReturnType<typeof view>, files: Sources): HTMLElement {
  const made = new Player();
  made.update(shown, files);
  mounted.push(made);
  return made.node;
}

/** A film's timeline; `asking`: with the menu of its first joint. */
function reel(poster: string, words: string | undefined, asking: boolean): HTMLElement {
  const made = timeline(poster, words, asking);
  mounted.push(made);
  return made.node;
}

/** A cell as Jupyter lays it out: our slate, its editor, our strip, its output. */
function cell(number: number, state: SlateState['state'], stale: boolean, words?: string): HTMLElement {
  const editor = el('pre', 'harness-editor', { tabindex: '0' });
  editor.textContent = words ?? '%%shot glass --tier fast\nA glass slides majestically off the table edge.';
  return el('section', 'harness-cell', { 'aria-label': `Cell ${number}` }, slate(number, state, words), editor,
    strip(state === 'refused' ? 'refused' : 'sealed', stale, words));
}

/** Shows everything anew; with `words`, they stand in every text field. */
function show(files: Files, words?: string): void {
  for (const old of mounted.splice(0)) old.dispose();
  const none = { clip: '', poster: '' };
  const main = el('main', 'harness');
  main.append(el('h1', '', {}, 'flow_nb'));
  STATES.forEach((state, i) => main.append(cell(i + 1, state, state === 'stale', words)));
  main.append(
    player(readTakeView(words === undefined ? files.take : filled(files.take, words))!, files),
    player(view('sealed', words), words === undefined ? files : none),
    player(film(words), files),
    player(view('rendering', words, { progress: { stage: words ?? 'draw', share: 0.42, left_s: 12, preview: '' } }), none),
    player(view('draft', words, { note: words ?? 'Stopped. Run the cell again to shoot it.' }), none),
    player(view('sealed', words), { clip: '', poster: files.poster }),
    player(view('sealed', words, { takes: kept(words) }), { ...files, find: async () => files.poster }),
    reel(files.poster, words, false), reel(files.poster, words, true),
    storyboard(files.poster, words)
  );
  document.body.replaceChildren(main);
  main.querySelector<HTMLElement>('[data-ask] .flow-tl-joint')?.click();
}

/** Players of one take in one group, for what is measured of them. */
function row(count: number, shown: unknown, clip: string): void {
  const players = Array.from({ length: count }, () => player(readTakeView(shown)!, { clip, poster: '' }));
  document.body.replaceChildren(el('main', 'harness', {}, ...players));
}

dress();
Object.assign(window, { harness: { show, row, axe } });
