// A take in the making. In: `Progressing`, over the wire or from an output. Out: a request to cancel.

import type { Progressing } from '../messages';
import { el, setText } from '../dom';
import { request } from '../request';
import { left } from '../time';

const LEFT_BEHIND = 'This take was in the making when the notebook was last open. Run the cell to shoot it.';

/** What a stage does, in the words of film; another name is shown as it is. */
const STAGES: Record<string, string> = {
  plan: 'Reading the text',
  speak: 'Recording the lines',
  solve: 'Working out the motion',
  draw: 'Shooting',
  seal: 'Sealing',
  film: 'Joining the shots'
};

export class Making {
  private static readonly known = new WeakMap<Element, Making>();

  readonly node = el('div', 'flow-making');
  private readonly preview = el('img', 'flow-making-preview', { alt: 'The frame drawn last', hidden: '' });
  private readonly stage = el('span', 'flow-making-stage', { role: 'status' });
  private readonly left = el('span', 'flow-making-left');
  private readonly percent = el('span', 'flow-making-percent');
  private readonly cancel = el('button', 'flow-act flow-making-cancel', { type: 'button', hidden: '' }, 'Cancel');
  private readonly bar = el('div', 'flow-bar', {
    role: 'progressbar', 'aria-valuemin': '0', 'aria-valuemax': '100', 'aria-label': 'Rendering'
  });

  /** The one in an output, if a take is in the making there. */
  static within(node: Element): Making | null {
    const found = node.querySelector('.flow-making');
    return (found && Making.known.get(found)) ?? null;
  }

  constructor() {
    Making.known.set(this.node, this);
    const line = el('div', 'flow-making-line', {}, this.stage, this.left, this.percent, this.cancel);
    this.node.append(this.preview, line, this.bar);
    this.cancel.addEventListener('click', () => {
      this.cancel.disabled = true;
      request(this.node, 'cancel');
    });
  }

  update(progress: Progressing): void {
    const percent = Math.round(progress.share * 100);
    setText(this.stage, STAGES[progress.stage] ?? (progress.stage || 'rendering'));
    setText(this.left, left(progress.left_s));
    setText(this.percent, `${percent} %`);
    this.bar.hidden = false;
    this.bar.setAttribute('aria-valuenow', String(percent));
    this.bar.style.setProperty('--flow-share', String(progress.share));
    if (!progress.preview) return;
    this.preview.src = progress.preview;
    this.preview.hidden = false;
  }

  /** What a kernel tells right now: it can be cancelled. */
  live(progress: Progressing): void {
    this.cancel.hidden = false;
    this.update(progress);
  }

  /** No kernel is at work on it: what a file says of a take in the making is over. */
  over(): void {
    if (this.node.hidden) return;
    setText(this.stage, LEFT_BEHIND);
    setText(this.left, '');
    setText(this.percent, '');
    this.cancel.hidden = this.bar.hidden = this.preview.hidden = true;
  }
}
