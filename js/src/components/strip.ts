// The plan strip under a shot's editor. In: a digest, the player's time. Out: `flow-seek` events.

import type { Digest, Missed } from '../messages';
import { el, setText, words } from '../dom';
import { icon, type Sign } from '../icons';
import { captureKeys } from '../keys';
import { mendLabel } from '../missed';
import { ticks } from '../time';
import { markRow, spanRows, type Item } from './tracks';

/** Asks the player under the same cell to stand at an instant; a player that does prevents the default. */
export const SEEK = 'flow-seek';
export interface Seek {
  time_s: number;
  play: boolean;
}

/** Asks the editor above to mend what was not understood; one that does prevents the default. */
export const MEND = 'flow-mend';
export interface Mending {
  missed: Missed;
}

export interface StripState {
  digest: Digest;
  stale: boolean;
}

const FALLBACK_WIDTH_PX = 600;

export class PlanStrip {
  readonly node = el('div', 'flow-strip', { role: 'group' });
  private readonly top = el('div', 'flow-strip-top');
  private readonly meta = words('', 'flow-strip-meta');
  private readonly tracks = el('div', 'flow-tracks');
  private readonly ruler = el('div', 'flow-field flow-ruler', { 'aria-hidden': 'true' });
  private readonly head = el('div', 'flow-playhead', { 'aria-hidden': 'true' });
  private pointer = '';
  private readonly readout = words('', 'flow-readout');
  private readonly remarks = el('ul', 'flow-remarks');
  private readonly release: () => void;
  private readonly observer: ResizeObserver;
  private items: Item[] = [];
  private state: StripState | null = null;
  private width_px = FALLBACK_WIDTH_PX;
  private at_s: number | null = null;
  private rest = '';

  constructor() {
    this.readout.setAttribute('aria-hidden', 'true');
    this.top.append(this.meta, this.readout);
    this.node.append(this.top, this.tracks, this.remarks);
    this.node.addEventListener('pointerover', event => this.pointed(event));
    this.node.addEventListener('pointerleave', () => this.tell(this.itemOf({ target: document.activeElement })));
    this.node.addEventListener('focusin', event => this.focused(this.itemOf(event)));
    this.node.addEventListener('focusout', () => this.tell(null));
    this.node.addEventListener('click', event => this.seek(this.itemOf(event)));
    this.node.addEventListener('dblclick', event => this.seek(this.itemOf(event), true));
    this.release = captureKeys(this.node, event => this.key(event));
    this.observer = new ResizeObserver(() => this.resized());
    this.observer.observe(this.ruler);
  }

  update(state: StripState): void {
    if (state.digest === this.state?.digest && state.stale === this.state.stale) return;
    if (state.digest.take !== this.state?.digest.take) this.at_s = null;
    this.state = state;
    this.draw();
  }

  /** Moves the playhead; null hides it. */
  playhead(time_s: number | null): void {
    this.at_s = time_s;
    const duration_s = this.state?.digest.duration_s ?? 0;
    this.head.hidden = time_s === null || duration_s <= 0;
    const share = Math.min(1, (time_s ?? 0) / Math.max(duration_s, 1e-6));
    this.head.style.setProperty('--flow-at', share.toFixed(4));
  }

  dispose(): void {
    this.observer.disconnect();
    this.release();
    this.node.remove();
  }

  private draw(): void {
    const { digest, stale } = this.state!;
    const focused = this.items.findIndex(item => item.node === document.activeElement);
    this.node.classList.toggle('flow-is-stale', stale);
    this.node.setAttribute('aria-label', `Plan of shot ${digest.shot || 'untitled'}`);
    setText(this.meta, [digest.set, digest.light, digest.camera].filter(Boolean).join('  ·  '));
    this.rest = atRest(digest, stale);
    this.drawTracks(digest);
    this.remarks.replaceChildren(...this.remarksOf(digest));
    this.remarks.hidden = this.remarks.childElementCount === 0;
    if (focused >= 0) this.items[focused]?.node.focus();
    this.tell(null);
  }

  private drawTracks(digest: Digest): void {
    const timed = digest.duration_s > 0 && digest.spans.length + digest.marks.length > 0;
    this.tracks.hidden = !timed;
    this.top.hidden = !timed && !this.meta.textContent;
    this.items = [];
    if (!timed) return;
    const spans = spanRows(digest.spans, digest.duration_s, this.width_px);
    const marks = markRow(digest.marks, digest.duration_s, this.width_px);
    this.items = [...spans.items, ...marks.items];
    this.drawRuler(digest.duration_s);
    const gutter = el('span', 'flow-track-name', { 'aria-hidden': 'true' }, 'Seconds');
    const time = el('div', 'flow-track flow-time', {}, gutter, this.ruler);
    const over = el('div', 'flow-over', { 'aria-hidden': 'true' }, this.head);
    this.tracks.replaceChildren(...spans.rows, ...marks.rows, time, over);
    this.items[0]?.node.setAttribute('tabindex', '0');
    this.playhead(this.at_s);
  }

