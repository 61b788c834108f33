// One shot on the timeline. In: a `Clip`, its `Strip`, the scale. Out: its nodes; gestures are read elsewhere.

import { lengthOf, type Strip } from '../cutting';
import { el, setText, words } from '../dom';
import { icon, type Sign } from '../icons';
import { length } from '../time';
import { type Clip, type Continuity, continuity } from './timeline_model';

const SVG = 'http://www.w3.org/2000/svg';
const NARROW_PX = 46;

const STATES: Record<Clip['state'], string> = {
  draft: 'draft', stale: 'stale', queued: 'queued', rendering: 'rendering', sealed: '', refused: 'refused'
};
const JOINTS: Record<Clip['edit']['transition'], string> = { cut: 'Cut', dissolve: 'Dissolve', fade: 'Fade' };
const CONTINUITY: Record<Continuity['kind'], Sign> = { same: 'linked', scene: 'scene', breaks: 'broken' };

export class ClipView {
  readonly node = el('li', 'flow-tl-clip');
  readonly body = el('button', 'flow-tl-body', { type: 'button', tabindex: '-1' });
  readonly stop = el('button', 'flow-tl-stop', { type: 'button', tabindex: '-1' }, icon('refused'));
  readonly begin = handle('flow-tl-in');
  readonly end = handle('flow-tl-out');
  readonly joint = el('button', 'flow-tl-joint', { type: 'button', tabindex: '-1', 'aria-haspopup': 'menu' });
  private readonly thumb = el('span', 'flow-tl-thumb');
  private readonly number = el('span', 'flow-tl-number');
  private readonly name = words('', 'flow-tl-name');
  private readonly state = el('span', 'flow-tl-state');
  private readonly label = el('span', 'flow-tl-label');
  private readonly wave = svg('svg', { class: 'flow-tl-wave', preserveAspectRatio: 'none', 'aria-hidden': 'true' });
  private readonly path = svg('path', {});
  private sound: Uint8Array | null = null;
  private shown = '';
  private poster = '';
  private placed = '';
  private says = '';
  clip!: Clip;
  strip!: Strip;

  constructor() {
    this.wave.append(this.path);
    this.state.append(this.label);
    const line = el('span', 'flow-tl-words', {}, this.number, this.name);
    this.body.append(this.thumb, line, this.wave, this.state);
    this.node.append(this.body, this.begin, this.end, this.stop, this.joint);
  }

  /** Everything but its place. `after` is the next shot, null behind the last. */
  update(number: number, clip: Clip, strip: Strip, after: Clip | null, fps: number): void {
    this.node.style.zIndex = String(1000 - number); // its joint stands above the next one
    this.clip = clip;
    this.strip = strip;
    this.node.dataset['id'] = clip.id;
    setText(this.number, String(number));
    setText(this.name, clip.name || 'untitled');
    if (this.poster !== clip.poster) {
      this.poster = clip.poster;
      this.thumb.style.setProperty('--flow-poster', clip.poster ? `url("${clip.poster}")` : 'none');
    }
    this.showState(clip);
    this.showWave(clip, strip);
    this.showHandles(clip, strip, fps);
    this.showJoint(clip, after, fps);
    const told = [
      `Shot ${number}`, clip.name || 'untitled', length(lengthOf(strip) / fps), clip.scene, clip.tier,
      clip.state === 'sealed' ? '' : this.label.textContent ?? '', trimmedOf(strip)
    ];
    const says = told.filter(Boolean).join(', ');
    if (says === this.says) return;
    this.says = says;
    this.body.setAttribute('aria-label', says);
    this.body.title = [says, clip.reason].filter(Boolean).join('\n');
  }

  /** Where it stands at so many pixels a frame. Nothing is written that is so already. */
  place(px: number): void {
    const { strip, node } = this;
    const width = Math.max(2, lengthOf(strip) * px);
    const place = [strip.start, width / px, px, strip.head, strip.tail, strip.comes, strip.leaves].join();
    node.style.transform = `translateX(${(strip.start * px).toFixed(2)}px)`;
    if (place === this.placed) return;
    this.placed = place;
    node.classList.toggle('flow-tl-narrow', width < NARROW_PX);
    node.style.width = `${width.toFixed(2)}px`;
    node.style.setProperty('--flow-head', `${(strip.head * px).toFixed(1)}px`);
    node.style.setProperty('--flow-tail', `${(strip.tail * px).toFixed(1)}px`);
    node.dataset['comes'] = strip.comes;
    node.dataset['leaves'] = strip.leaves;
  }

