// The shots of one open notebook. In: its cells as they change, its kernel's patches. Out: decorations, metadata.

import type { Cell, ICellModel, ICodeCellModel } from '@jupyterlab/cells';
import type { IDisplayData, IMimeBundle } from '@jupyterlab/nbformat';
import { NotebookActions, type NotebookPanel } from '@jupyterlab/notebook';
import { JSONExt, type JSONObject } from '@lumino/coreutils';
import { Signal } from '@lumino/signaling';
import { isWhole } from '../film';
import { EDIT_KEY, FILM_CELL, METADATA_KEY, MIME, type CellPatch, type Edit, type PageRequest } from '../messages';
import { REQUEST } from '../request';
import { readDigest, readTakeView } from '../read';
import { isShot } from '../source';
import type { Clip } from '../components/timeline_model';
import { Clips } from './clips';
import { copies, named } from './copies';
import { Decoration } from './decoration';
import { KernelLink } from './link';
import { isScribe } from './scribe';

export class Board {
  private static readonly known = new WeakMap<NotebookPanel, Board>();
  /** The shots, whenever they or what is made of them have changed; an export's patches. */
  readonly changed = new Signal<this, void>(this);
  /** Whether the frames so far are shown while a shot is made. */
  static previews = true;
  readonly exported = new Signal<this, CellPatch>(this);
  private readonly decorations = new Map<Cell, Decoration>();
  private readonly awaited = new WeakSet<Cell>();
  private readonly making = new Map<string, CellPatch>();
  private readonly link: KernelLink;
  private readonly films: Clips;
  private queued = 0;

  /** The board of an open notebook, if it has one. */
  static of(panel: NotebookPanel): Board | null {
    return Board.known.get(panel) ?? null;
  }

  constructor(readonly panel: NotebookPanel) {
    Board.known.set(panel, this);
    this.films = new Clips(this.queue);
    this.link = new KernelLink(
      panel.sessionContext,
      patch => this.patched(patch),
      () => this.forget()
    );
    panel.content.modelContentChanged.connect(this.queue, this);
    panel.content.modelChanged.connect(this.queue, this);
    panel.content.activeCellChanged.connect(this.queue, this);
    panel.disposed.connect(this.dispose, this);
    panel.node.addEventListener(REQUEST, this.onRequest);
    void panel.context.ready.then(() => this.queue());
  }

  /** Does what a component asks for. Cells run in the page, all else is the kernel's. False: it does not listen. */
  ask(request: PageRequest): boolean {
    const cells = request.cells.map(id => this.making.get(id));
    const blocks = cells.some(patch => patch && !patch.background);
    if (request.ask === 'render') this.run(request.cells);
    else if (request.ask === 'cancel' && blocks) void this.link.interrupt();
    else return this.link.ask(request);
    return true;
  }

  private readonly onRequest = (event: Event): void => {
    const { ask, cells, take } = (event as CustomEvent<PageRequest>).detail;
    const within = this.panel.content.widgets.find(cell => cell.node.contains(event.target as Node));
    this.ask({ ask, cells: cells.length || !within ? cells : [within.model.id], take });
  };

  private run(ids: readonly string[]): void {
    const cells = this.panel.content.widgets.filter(cell => ids.includes(cell.model.id));
    void NotebookActions.runCells(this.panel.content, cells, this.panel.sessionContext);
  }

  private readonly queue = (): void => {
    if (!this.queued) this.queued = requestAnimationFrame(() => this.draw());
  };

  private draw(): void {
    this.queued = 0;
    if (this.panel.isDisposed || !this.panel.content.model) return;
    const cells = this.panel.content.widgets;
    const shots = cells.filter(c => c.model.type === 'code' && isShot(c.model.sharedModel.getSource()));
    for (const [cell, decoration] of this.decorations) {
      if (shots.includes(cell) && !cell.isDisposed) continue;
      this.decorations.delete(cell);
      decoration.dispose();
    }
    const standing = shots.map(({ model }) => ({
      id: model.id, source: model.sharedModel.getSource(), digest: readDigest(model.getMetadata(METADATA_KEY))
    }));
    const copied = copies(standing);
    const { names, remarks } = named(standing, copied);
    shots.forEach((cell, i) => this.decorate(cell, i + 1, remarks[i]!, copied.has(cell.model.id)));
    this.clips = this.films.read(shots.map(cell => cell.model as ICodeCellModel), this.making, copied);
    const edits = this.clips.filter(clip => !isWhole(clip.edit)).map(clip => [clip.id, clip.edit] as const);
    this.link.tell({ cells: shots.map(cell => cell.model.id), edits: Object.fromEntries(edits), names });
    this.changed.emit();
  }

