// A take in the making. In: `Progressing`. Out: nothing; it only tells.

import type { Progressing } from '../messages';
import { el, setText } from '../dom';
import { left } from '../time';

export class Making {
  readonly node = el('div', 'flow-making');
  private readonly stage = el('span', 'flow-making-stage', { role: 'status' });
  private readonly left = el('span', 'flow-making-left');
  private readonly percent = el('span', 'flow-making-percent');
  private readonly bar = el('div', 'flow-bar', {
    role: 'progressbar', 'aria-valuemin': '0', 'aria-valuemax': '100', 'aria-label': 'Rendering'
  });

  constructor() {
    const line = el('div', 'flow-making-line', {}, this.stage, this.left, this.percent);
    this.node.append(line, this.bar);
  }

  update(progress: Progressing): void {
    const percent = Math.round(progress.share * 100);
    setText(this.stage, progress.stage || 'rendering');
    setText(this.left, left(progress.left_s));
    setText(this.percent, `${percent} %`);
    this.bar.setAttribute('aria-valuenow', String(percent));
    this.bar.style.setProperty('--flow-share', String(progress.share));
  }
}
