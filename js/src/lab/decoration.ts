// What stands on one shot's cell. In: the cell, its number, its progress. Out: slate and strip around its editor.

import type { Cell, CodeCell, ICellModel } from '@jupyterlab/cells';
import { type PanelLayout, Widget } from '@lumino/widgets';
import { Player, TIME } from '../components/player';
import { Making } from '../components/progress';
import { Slate, type SlateState } from '../components/slate';
import { MEND, PlanStrip, SEEK, type Mending, type Seek } from '../components/strip';
import { METADATA_KEY, MIME, type CellPatch, type Digest } from '../messages';
import { readDigest } from '../read';
import { sourceKey, written } from '../source';
import { Underline } from './underline';

/** What the notebook says of a cell: its place, its neighbours, and what a kernel says of a take in the making. */
export interface Place {
  number: number;
  remark: string;
  copied: boolean;
  patch: CellPatch | null;
}

export class Decoration {
  private readonly slate = new Slate();
  private readonly strip = new PlanStrip();
  private readonly above = new Widget({ node: this.slate.node });
  private readonly below = new Widget({ node: this.strip.node });
  private readonly underline: Underline;
  private source = '';
  private key = '';
  private dirty = true;
  private digest: Digest | null = null;

  private readonly model: ICellModel;

  constructor(private readonly cell: Cell, private readonly changed: () => void) {
    this.model = cell.model;
    this.underline = new Underline(cell);
    this.attach();
    this.model.contentChanged.connect(this.touch, this);
    this.model.metadataChanged.connect(this.touch, this);
    outputsOf(cell)?.changed.connect(this.touch, this);
    cell.node.addEventListener(SEEK, this.onSeek);
    cell.node.addEventListener(TIME, this.onTime);
    cell.node.addEventListener(MEND, this.onMend);
  }

  /** Draws anew what has changed. */
  update({ number, remark, copied, patch }: Place): void {
    this.attach();
    if (this.dirty) this.read();
    const digest = patch?.digest ?? (copied ? null : this.digest);
    this.slate.update({ ...slateState(number, digest, this.source, this.key, patch), remark });
    const empty = !digest || !(digest.spans.length + digest.marks.length + digest.missed.length + digest.notes.length);
    this.below.setHidden(empty);
    const making = Making.within(this.cell.node);
    if (patch?.progress) making?.live(patch.progress);
    else if (!patch) making?.over();
    const stale = Boolean(digest?.source && digest.source !== this.key);
    if (digest && !empty) this.strip.update({ digest, stale });
    this.underline.update(this.source, digest?.missed ?? []);
  }

  dispose(): void {
    this.model.contentChanged.disconnect(this.touch, this);
    this.model.metadataChanged.disconnect(this.touch, this);
    outputsOf(this.cell)?.changed.disconnect(this.touch, this);
    this.cell.node.removeEventListener(SEEK, this.onSeek);
    this.cell.node.removeEventListener(TIME, this.onTime);
    this.cell.node.removeEventListener(MEND, this.onMend);
    this.underline.dispose();
    this.strip.dispose();
    this.above.dispose();
    this.below.dispose();
  }

  /** Around the editor; again where Jupyter has rebuilt the cell's layout. */
  private attach(): void {
    const layout = this.cell.layout as PanelLayout;
    const at = layout.widgets.findIndex(w => w.hasClass('jp-Cell-inputWrapper'));
    if (at < 0 || this.above.parent === this.cell) return;
    layout.insertWidget(at, this.above);
    layout.insertWidget(at + 2, this.below);
  }

  private touch(): void {
    this.dirty = true;
    this.changed();
  }

  private read(): void {
    this.dirty = false;
    this.source = this.model.sharedModel.getSource();
    this.key = sourceKey(this.source);
    const metadata: unknown = this.model.getMetadata(METADATA_KEY);
    const digest = this.choose(readDigest(metadata), readDigest(outputDigest(this.cell)));
    if (JSON.stringify(digest) !== JSON.stringify(this.digest)) this.digest = digest;
  }

  /** The metadata's, unless only the output's fits the text: a run without a page leaves it there. */
  private choose(metadata: Digest | null, output: Digest | null): Digest | null {
    if (!metadata) return output;
    return output?.source === this.key && metadata.source !== this.key ? output : metadata;
  }

  private readonly onSeek = (event: Event): void => {
    const { time_s, play } = (event as CustomEvent<Seek>).detail;
    const player = Player.within(this.cell.node);
    if (!player?.seek(time_s, play)) return;
    event.preventDefault();
    player.node.scrollIntoView({ block: 'nearest' });
  };

  private readonly onMend = (event: Event): void => {
    const { missed } = (event as CustomEvent<Mending>).detail;
    if (this.underline.mend(this.source, missed)) event.preventDefault();
  };

  private readonly onTime = (event: Event): void => {
    this.strip.playhead((event as CustomEvent<{ time_s: number }>).detail.time_s);
  };
}

function outputsOf(cell: Cell): CodeCell['model']['outputs'] | undefined {
  return (cell as CodeCell).model?.outputs;
}

function outputDigest(cell: Cell): unknown {
  const outputs = outputsOf(cell);
  if (!outputs) return null;
  for (let i = 0; i < outputs.length; i++) {
    const data: unknown = outputs.get(i).data[MIME];
    if (data && typeof data === 'object' && 'digest' in data) return data.digest;
  }
  return null;
}

/** Digest, text and progress as one slate. Without progress nothing is rendering, whatever a file says. */
export function slateState(
  number: number, digest: Digest | null, source: string, key: string, patch: CellPatch | null
): Omit<SlateState, 'remark'> {
  const said = written(source);
  const edited = Boolean(digest?.source && digest.source !== key);
  const seconds = edited || !digest?.duration_s ? said.duration_s : digest.duration_s;
  return {
    number,
    name: said.name.slice(0, 60) || digest?.shot || '',
    tier: said.tier.slice(0, 20) || digest?.tier || '',
    scene: digest?.scene ?? '',
    duration_s: seconds ?? digest?.duration_s ?? 0,
    credits: digest?.credits ?? 0,
    state: stateOf(digest, edited, patch),
    share: patch?.progress?.share ?? null,
    reason: patch?.progress?.stage ?? digest?.notes[0] ?? ''
  };
}

function stateOf(digest: Digest | null, edited: boolean, patch: CellPatch | null): Digest['state'] {
  const live = patch?.digest.state;
  if (live === 'rendering' || live === 'queued') return live;
  if (!digest || digest.state === 'rendering' || digest.state === 'queued') return 'draft';
  if (!edited) return digest.state;
  return digest.state === 'sealed' || digest.state === 'stale' ? 'stale' : 'draft';
}
