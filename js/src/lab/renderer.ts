// The durable output in Jupyter. In: a MIME bundle. Out: a player whose files the page's server serves.

import type { IRenderMime } from '@jupyterlab/rendermime-interfaces';
import { Widget } from '@lumino/widgets';
import { Player, type Sources } from '../components/player';
import { MIME, type TakeView } from '../messages';
import { readTakeView } from '../read';

class TakeRenderer extends Widget implements IRenderMime.IRenderer {
  private readonly player = new Player();
  private blob = '';
  private embedded = '';
  private turn = 0;

  constructor(private readonly resolver: IRenderMime.IResolver | null) {
    super();
    this.addClass('flow-output');
    this.node.append(this.player.node);
  }

  async renderModel(model: IRenderMime.IMimeModel): Promise<void> {
    const turn = ++this.turn;
    const view = readTakeView(model.data[MIME]);
    if (!view) {
      this.node.textContent = 'This take cannot be read. Run the cell again to render it.';
      return;
    }
    if (!this.player.node.isConnected) this.node.replaceChildren(this.player.node);
    const sources = await this.sourcesOf(view, model.data['image/png']);
    if (turn === this.turn && !this.isDisposed) this.player.update(view, sources);
  }

  override dispose(): void {
    if (this.isDisposed) return;
    this.player.dispose();
    this.release();
    super.dispose();
  }

  private async sourcesOf(view: TakeView, png: unknown): Promise<Sources> {
    const small = typeof png === 'string' ? `data:image/png;base64,${png.replace(/\s/g, '')}` : '';
    const inline = view.poster_data ? `data:image/webp;base64,${view.poster_data}` : small;
    if (view.progress) return { clip: '', poster: '' };
    const clip = view.clip_data ? this.unpack(view.clip_data) : await this.locate(view.clip, view.digest.take);
    const poster = inline || (await this.locate(view.poster, view.digest.take));
    return { clip, poster, find: (path, take) => this.locate(path, take) };
  }

  /** The address of a file beside the notebook. The take's id keeps the browser from an older file. */
  private async locate(path: string, take: string): Promise<string> {
    if (!path || !this.resolver) return '';
    try {
      const local = await this.resolver.resolveUrl(encodeURI(path));
      const url = new URL(await this.resolver.getDownloadUrl(local), document.baseURI);
      if (take) url.searchParams.set('take', take);
      return url.href;
    } catch {
      return '';
    }
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

/** Safe: the player shows text as text and loads nothing but the clip and the poster. */
export const rendererFactory: IRenderMime.IRendererFactory = {
  safe: true,
  mimeTypes: [MIME],
  defaultRank: 10,
  createRenderer: options => new TakeRenderer(options.resolver)
};
