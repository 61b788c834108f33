// The player's scrub bar. In: frames, marks, the frame shown. Out: the frame asked for.

import type { Digest } from '../messages';
import { el } from '../dom';
import { icon } from '../icons';

export class Scrub {
  readonly node = el('div', 'flow-scrub');
  readonly input = el('input', 'flow-scrub-input', { type: 'range', min: '0', step: '1' });
  private readonly signs = el('div', 'flow-scrub-signs', { 'aria-hidden': 'true' });

  constructor(asked: (frame: number) => void) {
    this.input.setAttribute('aria-label', 'Frame');
    this.input.addEventListener('input', () => asked(Number(this.input.value)));
    this.node.append(this.signs, this.input);
  }

  /** How many frames there are, and the strip's marks above them; in a film, its cuts. */
  load(frames: number, digest: Digest): void {
    this.input.max = String(Math.max(0, frames - 1));
    const duration_s = digest.duration_s || 1;
    const cuts = digest.spans.filter(s => s.kind === 'shot' && s.start_s > 0);
    const at = (node: HTMLElement, time_s: number): HTMLElement => {
      node.style.left = `${(Math.min(1, time_s / duration_s) * 100).toFixed(3)}%`;
      return node;
    };
    this.signs.replaceChildren(
      ...cuts.map(cut => at(el('span', 'flow-cut'), cut.start_s)),
      ...digest.marks.map(mark => at(el('span', 'flow-sign', {}, icon(mark.kind)), mark.time_s))
    );
  }

  show(frame: number, told: string): void {
    if (this.input.value !== String(frame)) this.input.value = String(frame);
    this.input.setAttribute('aria-valuetext', told);
    const most = Math.max(1, Number(this.input.max));
    this.node.style.setProperty('--flow-at', String(Math.min(1, frame / most)));
  }
}
