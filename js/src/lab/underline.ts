// What was not understood, underlined in the editor's own text. In: a cell's editor, places. Out: edits that can be undone.

import { type Extension, StateEffect, StateField } from '@codemirror/state';
import { Decoration, EditorView, hoverTooltip, keymap, showTooltip, type Tooltip } from '@codemirror/view';
import type { Cell } from '@jupyterlab/cells';
import type { CodeMirrorEditor } from '@jupyterlab/codemirror';
import { el, words } from '../dom';
import { mend, mendLabel, type Place, placesOf } from '../missed';
import type { Missed } from '../messages';

const KEY = 'Mod-.';
const settle = StateEffect.define<Place[]>();

/** The places as the text moves under them; the page finds them anew after every edit. */
const field = StateField.define<readonly Place[]>({
  create: () => [],
  update(places, change) {
    let now = places;
    if (change.docChanged) {
      now = places
        .map(p => ({ ...p, from: change.changes.mapPos(p.from, 1), to: change.changes.mapPos(p.to, -1) }))
        .filter(p => p.from < p.to);
    }
    for (const effect of change.effects) if (effect.is(settle)) now = effect.value;
    return now;
  },
  provide: own => [
    EditorView.decorations.from(own, places =>
      Decoration.set(places.map(p => UNDERLINE.range(p.from, p.to)))
    ),
    showTooltip.computeN([own, 'selection'], state => {
      const { empty, head } = state.selection.main;
      const at = empty ? around(state.field(own), head) : undefined;
      return [at ? card(at, `${MAC ? '⌘' : 'Ctrl'} .`) : null];
    })
  ]
});

const MAC = /Mac|iP/.test(navigator.platform);
const UNDERLINE = Decoration.mark({ class: 'flow-missed-mark' });

const around = (places: readonly Place[], at: number): Place | undefined =>
  places.find(p => p.from <= at && at <= p.to);

const EXTENSION: Extension = [
  field,
  hoverTooltip((view, at) => {
    const place = around(view.state.field(field), at);
    const held = around(view.state.field(field), view.state.selection.main.head);
    return place && place !== held ? card(place, '') : null;
  }),
  keymap.of([{ key: KEY, run: view => apply(view, around(view.state.field(field), view.state.selection.main.head)) }])
];

/** Words on a card below the words: why, and a button that mends it. */
function card(place: Place, hint: string): Tooltip {
  return {
    pos: place.from,
    end: place.to,
    above: false,
    create(view) {
      const { missed } = place;
      const dom = el('div', 'flow-ui flow-missed-card', { role: 'note' });
      dom.append(words(`“${missed.words}” `, 'flow-missed-words'), words(missed.reason, 'flow-missed-reason'));
      const label = mendLabel(missed);
      if (label) {
        const button = el('button', 'flow-fix', { type: 'button', tabindex: '-1' }, words(label));
        button.addEventListener('mousedown', event => event.preventDefault());
        button.addEventListener('click', () => apply(view, place));
        dom.append(button);
        if (hint) dom.append(el('kbd', 'flow-missed-key', {}, hint));
      } else if (missed.fix) {
        dom.append(words(missed.fix, 'flow-missed-fix'));
      }
      return { dom };
    }
  };
}

function apply(view: EditorView, place: Place | undefined): boolean {
  const edit = place && mend(view.state.doc.toString(), place);
  if (!edit || view.state.readOnly) return false;
  view.dispatch({ changes: edit, selection: { anchor: edit.from + edit.insert.length }, userEvent: 'input.complete' });
  view.focus();
  return true;
}

/** The underlines of one cell, in whichever editor it has now. */
export class Underline {
  private view: EditorView | null = null;
  private told = '';

  constructor(private readonly cell: Cell) {}

  update(source: string, missed: readonly Missed[]): void {
    const editor = this.cell.editor as CodeMirrorEditor | null;
    if (!editor || typeof editor.injectExtension !== 'function') return;
    if (missed.length === 0 && !this.told) return;
    if (editor.editor !== this.view) {
      this.view = editor.editor;
      this.told = '';
      if (this.view.state.field(field, false) === undefined) editor.injectExtension(EXTENSION);
    }
    const places = placesOf(source, missed);
    const telling = JSON.stringify(places);
    if (telling === this.told || this.view.state.doc.toString() !== source) return;
    this.told = telling;
    this.view.dispatch({ effects: settle.of(places) });
  }

  /** Mends the words of one entry. False: they stand there no more, or nothing is offered. */
  mend(source: string, missed: Missed): boolean {
    return this.view ? apply(this.view, placesOf(source, [missed])[0]) : false;
  }

  dispose(): void {
    this.update('', []);
    this.view = null;
  }
}
