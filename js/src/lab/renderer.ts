// The durable output in Jupyter. In: a MIME bundle. Out: a player whose files the page's server serves.

import type { IRenderMime } from '@jupyterlab/rendermime-interfaces';
import { Widget } from '@lumino/widgets';
import { Player, type Sources } from '../components/player';
import { el } from '../dom';
import { MIME, type TakeView } from '../messages';
import { whenNear } from '../near';
import { readTakeView } from '../read';
import { locate } from './beside';

class TakeRenderer extends Widget implements IRenderMime.IRenderer {
  private player: Player | null = null;
  private unseen: () => void = () => undefined;
  private blob = '';
  private embedded = '';
  private turn = 0;

  constructor(private readonly resolver: IRenderMime.IResolver | null) {
    super();
    this.addClass('flow-output');
  }

  /** A take far below the window is an empty frame of its size until it comes near. */
  async renderModel(model: IRenderMime.IMimeModel): Promise<void> {
    const turn = ++this.turn;
    const view = readTakeView(model.data[MIME]);
    this.unseen();
    if (!view) {
      this.node.textContent = 'This take cannot be read. Run the cell again to render it.';
    } else if (this.player || !(view.clip || view.clip_data)) {
      await this.present(view, model.data['image/png'], turn);
    } else {
      this.node.replaceChildren(frameOf(view));
      this.unseen = whenNear(this.node, () => void this.present(view, model.data['image/png'], turn));
    }
  }

  override dispose(): void {
    if (this.isDisposed) return;
    this.unseen();
    this.player?.dispose();
    this.release();
    super.dispose();
  }

  private async present(view: TakeView, png: unknown, turn: number): Promise<void> {
    const sources = await this.sourcesOf(view, png);
    if (turn !== this.turn || this.isDisposed) return;
    this.player ??= new Player();
    this.player.update(view, sources);
    if (this.player.node.parentNode !== this.node) this.node.replaceChildren(this.player.node);
  }

  private async sourcesOf(view: TakeView, png: unknown): Promise<Sources> {
    const small = typeof png === 'string' ? `data:image/png;base64,${png.replace(/\s/g, '')}` : '';
    const inline = view.poster_data ? `data:image/webp;base64,${view.poster_data}` : small;
    if (view.progress) return { clip: '', poster: '' };
    const clip = view.clip_data ? this.unpack(view.clip_data) : await locate(this.resolver, view.clip, view.digest.take);
    const poster = inline || (await locate(this.resolver, view.poster, view.digest.take));
    return { clip, poster, find: (path, take) => locate(this.resolver, path, take) };
  }

  private unpack(data: string): string {
    if (data === this.embedded) return this.blob;
    this.release();
    try {
      const bytes = Uint8Array.from(atob(data), c => c.charCodeAt(0));
      this.blob = URL.createObjectURL(new Blob([bytes], { type: 'video/mp4' }));
      this.embedded = data;
    } catch {
      this.blob = '';
    }
    return this.blob;
  }

  private release(): void {
    if (this.blob) URL.revokeObjectURL(this.blob);
    this.blob = this.embedded = '';
  }
}

function frameOf({ width, height }: TakeView): HTMLElement {
  const frame = el('div', 'flow-unseen flow-ui');
  frame.style.setProperty('--flow-width', `${width || 640}px`);
  frame.style.setProperty('--flow-ratio', String(width && height ? width / height : 16 / 9));
  return frame;
}

/** Safe: the player shows text as text and loads nothing but the clip and the poster. */
export const rendererFactory: IRenderMime.IRendererFactory = {
  safe: true,
  mimeTypes: [MIME],
  defaultRank: 10,
  createRenderer: options => new TakeRenderer(options.resolver)
};
