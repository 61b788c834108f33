// The contact sheet of a notebook. In: a `Storyboard`, where its posters are. Out: nothing; it prints.

import type { Card, Storyboard } from '../cards';
import { el, words } from '../dom';
import { length } from '../time';

const NOT_SHOT = 'not shot yet';

export class Board {
  readonly node = el('section', 'flow-board flow-ui', { role: 'group' });

  /** `posters` are addresses that an image can load, card by card; empty where there is none. */
  update(board: Storyboard, posters: readonly string[]): void {
    this.node.setAttribute('aria-label', `Storyboard: ${board.title}`);
    const print = el('button', 'flow-act flow-board-print', { type: 'button' }, 'Print');
    print.addEventListener('click', () => printAlone(this.node));
    const head = el('header', 'flow-board-head', {}, words(board.title, 'flow-board-title'));
    head.append(el('span', 'flow-board-total', {}, total(board)), print);
    const cards = board.cards.map((card, i) => item(card, posters[i] ?? ''));
    this.node.replaceChildren(head, el('ol', 'flow-board-cards', {}, ...cards));
  }
}

/** `3 shots · 14 s · 1 not shot yet`. */
export function total({ cards }: Storyboard): string {
  const open = cards.filter(card => !card.take).length;
  const count = `${cards.length} ${cards.length === 1 ? 'shot' : 'shots'}`;
  const seconds = cards.reduce((sum, card) => sum + card.duration_s, 0);
  return [count, length(seconds), open ? `${open} ${NOT_SHOT}` : ''].filter(Boolean).join(' · ');
}

function item(card: Card, poster: string): HTMLElement {
  const picture = el('div', 'flow-board-picture');
  if (poster) picture.append(el('img', '', { src: poster, alt: `Shot ${card.number}, ${card.shot}`, loading: 'lazy' }));
  else picture.append(el('span', '', {}, card.take ? 'The poster is not here.' : NOT_SHOT));
  const head = el('div', 'flow-board-name', {}, el('b', '', {}, String(card.number)), words(card.shot));
  head.append(el('span', '', {}, length(card.duration_s)));
  const node = el('li', 'flow-board-card', {}, picture, head);
  const facts = [card.tier, card.scene, card.camera].filter(Boolean).join(' · ');
  const told: [string, string][] = [['slug', card.slug], ['text', card.text], ['facts', facts], ['note', card.note]];
  for (const [kind, text] of told) if (text) node.append(el('p', `flow-board-${kind}`, {}, words(text)));
  for (const line of card.lines) node.append(el('blockquote', 'flow-board-line', {}, words(line)));
  return node;
}

/** The board by itself on paper: the rest of the page is left out while it prints. */
function printAlone(node: HTMLElement): void {
  const frame = el('iframe', '', { 'aria-hidden': 'true', tabindex: '-1', style: 'position:fixed;width:0;height:0;border:0' });
  document.body.append(frame);
  const paper = frame.contentDocument;
  if (!paper) return frame.remove();
  for (const sheet of document.querySelectorAll('style#flow-nb-sheet')) paper.head.append(paper.importNode(sheet, true));
  const copy = paper.importNode(node, true);
  copy.classList.add('flow-board-paper');
  for (const image of copy.querySelectorAll('img')) image.loading = 'eager';
  paper.body.append(copy);
  const images = [...copy.querySelectorAll('img')].map(image => image.decode().catch(() => undefined));
  void Promise.all(images).then(() => {
    frame.contentWindow?.addEventListener('afterprint', () => frame.remove());
    frame.contentWindow?.print();
  });
}
