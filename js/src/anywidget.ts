// The shell for VS Code, Colab, marimo and every other anywidget host. In: a model whose `view` is a take or a
// storyboard and whose files are its bytes. Out: the same components as in Jupyter, requests as messages.

import { Player } from './components/player';
import { Board } from './components/storyboard';
import type { PageRequest } from './messages';
import { readTakeView } from './read';
import { readStoryboard } from './read-board';
import { REQUEST } from './request';
import { SHEET } from './sheet';

/** What anywidget hands over, as far as it is used here. */
interface Model {
  get(name: string): unknown;
  on(event: string, heard: () => void): void;
  off(event: string, heard: () => void): void;
  send(content: unknown): void;
}

class Files {
  private readonly made = new Map<string, string>();

  constructor(private readonly model: Model) {}

  /** An address for the bytes of a file that the kernel sent along; empty where it did not. */
  url(name: string, type: string): string {
    const files = this.model.get('files') as Record<string, DataView> | null;
    const bytes = files?.[name];
    if (!name || !bytes?.byteLength) return '';
    const known = this.made.get(name);
    if (known) return known;
    const url = URL.createObjectURL(new Blob([bytes as DataView<ArrayBuffer>], { type }));
    this.made.set(name, url);
    return url;
  }

  dispose(): void {
    for (const url of this.made.values()) URL.revokeObjectURL(url);
  }
}

function render({ model, el }: { model: Model; el: HTMLElement }): () => void {
  const files = new Files(model);
  const player = new Player();
  const board = new Board();
  const style = document.createElement('style');
  style.textContent = SHEET;
  const show = (): void => {
    const view: unknown = model.get('view');
    const take = readTakeView(view);
    const sheet = readStoryboard(view);
    if (take) player.update(take, { clip: files.url(take.clip, 'video/mp4'), poster: files.url(take.poster, 'image/jpeg') });
    if (sheet) board.update(sheet, sheet.cards.map(card => files.url(card.poster, 'image/jpeg')));
    el.replaceChildren(style, take ? player.node : sheet ? board.node : 'This cannot be read. Update flow_nb.');
  };
  const asked = (event: Event): void => model.send((event as CustomEvent<PageRequest>).detail);
  el.addEventListener(REQUEST, asked);
  model.on('change:view', show);
  show();
  return () => {
    model.off('change:view', show);
    el.removeEventListener(REQUEST, asked);
    player.dispose();
    files.dispose();
  };
}

export default { render };
