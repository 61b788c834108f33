// The takes of a shot. In: those that are kept, which is in use. Out: which to see beside, which to pick.

import type { KeptTake } from '../messages';
import { el, setText, words } from '../dom';
import { icon } from '../icons';
import { length } from '../time';

export const MOST_BESIDE = 3;
const ANSWER_MS = 4000;
const NO_ANSWER = 'No kernel answered. Run a cell of this notebook, then pick again.';

/** What the strip asks for. */
export interface Wishes {
  beside(takes: readonly KeptTake[]): void;
  pick(take: KeptTake): void;
}

interface Card {
  take: KeptTake;
  node: HTMLElement;
  show: HTMLButtonElement;
  picture: HTMLImageElement;
}

export class Takes {
  readonly node = el('section', 'flow-takes', { 'aria-label': 'Takes of this shot', hidden: '' });
  private readonly title = el('span', 'flow-takes-title');
  private readonly said = el('span', 'flow-takes-said', { role: 'status' });
  private readonly strip = el('ul', 'flow-takes-strip');
  private cards: Card[] = [];
  private chosen: string[] = [];
  private loaded = '';
  private waiting = 0;

  constructor(private readonly wishes: Wishes) {
    this.node.append(el('div', 'flow-takes-head', {}, this.title, this.said), this.strip);
  }

  /** `poster` finds a take's picture; one that is not there leaves the words. */
  load(takes: readonly KeptTake[], current: string, poster: (take: KeptTake) => Promise<string>): void {
    const loaded = JSON.stringify([takes, current]);
    if (loaded === this.loaded) return;
    this.loaded = loaded;
    clearTimeout(this.waiting);
    this.node.hidden = takes.length < 2;
    this.chosen = [];
    setText(this.title, `${takes.length} takes`);
    setText(this.said, 'Choose one to see it beside the take in use.');
    this.cards = takes.map((take, i) => this.card(take, takes.length - i, take.id === current));
    this.strip.replaceChildren(...this.cards.map(card => card.node));
    for (const { take, picture } of this.cards) {
      void poster(take).then(url => {
        if (url) picture.src = url;
      });
    }
  }

  dispose(): void {
    clearTimeout(this.waiting);
  }

  private card(take: KeptTake, number: number, current: boolean): Card {
    const says = takeWords(take);
    const picture = el('img', 'flow-take-poster', { alt: '', loading: 'lazy' });
    const name = el('span', 'flow-take-name', {}, el('b', '', {}, `Take ${number}`), current ? icon('sealed') : null);
    const show = el('button', 'flow-take-show', { type: 'button', 'aria-pressed': String(current) }, picture, name, words(says, 'flow-take-says'));
    const node = el('li', 'flow-take', {}, show);
    if (current) {
      node.setAttribute('aria-current', 'true');
      show.disabled = true;
      show.setAttribute('aria-label', `Take ${number}, in use: ${says}`);
      node.append(el('span', 'flow-take-used', {}, 'in use'));
    } else {
      show.setAttribute('aria-label', `See take ${number} beside: ${says}`);
      show.addEventListener('click', () => this.compare(take.id));
      const pick = el('button', 'flow-take-pick', { type: 'button', 'aria-label': `Pick take ${number}: ${says}` }, 'Pick');
      pick.addEventListener('click', () => this.pick(take, number));
      node.append(pick);
    }
    return { take, node, show, picture };
  }

  private compare(id: string): void {
    const others = this.chosen.filter(chosen => chosen !== id);
    this.chosen = others.length < this.chosen.length ? others : [...others, id].slice(-MOST_BESIDE);
    for (const card of this.cards) {
      if (!card.show.disabled) card.show.setAttribute('aria-pressed', String(this.chosen.includes(card.take.id)));
    }
    this.wishes.beside(this.cards.filter(card => this.chosen.includes(card.take.id)).map(card => card.take));
  }

  private pick(take: KeptTake, number: number): void {
    setText(this.said, `Picking take ${number}…`);
    this.wishes.pick(take);
    clearTimeout(this.waiting);
    this.waiting = window.setTimeout(() => setText(this.said, NO_ANSWER), ANSWER_MS);
  }
}

/** `fast · seed 3 · 4 s · 21 Nov, 20:14`. */
export function takeWords({ tier, seed, duration_s, made }: KeptTake): string {
  const time = new Date(made);
  const when = Number.isNaN(time.getTime())
    ? made
    : time.toLocaleString(undefined, { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });
  return [tier, `seed ${seed}`, length(duration_s), when].filter(Boolean).join(' · ');
}
