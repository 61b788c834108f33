// The ruler above the clips, and the scenes. In: a `Film` and its scale. Out: ticks and bands.

import { endOf } from '../cutting';
import { el, words } from '../dom';
import { length, ticks } from '../time';
import { type Film, scenes, totalFrames } from './timeline_model';

export class Ruler {
  readonly node = el('div', 'flow-tl-ruler', { 'aria-hidden': 'true' });
  readonly bands = el('div', 'flow-tl-scenes');
  private drawn = '';
  private named = '';

  draw(film: Film, px: number): void {
    const total_s = totalFrames(film) / film.fps;
    const key = `${total_s.toFixed(3)} ${px.toFixed(4)}`;
    if (key !== this.drawn) {
      this.drawn = key;
      const marks = total_s > 0 ? ticks(total_s, total_s * film.fps * px) : [];
      this.node.replaceChildren(...marks.map(time_s => tick(time_s, time_s * film.fps * px)));
    }
    this.drawScenes(film, px);
  }

  private drawScenes(film: Film, px: number): void {
    const bands = scenes(film.clips).map(({ name, first, last }) => {
      const from = film.strips[first]!.start;
      const to = endOf(film.strips[last - 1]!);
      return { name, left: from * px, width: (to - from) * px, says: `${name || 'no scene'}, ${length((to - from) / film.fps)}` };
    });
    const key = JSON.stringify(bands);
    if (key === this.named) return;
    this.named = key;
    this.bands.replaceChildren(...bands.map(({ name, left, width, says }) => {
      const node = el('div', 'flow-tl-scene', { title: says }, words(name));
      node.style.transform = `translateX(${left.toFixed(1)}px)`;
      node.style.width = `${Math.max(0, width - 2).toFixed(1)}px`;
      return node;
    }));
  }
}

function tick(time_s: number, left: number): HTMLElement {
  const says = time_s >= 60 ? `${Math.floor(time_s / 60)}:${String(time_s % 60).padStart(2, '0')}` : String(time_s);
  const node = el('span', 'flow-tl-tick', {}, says);
  node.style.transform = `translateX(${left.toFixed(1)}px)`;
  return node;
}
