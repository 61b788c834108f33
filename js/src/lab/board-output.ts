// The storyboard's output in Jupyter. In: a MIME bundle. Out: a board whose posters the page's server serves.

import type { IRenderMime } from '@jupyterlab/rendermime-interfaces';
import { Widget } from '@lumino/widgets';
import { Board } from '../components/storyboard';
import { BOARD_MIME } from '../cards';
import { readStoryboard } from '../read-board';
import { locate } from './beside';

class BoardRenderer extends Widget implements IRenderMime.IRenderer {
  private readonly board = new Board();

  constructor(private readonly resolver: IRenderMime.IResolver | null) {
    super();
    this.addClass('flow-output');
    this.node.append(this.board.node);
  }

  async renderModel(model: IRenderMime.IMimeModel): Promise<void> {
    const board = readStoryboard(model.data[BOARD_MIME]);
    if (!board) {
      this.node.textContent = 'This storyboard cannot be read. Run the cell again.';
      return;
    }
    const posters = await Promise.all(board.cards.map(card => locate(this.resolver, card.poster, card.take)));
    if (!this.isDisposed) this.board.update(board, posters);
  }
}

/** Safe: the board shows text as text and loads nothing but posters. */
export const boardFactory: IRenderMime.IRendererFactory = {
  safe: true,
  mimeTypes: [BOARD_MIME],
  defaultRank: 10,
  createRenderer: options => new BoardRenderer(options.resolver)
};
