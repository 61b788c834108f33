// What the timeline asks for, done in a notebook. In: moves, edits, requests. Out: cells moved, metadata, files.

import { NotebookActions } from '@jupyterlab/notebook';
import { type Clip, type Desk } from '../components/timeline_model';
import type { Timeline } from '../components/timeline';
import { type CellPatch, type Edit, MIME, type PageRequest } from '../messages';
import { readTakeView } from '../read';
import { locate } from './beside';
import type { Board } from './board';

const MOST_UNDONE = 100;

/** What is said where no kernel listens. */
export const UNHEARD = 'No kernel has flow_nb loaded. Run the cell with %load_ext flow_nb, then the shots.';

export class NotebookDesk implements Desk {
  private readonly done: ({ id: string; edit: Edit } | null)[] = [];

  constructor(private readonly board: Board) {}

  move(id: string, to: number): void {
    this.remember(null);
    this.board.move(id, to);
  }

  edit(id: string, edit: Edit): void {
    const before = this.board.clips.find(clip => clip.id === id)?.edit;
    if (before) this.remember({ id, edit: before });
    this.board.edit(id, edit);
  }

  /** The notebook knows how to undo a move; edits are in metadata, which it does not undo. */
  undo(): void {
    const last = this.done.pop();
    if (last === undefined) return;
    if (last) this.board.edit(last.id, last.edit);
    else NotebookActions.undo(this.board.panel.content);
  }

  open(id: string): void {
    const notebook = this.board.panel.content;
    const index = notebook.widgets.findIndex(cell => cell.model.id === id);
    if (index < 0) return;
    notebook.activeCellIndex = index;
    void notebook.scrollToItem(index);
  }

  ask(request: PageRequest): string {
    return this.board.ask(request) ? '' : UNHEARD;
  }

  async source(clip: Clip): Promise<string> {
    return clip.clip.startsWith('data:') ? clip.clip : locate(this.board.panel.content.rendermime.resolver, clip.clip, clip.take);
  }

  private remember(step: { id: string; edit: Edit } | null): void {
    this.done.push(step);
    if (this.done.length > MOST_UNDONE) this.done.shift();
  }
}

/** Tells a timeline how an export goes on, and offers the file when it is done. */
export async function deliver(board: Board, timeline: Timeline, patch: CellPatch): Promise<void> {
  const { digest, progress, output } = patch;
  if (digest.state === 'refused') return timeline.report(digest.notes[0] ?? 'The film was not made.');
  if (progress) return timeline.report(`Exporting: ${progress.stage}`, progress);
  const view = readTakeView(output?.[MIME]);
  if (!view?.clip) return timeline.report(digest.state === 'sealed' ? 'The film is done.' : '');
  const link = document.createElement('a');
  link.href = await locate(board.panel.content.rendermime.resolver, view.clip, view.digest.take);
  link.download = view.clip.split('/').at(-1) ?? 'film.mp4';
  link.click();
  timeline.report(`Exported ${link.download}.`);
}
