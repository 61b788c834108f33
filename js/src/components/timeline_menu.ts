// The menu on a joint: how a shot goes over to the next. In: its edit. Out: another one, or none.

import { el, setText } from '../dom';
import { icon } from '../icons';
import type { Edit } from '../messages';

const KINDS: readonly [Edit['transition'], string][] = [
  ['cut', 'Cut'], ['dissolve', 'Dissolve'], ['fade', 'Fade through black']
];
const USUAL_S = 0.5;
const MOST_S = 10;

export class JointMenu {
  readonly node = el('div', 'flow-tl-menu flow-ui', { role: 'dialog', 'aria-label': 'Transition' });
  private readonly choices: HTMLInputElement[] = [];
  private readonly seconds = el('input', 'flow-tl-seconds', { type: 'number', min: '0.04', max: String(MOST_S), step: '0.04' });
  private readonly says = el('p', 'flow-tl-says');
  private edit: Edit | null = null;
  private chosen: ((edit: Edit) => void) | null = null;
  private from: HTMLElement | null = null;

  constructor() {
    this.node.hidden = true;
    const group = el('fieldset', 'flow-tl-kinds', {}, el('legend', '', {}, 'Transition'));
    for (const [kind, name] of KINDS) {
      const input = el('input', '', { type: 'radio', name: `flow-tl-kind-${++JointMenu.count}`, value: kind });
      this.choices.push(input);
      group.append(el('label', '', {}, input, icon(kind), name));
    }
    for (const input of this.choices) input.name = this.choices[0]!.name;
    const length = el('label', '', {}, 'Seconds', this.seconds);
    const done = el('button', 'flow-tl-done', { type: 'button' }, 'Set');
    this.node.append(group, el('div', 'flow-tl-length', {}, length, done), this.says);
    done.addEventListener('click', () => this.take());
    this.node.addEventListener('change', event => this.changed(event));
    this.node.addEventListener('focusout', event => {
      if (event.relatedTarget instanceof Node && !this.node.contains(event.relatedTarget)) this.close();
    });
  }

  private static count = 0;

  get open(): boolean {
    return !this.node.hidden;
  }

  show(from: HTMLElement, edit: Edit, says: string, chosen: (edit: Edit) => void): void {
    this.edit = edit;
    this.chosen = chosen;
    this.from = from;
    for (const input of this.choices) input.checked = input.value === edit.transition;
    this.seconds.value = String(edit.transition_s || USUAL_S);
    this.seconds.disabled = edit.transition === 'cut';
    setText(this.says, says);
    this.node.hidden = false;
    this.choices.find(input => input.checked)?.focus();
  }

  /** Escape leaves it as it is, Enter takes it. */
  key(event: KeyboardEvent): boolean {
    if (event.key === 'Escape') this.close();
    else if (event.key === 'Enter') this.take();
    else return false;
    return true;
  }

  close(): void {
    if (this.node.hidden) return;
    const within = this.node.contains(document.activeElement);
    this.node.hidden = true;
    if (within) this.from?.focus();
  }

  private get kind(): Edit['transition'] {
    return KINDS.find(([kind]) => this.choices.some(input => input.checked && input.value === kind))?.[0] ?? 'cut';
  }

  private changed(event: Event): void {
    if (event.target === this.seconds) return;
    this.seconds.disabled = this.kind === 'cut';
  }

  private take(): void {
    const asked = Number(this.seconds.value);
    const seconds = Number.isFinite(asked) ? Math.min(Math.max(asked, 0), MOST_S) : USUAL_S;
    const transition = this.kind;
    const transition_s = transition === 'cut' ? 0 : Number(seconds.toFixed(4));
    if (this.edit) this.chosen?.({ ...this.edit, transition, transition_s });
    this.close();
  }
}