  /** The shots of the notebook, from its top. */
  clips: readonly Clip[] = [];

  /** Keeps an edit on its cell; one that changes nothing is taken away. */
  edit(id: string, edit: Edit): void {
    const model = this.model(id);
    if (isWhole(edit)) model?.deleteMetadata(EDIT_KEY);
    else model?.setMetadata(EDIT_KEY, edit);
  }

  /** Moves a shot's cell to where the shot of that number (from 0) stands now. */
  move(id: string, to: number): void {
    const notebook = this.panel.content;
    const place = (cell: string | undefined): number => notebook.widgets.findIndex(c => c.model.id === cell);
    const [from, target] = [place(id), place(this.clips[to]?.id)];
    if (from >= 0 && target >= 0) NotebookActions.moveCells(notebook, from, target);
    this.draw();
  }

  /** One cell that cannot be decorated must not cost the others theirs. */
  private decorate(cell: Cell, number: number, remark: string, copied: boolean): void {
    if (cell.isPlaceholder()) {
      if (!this.awaited.has(cell)) void cell.ready.then(this.queue);
      this.awaited.add(cell);
      return;
    }
    try {
      const decoration = this.decorations.get(cell) ?? new Decoration(cell, this.queue);
      this.decorations.set(cell, decoration);
      decoration.update({ number, remark, copied, patch: this.making.get(cell.model.id) ?? null });
    } catch (error) {
      console.error('flow_nb: a cell could not be decorated', error);
    }
  }

  /** What is being made stays on the page; what is done goes into the file. */
  private patched(patch: CellPatch): void {
    if (patch.cell_id === FILM_CELL) return this.exported.emit(patch);
    if (!Board.previews && patch.progress) patch.progress.preview = '';
    if (['rendering', 'queued'].includes(patch.digest.state)) {
      this.making.set(patch.cell_id, patch);
    } else {
      this.making.delete(patch.cell_id);
      this.keep(patch);
      if (patch.output) this.settle(patch.cell_id, patch.output);
    }
    this.queue();
  }

  /** Into the file, unless it stands there already: a page that only reads changes nothing. */
  private keep({ cell_id, digest }: CellPatch): void {
    const model = this.model(cell_id);
    const kept = model?.getMetadata(METADATA_KEY);
    const now = { ...digest, cell: cell_id };
    const same = kept !== undefined && JSONExt.deepEqual(kept, now as unknown as JSONObject);
    if (!same && isScribe(this.panel.content.model?.sharedModel.awareness)) model?.setMetadata(METADATA_KEY, now);
  }

  /** The output of a job that ended, or of a take that was picked, where the page did not run the cell itself. */
  private settle(id: string, data: Record<string, unknown>): void {
    const outputs = (this.model(id) as ICodeCellModel | null)?.outputs;
    const take = readTakeView(data[MIME]);
    if (!outputs || !take) return;
    const output: IDisplayData = { output_type: 'display_data', data: data as IMimeBundle, metadata: {} };
    for (let i = 0; i < outputs.length; i++) {
      const view = readTakeView(outputs.get(i).data[MIME]);
      if (!view) continue;
      if (view.progress || view.digest.take !== take.digest.take) outputs.set(i, output);
      return;
    }
    outputs.add(output);
  }

  private model(id: string): ICellModel | null {
    for (const cell of this.panel.content.model?.cells ?? []) if (cell.id === id) return cell;
    return null;
  }

  private forget(): void {
    this.making.clear();
    this.queue();
  }

  private dispose(): void {
    cancelAnimationFrame(this.queued);
    this.link.dispose();
    this.films.dispose();
    Signal.clearData(this);
    this.panel.node.removeEventListener(REQUEST, this.onRequest);
    for (const decoration of this.decorations.values()) decoration.dispose();
    this.decorations.clear();
  }
}
