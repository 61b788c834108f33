// The sound of a take, and what made it. In: a wave, contacts, the instant on screen. Out: the instant asked for.

import type { Blow, Digest, Mark, Overlay } from '../messages';
import { el, setText } from '../dom';
import { draw, set } from '../svg';
import { measured } from '../time';

const HIGH = 100;
const LEAST = 0.16;

interface Stroke {
  node: HTMLButtonElement;
  time_s: number;
  says: string;
}

export class Wave {
  readonly node = el('div', 'flow-wave', { role: 'group', 'aria-label': 'Sound and contacts' });
  private readonly field = el('div', 'flow-wave-field');
  private readonly heard = draw('path', 'flow-wave-heard');
  private readonly rest = draw('path', 'flow-wave-rest');
  private readonly told = el('div', 'flow-wave-told', { 'aria-hidden': 'true', hidden: '' });
  private strokes: Stroke[] = [];
  private duration_s = 1;
  private loaded = '';

  constructor(private readonly asked: (time_s: number) => void) {
    const pictures = [this.rest, this.heard].map(path =>
      draw('svg', 'flow-wave-picture', { 'aria-hidden': 'true', preserveAspectRatio: 'none' }, path)
    );
    this.field.append(...pictures, el('div', 'flow-wave-head'));
    this.node.append(this.field, this.told);
    this.listen();
  }

  /** Where the overlay knows no contacts, those of the digest are shown. */
  load(wave: string, digest: Digest, overlay: Overlay | null): void {
    const blows = overlay?.blows.length ? overlay.blows : digest.marks.filter(mark => mark.speed_m_s > 0);
    const loaded = JSON.stringify([wave, blows, digest.duration_s]);
    if (loaded === this.loaded) return;
    this.loaded = loaded;
    this.duration_s = digest.duration_s || 1;
    const d = outline(wave);
    for (const path of [this.rest, this.heard]) {
      set(path, { d });
      set(path.parentElement!, { viewBox: `0 0 ${Math.max(1, peaks(wave).length)} ${HIGH}` });
    }
    this.strokes = blows.map(blow => this.stroke(blow));
    this.field.querySelectorAll('button').forEach(node => node.remove());
    this.field.append(...this.strokes.map(stroke => stroke.node));
    this.strokes[0]?.node.setAttribute('tabindex', '0');
    this.node.hidden = d === '' && blows.length === 0;
    this.tell(null);
  }

  /** `share` of the clip is over. */
  show(share: number): void {
    this.field.style.setProperty('--flow-at', share.toFixed(5));
  }

  /** Arrows, Home and End go from contact to contact, Enter stands there. False: the key is none of these. */
  key(event: KeyboardEvent): boolean {
    const at = this.strokes.findIndex(stroke => stroke.node === event.target);
    if (at < 0) return false;
    const next: Record<string, number> = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: this.strokes.length - 1 };
    if (event.key === 'Enter' || event.key === ' ') this.asked(this.strokes[at]!.time_s);
    else if (next[event.key] === undefined) return false;
    else this.strokes[Math.min(Math.max(next[event.key]!, 0), this.strokes.length - 1)]!.node.focus();
    return true;
  }

  private listen(): void {
    const { field } = this;
    field.addEventListener('pointerdown', event => {
      if (event.button !== 0 || this.strokeOf(event)) return;
      field.setPointerCapture(event.pointerId);
      this.asked(this.timeOf(event));
    });
    field.addEventListener('pointermove', event => {
      if (field.hasPointerCapture(event.pointerId)) this.asked(this.timeOf(event));
    });
    field.addEventListener('click', event => {
      const stroke = this.strokeOf(event);
      if (stroke) this.asked(stroke.time_s);
    });
    field.addEventListener('pointerover', event => this.tell(this.strokeOf(event)));
    field.addEventListener('pointerleave', () => this.tell(this.strokeOf({ target: document.activeElement })));
    field.addEventListener('focusin', event => this.focused(this.strokeOf(event)));
    field.addEventListener('focusout', () => this.tell(null));
  }

  private stroke(blow: Blow | Mark): Stroke {
    const says = measured({ closed_form_s: null, ...blow });
    const node = el('button', 'flow-blow', { type: 'button', tabindex: '-1', 'aria-label': `Contact: ${says}` });
    node.dataset['kind'] = blow.kind;
    node.style.left = `${(Math.min(1, blow.time_s / this.duration_s) * 100).toFixed(3)}%`;
    node.style.setProperty('--flow-hard', hardness(blow.impulse_n_s).toFixed(3));
    return { node, time_s: blow.time_s, says };
  }

  private strokeOf(event: { target: EventTarget | null }): Stroke | null {
    return this.strokes.find(stroke => stroke.node === event.target) ?? null;
  }

  private timeOf(event: PointerEvent): number {
    const box = this.field.getBoundingClientRect();
    const share = Math.min(Math.max((event.clientX - box.left) / Math.max(box.width, 1), 0), 1);
    return share * this.duration_s;
  }

  private focused(stroke: Stroke | null): void {
    if (!stroke) return;
    for (const other of this.strokes) other.node.setAttribute('tabindex', other === stroke ? '0' : '-1');
    this.tell(stroke);
  }

  private tell(stroke: Stroke | null): void {
    this.told.hidden = stroke === null;
    if (!stroke) return;
    setText(this.told, stroke.says);
    const share = Math.min(1, stroke.time_s / this.duration_s);
    this.told.style.setProperty('--flow-at', share.toFixed(4));
    this.told.dataset['side'] = share > 0.5 ? 'left' : 'right';
  }
}

/** How high a stroke is: by the logarithm of the impulse, 1 from one newton second on. */
const hardness = (impulse_n_s: number): number =>
  Math.min(1, Math.max(LEAST, 0.7 + 0.3 * Math.log10(Math.max(impulse_n_s, 1e-6) * 10)));

/** Loudness 0 to 1 of equal parts, as `TakeView.wave` codes it. */
function peaks(wave: string): number[] {
  try {
    return [...atob(wave)].map(sign => sign.charCodeAt(0) / 255);
  } catch {
    return [];
  }
}

function outline(wave: string): string {
  const loud = peaks(wave);
  if (!loud.some(Boolean)) return '';
  const y = (share: number, side: number): string => (HIGH / 2 - (side * Math.max(share, 0.01) * HIGH) / 2).toFixed(1);
  const top = loud.map((share, i) => `${i} ${y(share, 1)}L${i + 1} ${y(share, 1)}`);
  const low = loud.map((share, i) => `${i + 1} ${y(share, -1)}L${i} ${y(share, -1)}`).reverse();
  return `M${[...top, ...low].join('L')}Z`;
}