  /** The one clip that the tab key stops at. */
  select(on: boolean): void {
    for (const node of [this.body, this.begin, this.end, this.joint, this.stop]) node.tabIndex = on ? 0 : -1;
    this.node.classList.toggle('flow-tl-selected', on);
    if (on) this.body.setAttribute('aria-current', 'true');
    else this.body.removeAttribute('aria-current');
  }

  private showState(clip: Clip): void {
    const busy = clip.state === 'rendering' || clip.state === 'queued';
    const percent = clip.state === 'rendering' && clip.share !== null ? ` ${Math.round(clip.share * 100)} %` : '';
    setText(this.label, STATES[clip.state] + percent);
    this.state.hidden = clip.state === 'sealed';
    this.stop.hidden = !busy;
    this.node.style.setProperty('--flow-share', String(busy ? clip.share ?? 0 : 0));
    if (busy) this.stop.setAttribute('aria-label', `Cancel ${clip.name || 'this shot'}`);
    if (clip.state === this.shown) return;
    this.shown = clip.state;
    this.node.dataset['state'] = clip.state;
    this.state.querySelector('svg')?.remove();
    this.state.prepend(icon(clip.state satisfies Sign));
  }

  /** The wave of the whole take; the trim is the part of it that is looked at. */
  private showWave(clip: Clip, strip: Strip): void {
    if (clip.wave !== this.sound) {
      this.sound = clip.wave;
      this.path.setAttribute('d', outline(clip.wave));
      this.wave.toggleAttribute('hidden', clip.wave.length === 0);
    }
    const count = Math.max(1, clip.wave.length);
    const from = (strip.first / strip.frames) * count;
    const box = `${from.toFixed(2)} 0 ${((lengthOf(strip) / strip.frames) * count).toFixed(2)} 510`;
    if (this.wave.getAttribute('viewBox') !== box) this.wave.setAttribute('viewBox', box);
  }

  private showHandles(clip: Clip, strip: Strip, fps: number): void {
    const ends = [
      [this.begin, 'In', strip.first, 0, strip.last - 1],
      [this.end, 'Out', strip.last, strip.first + 1, strip.frames]
    ] as const;
    for (const [node, name, now, least, most] of ends) {
      node.hidden = clip.clip === '';
      node.setAttribute('aria-label', `${name} point of ${clip.name || 'this shot'}`);
      node.setAttribute('aria-valuemin', String(least));
      node.setAttribute('aria-valuemax', String(most));
      node.setAttribute('aria-valuenow', String(now));
      node.setAttribute('aria-valuetext', `frame ${now} of ${strip.frames}, ${(now / fps).toFixed(2)} s`);
    }
  }

  private showJoint(clip: Clip, after: Clip | null, fps: number): void {
    const kind = clip.edit.transition;
    const link = after ? continuity(clip, after) : null;
    const long = this.strip.tail > 0 && kind !== 'cut' ? ` of ${(this.strip.tail / fps).toFixed(2)} s` : '';
    const where = after ? `to ${after.name || 'the next shot'}` : 'at the end of the film';
    const says = [`${JOINTS[kind]}${long} ${where}`, link?.says ?? ''].filter(Boolean).join('. ');
    if (this.joint.getAttribute('aria-label') === says) return;
    this.joint.setAttribute('aria-label', says);
    this.joint.title = says;
    this.joint.dataset['kind'] = kind;
    this.joint.dataset['link'] = link?.kind ?? 'end';
    this.joint.replaceChildren(icon(kind), ...(link ? [icon(CONTINUITY[link.kind])] : []));
  }
}

function handle(className: string): HTMLElement {
  return el('div', `flow-tl-handle ${className}`, { role: 'slider', tabindex: '-1', 'aria-orientation': 'horizontal' });
}

function svg<K extends keyof SVGElementTagNameMap>(tag: K, attributes: Record<string, string>): SVGElementTagNameMap[K] {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  return node;
}

/** A wave as an outline around its middle; one unit wide for each value, 510 high. */
function outline(wave: Uint8Array): string {
  const top = Array.from(wave, (value, i) => `V${255 - value}H${i + 1}`);
  const low = Array.from(wave, (_, i) => wave.length - 1 - i).map(i => `V${255 + wave[i]!}H${i}`);
  return wave.length === 0 ? '' : `M0 255${top.join('')}V255${low.join('')}Z`;
}

function trimmedOf({ first, last, frames }: Strip): string {
  return first > 0 || last < frames ? `trimmed to frames ${first} to ${last} of ${frames}` : '';
}
