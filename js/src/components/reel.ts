// The reel of a film under its player. In: the shots as spans. Out: the instant asked for.

import type { Span } from '../messages';
import { el, words } from '../dom';
import { seconds } from '../time';

export class Reel {
  readonly node = el('div', 'flow-reel', { role: 'group', 'aria-label': 'Shots of the film' });
  private shots: { span: Span; node: HTMLElement }[] = [];

  constructor(private readonly asked: (time_s: number) => void) {}

  load(spans: readonly Span[]): void {
    this.shots = spans.filter(s => s.kind === 'shot').map((span, i) => ({ span, node: this.shot(span, i + 1) }));
    this.node.replaceChildren(...this.shots.map(shot => shot.node));
    this.node.hidden = this.shots.length === 0;
  }

  /** Marks the shot that is on screen, and how much of it is over. Its number, from 1; null in no film. */
  show(time_s: number): number | null {
    let number: number | null = null;
    for (const [i, { span, node }] of this.shots.entries()) {
      const now = time_s >= span.start_s && time_s < span.end_s;
      const share = Math.min(Math.max((time_s - span.start_s) / (span.end_s - span.start_s), 0), 1);
      node.style.setProperty('--flow-at', share.toFixed(4));
      if (now) {
        number = i + 1;
        node.setAttribute('aria-current', 'true');
      } else {
        node.removeAttribute('aria-current');
      }
    }
    return number;
  }

  private shot(span: Span, number: number): HTMLElement {
    const long_s = span.end_s - span.start_s;
    const node = el('button', 'flow-reel-shot', { type: 'button' });
    node.append(el('span', 'flow-reel-number', {}, String(number)), words(span.text));
    node.title = `${span.text}, ${seconds(long_s, 1)}`;
    node.setAttribute('aria-label', `Shot ${number}, ${span.text}, ${seconds(long_s, 1)}`);
    node.style.flexGrow = String(long_s);
    node.addEventListener('click', () => this.asked(span.start_s));
    return node;
  }
}