  private drawRuler(duration_s: number): void {
    const nodes = ticks(duration_s, this.width_px).map(time_s => {
      const tick = el('span', 'flow-tick', {}, String(time_s));
      tick.style.left = `${((time_s / duration_s) * 100).toFixed(3)}%`;
      return tick;
    });
    this.ruler.replaceChildren(...nodes);
  }

  private resized(): void {
    const width_px = this.ruler.clientWidth;
    if (!this.state || width_px === 0 || Math.abs(width_px - this.width_px) < 2) return;
    this.width_px = width_px;
    this.draw();
  }

  private itemOf(event: { target: EventTarget | null }): Item | null {
    const node = event.target instanceof Element ? event.target.closest('button') : null;
    return this.items.find(item => item.node === node) ?? null;
  }

  private tell(item: Item | null): void {
    setText(this.readout, item?.says ?? this.rest);
    this.readout.classList.toggle('flow-told', item !== null);
  }

  /** A pointer that rests while the page moves beneath it does not speak over the keyboard. */
  private pointed(event: PointerEvent): void {
    const pointer = `${event.screenX} ${event.screenY}`;
    if (pointer !== this.pointer) this.tell(this.itemOf(event));
    this.pointer = pointer;
  }

  private focused(item: Item | null): void {
    if (!item) return;
    for (const other of this.items) other.node.setAttribute('tabindex', other === item ? '0' : '-1');
    this.tell(item);
  }

  private seek(item: Item | null, play = false): void {
    if (!item) return;
    const detail: Seek = { time_s: item.time_s, play };
    const asked = new CustomEvent(SEEK, { detail, bubbles: true, cancelable: true });
    if (this.node.dispatchEvent(asked)) setText(this.readout, 'Run the cell to see this moment.');
  }

  private remarksOf(digest: Digest): HTMLElement[] {
    const missed = digest.missed.map(gap =>
      remark('question', 'Not understood', [
        words(`“${gap.words}”`, 'flow-missed-words'),
        words(gap.reason, 'flow-missed-reason'),
        mendLabel(gap) ? this.fix(gap) : gap.fix ? words(gap.fix, 'flow-missed-fix') : null
      ])
    );
    const [sign, label] = digest.state === 'refused' ? ['refused', 'Refused'] as const : ['note', 'Note'] as const;
    return [...missed, ...digest.notes.map(note => remark(sign, label, [words(note)]))];
  }

  private fix(gap: Missed): HTMLElement {
    const node = el('button', 'flow-fix', { type: 'button' }, words(mendLabel(gap)));
    node.setAttribute('aria-label', `${mendLabel(gap)}: ${gap.words}`);
    node.addEventListener('click', () => this.mend(gap));
    return node;
  }

  private mend(missed: Missed): void {
    const asked = new CustomEvent<Mending>(MEND, { detail: { missed }, bubbles: true, cancelable: true });
    if (this.node.dispatchEvent(asked)) setText(this.readout, `“${missed.words}” is not in the text any more.`);
  }

  /** One stop for the tab key; arrows, Home and End go from item to item in the order of time. */
  private key(event: KeyboardEvent): boolean {
    const item = this.itemOf(event);
    const press = event.key === 'Enter' || event.key === ' ';
    if (!item && press && event.target instanceof HTMLButtonElement) event.target.click();
    if (!item || event.shiftKey) return press && !item;
    if (press) {
      this.seek(item, event.key === ' ');
      return true;
    }
    const order = [...this.items].sort((a, b) => a.time_s - b.time_s);
    const at = order.indexOf(item);
    const next: Record<string, number> = {
      ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: order.length - 1
    };
    const to = next[event.key];
    if (to === undefined) return false;
    order[Math.min(Math.max(to, 0), order.length - 1)]!.node.focus();
    return true;
  }
}

function atRest(digest: Digest, stale: boolean): string {
  if (stale) return 'Plan of the text before your last edit';
  const count = digest.marks.length;
  if (count === 0) return digest.spans.length > 0 ? 'Not solved yet' : '';
  return `${count} solved event${count === 1 ? '' : 's'}`;
}

function remark(sign: Sign, label: string, parts: (Node | null)[]): HTMLElement {
  const title = el('span', 'flow-remark-label', {}, label);
  const body = el('span', 'flow-remark-text');
  for (const part of parts) if (part) body.append(body.hasChildNodes() ? ' ' : '', part);
  return el('li', `flow-remark flow-remark-${sign}`, {}, icon(sign), title, body);
}
