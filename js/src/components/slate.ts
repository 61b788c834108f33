// The slate above a shot's cell. In: `SlateState`. Out: nothing; it only tells.

import type { Digest } from '../messages';
import { el, setText, words } from '../dom';
import { icon, type Sign } from '../icons';
import { length } from '../time';

export type State = Digest['state'];

export interface SlateState {
  number: number;
  name: string;
  tier: string;
  scene: string;
  duration_s: number;
  credits: number;
  state: State;
  /** The share done while it renders, else null. */
  share: number | null;
  /** Why: the stage at work, or what was refused. */
  reason: string;
  /** What stands in its way: it is a copy, its name is taken. */
  remark: string;
}

const SAYS: Record<State, string> = {
  draft: 'draft',
  stale: 'stale',
  queued: 'queued',
  rendering: 'rendering',
  sealed: 'sealed',
  refused: 'refused'
};

const MEANS: Record<State, string> = {
  draft: 'Not rendered yet. Run the cell to shoot it.',
  stale: 'The text has changed since the take was rendered. Run the cell to shoot it again.',
  queued: 'It waits for the shots before it.',
  rendering: 'The take is being made.',
  sealed: 'The take below is rendered from this text and signed.',
  refused: 'It could not be shot.'
};

export class Slate {
  readonly node: HTMLElement;
  private readonly number = el('span', 'flow-slate-number');
  private readonly name = words('', 'flow-slate-name');
  private readonly tier = el('span', 'flow-slate-tier');
  private readonly remark = el('span', 'flow-slate-remark');
  private readonly facts = words('', 'flow-slate-facts');
  private readonly state = el('span', 'flow-slate-state');
  private readonly label = el('span', 'flow-slate-label', { role: 'status' });
  private readonly percent = el('span', 'flow-slate-percent', { 'aria-hidden': 'true' });
  private readonly bar = el('span', 'flow-slate-bar', { 'aria-hidden': 'true' });
  private shown: State | '' = '';

  constructor() {
    const clap = el('span', 'flow-slate-clap', { 'aria-hidden': 'true' });
    this.state.append(this.label, this.percent);
    this.node = el('div', 'flow-slate', { role: 'group' });
    const body = el('div', 'flow-slate-body', {}, clap, this.name, this.tier, this.remark, this.facts);
    body.append(this.state, this.bar);
    this.node.append(this.number, body);
  }

  update(state: SlateState): void {
    const facts = this.factsOf(state);
    setText(this.number, String(state.number));
    setText(this.name, state.name || 'untitled');
    this.name.title = state.name;
    setText(this.tier, state.tier);
    this.tier.hidden = !state.tier;
    if (this.remark.textContent !== state.remark) this.remark.replaceChildren(icon('note'), state.remark);
    this.remark.hidden = !state.remark;
    setText(this.facts, facts.join(' · '));
    this.showState(state);
    const told = [`Shot ${state.number}`, state.name || 'untitled', state.tier, ...facts, state.remark];
    this.node.setAttribute('aria-label', told.filter(Boolean).join(', '));
  }

  private factsOf(state: SlateState): string[] {
    const credits = state.credits > 0 ? `${state.credits} credit${state.credits === 1 ? '' : 's'}` : '';
    const long = state.duration_s > 0 ? length(state.duration_s) : '';
    return [long, state.scene, credits].filter(Boolean);
  }

  private showState(state: SlateState): void {
    if (state.state !== this.shown) {
      this.shown = state.state;
      this.node.dataset['state'] = state.state;
      this.state.querySelector('svg')?.remove();
      this.state.prepend(icon(state.state satisfies Sign));
      setText(this.label, SAYS[state.state]);
    }
    const share = state.state === 'rendering' ? state.share : null;
    setText(this.percent, share === null ? '' : `${Math.round(share * 100)} %`);
    this.bar.style.setProperty('--flow-share', String(share ?? 0));
    this.state.title = [MEANS[state.state], state.reason].filter(Boolean).join(' ');
  }
}
