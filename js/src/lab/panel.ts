// The panel below the notebook. In: the notebook that is looked at. Out: its timeline.

import type { Message } from '@lumino/messaging';
import { Widget } from '@lumino/widgets';
import { Timeline } from '../components/timeline';
import type { CellPatch } from '../messages';
import type { Board } from './board';
import { deliver, NotebookDesk, UNHEARD } from './desk';

export class TimelinePanel extends Widget {
  private readonly timelines = new Map<Board, Timeline>();
  private shown: Board | null = null;

  /** `closed`: its user has closed it. */
  constructor(private readonly closed: () => void) {
    super();
    this.id = 'flow-nb-timeline';
    this.title.label = 'Timeline';
    this.title.caption = 'The film of this notebook';
    this.title.closable = true;
    this.addClass('flow-tl-panel');
  }

  /** Where an export of the notebook that is looked at begins. */
  export(): void {
    const timeline = this.shown && this.timelines.get(this.shown);
    if (!this.shown?.ask({ ask: 'export', cells: [], take: '' })) timeline?.report(UNHEARD);
    else timeline?.report('Exporting …');
  }

  protected override onCloseRequest(message: Message): void {
    super.onCloseRequest(message);
    this.closed();
  }

  override dispose(): void {
    if (this.isDisposed) return;
    for (const board of [...this.timelines.keys()]) this.forget(board);
    super.dispose();
  }

  /** Shows the film of this notebook. */
  follow(board: Board): void {
    if (board === this.shown) return;
    this.shown = board;
    this.node.replaceChildren(this.timelineOf(board).node);
  }

  private timelineOf(board: Board): Timeline {
    const known = this.timelines.get(board);
    if (known) return known;
    const timeline = new Timeline(new NotebookDesk(board));
    this.timelines.set(board, timeline);
    timeline.update(board.clips);
    board.changed.connect(this.draw, this);
    board.exported.connect(this.deliver, this);
    board.panel.disposed.connect(() => this.forget(board));
    return timeline;
  }

  private draw(board: Board): void {
    this.timelines.get(board)?.update(board.clips);
  }

  private deliver(board: Board, patch: CellPatch): void {
    const timeline = this.timelines.get(board);
    if (timeline) void deliver(board, timeline, patch);
  }

  private forget(board: Board): void {
    this.timelines.get(board)?.dispose();
    this.timelines.delete(board);
    board.changed.disconnect(this.draw, this);
    board.exported.disconnect(this.deliver, this);
    if (this.shown !== board) return;
    this.shown = null;
    this.node.replaceChildren();
  }
}
