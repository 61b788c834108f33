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

  /** Marks the shot that is on screen. */
  show(time_s: number): void {
    for (const { span, node } of this.shots) {
      const now = time_s >= span.start_s && time_s < span.end_s;
      if (now) node.setAttribute('aria-current', 'true');
      else node.removeAttribute('aria-current');
    }
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
