// The player's buttons. In: how the player stands. Out: what is asked of it.

import { el, setText } from '../dom';
import { icon, type Sign } from '../icons';
import type { Acts } from './hotkeys';
import { LAYERS, type Layer, type PlanOverlay } from './overlay';
import { SPEEDS } from './shuttle';

/** How the player stands. */
export interface Standing {
  running: boolean;
  loop: boolean;
  muted: boolean;
  volume: number;
  speed: number;
  shuttle: string;
  captions: boolean;
  said: boolean;
}

export class Controls {
  readonly node = el('div', 'flow-buttons', { role: 'group', 'aria-label': 'Controls' });
  readonly clock = el('span', 'flow-clock');
  private readonly shuttle = el('span', 'flow-shuttle', { role: 'status' });
  private readonly speed = el('select', 'flow-speed', { 'aria-label': 'Speed (< and >)', title: 'Speed (< and >)' });
  private readonly volume = el('input', 'flow-volume', {
    type: 'range', min: '0', max: '1', step: '0.05', value: '1', 'aria-label': 'Volume'
  });
  private readonly layers = el('fieldset', 'flow-layers', { hidden: '', tabindex: '-1' });
  private readonly buttons: Record<'play' | 'back' | 'forth' | 'loop' | 'captions' | 'overlay' | 'more' | 'sound' | 'full', HTMLButtonElement>;

  constructor(acts: Acts, private readonly overlay: PlanOverlay) {
    this.buttons = {
      play: button('play', 'Play (space)', acts.toggle),
      back: button('back', 'One frame back (,)', () => acts.step(-1)),
      forth: button('forth', 'One frame on (.)', () => acts.step(1)),
      loop: button('loop', 'Loop (r)', acts.loop),
      captions: button('captions', 'Subtitles (c)', acts.captions),
      overlay: button('overlay', 'Plan on the picture (o)', acts.overlay),
      more: button('more', 'Layers of the plan', () => this.open(this.layers.hidden)),
      sound: button('sound', 'Mute (m)', acts.mute),
      full: button('full', 'Full screen (f)', acts.full)
    };
    this.speed.append(...SPEEDS.map(value => el('option', '', { value: String(value) }, `${value}×`)));
    this.speed.addEventListener('change', () => acts.speed(Number(this.speed.value)));
    this.volume.addEventListener('input', () => acts.volume(Number(this.volume.value)));
    this.arrange();
  }

  /** Shows how the player stands. */
  sync(now: Standing): void {
    const { play, loop, captions, overlay, more, sound } = this.buttons;
    face(play, now.running ? 'pause' : 'play', now.running ? 'Pause (space)' : 'Play (space)');
    face(sound, now.muted ? 'muted' : 'sound', now.muted ? 'Sound on (m)' : 'Mute (m)');
    loop.setAttribute('aria-pressed', String(now.loop));
    captions.setAttribute('aria-pressed', String(now.captions));
    captions.hidden = !now.said;
    overlay.setAttribute('aria-pressed', String(this.overlay.on));
    more.hidden = !this.overlay.on;
    if (!this.overlay.on) this.open(false);
    this.volume.value = String(now.muted ? 0 : now.volume);
    this.speed.value = String(now.speed);
    setText(this.shuttle, now.shuttle);
  }

  /** The layers that this take can have. */
  offer(): void {
    const rows = this.overlay.possible.map(layer => this.row(layer));
    this.layers.replaceChildren(el('legend', '', {}, 'Plan on the picture'), ...rows);
  }

  /** Closes the menu. False: it was not open. */
  close(): boolean {
    if (this.layers.hidden) return false;
    this.open(false);
    this.buttons.more.focus();
    return true;
  }

  private arrange(): void {
    const { play, back, forth, loop, captions, overlay, more, sound, full } = this.buttons;
    more.setAttribute('aria-expanded', 'false');
    const menu = el('span', 'flow-menu', {}, overlay, more, this.layers);
    menu.addEventListener('focusout', event => {
      if (event.relatedTarget instanceof Node && !menu.contains(event.relatedTarget)) this.open(false);
    });
    const gap = el('span', 'flow-gap');
    this.node.append(play, back, forth, this.clock, this.shuttle, gap, this.speed, loop, captions, menu, sound, this.volume, full);
  }

  private open(on: boolean): void {
    this.layers.hidden = !on;
    this.buttons.more.setAttribute('aria-expanded', String(on));
  }

  private row(layer: Layer): HTMLElement {
    const box = el('input', '', { type: 'checkbox' });
    box.checked = this.overlay.has(layer);
    box.addEventListener('change', () => this.overlay.set(layer, box.checked));
    return el('label', 'flow-layer', {}, box, LAYERS[layer]);
  }
}

function button(sign: Sign, label: string, act: () => void): HTMLButtonElement {
  const node = el('button', 'flow-button', { type: 'button' });
  face(node, sign, label);
  node.addEventListener('click', act);
  return node;
}

function face(node: HTMLButtonElement, sign: Sign, label: string): void {
  if (node.title === label && node.firstElementChild) return;
  node.title = label;
  node.setAttribute('aria-label', label);
  node.replaceChildren(icon(sign));
}
