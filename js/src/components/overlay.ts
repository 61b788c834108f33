// The plan on the picture. In: an `Overlay`, the frame on screen. Out: a drawing that moves with it.

import type { Overlay } from '../messages';
import { draw, set } from '../svg';
import { Framing } from './framing';
import { LightSign } from './lightsign';
import { type Place, Sight } from './sight';
import { Strikes } from './strikes';
import { Trail } from './trail';

export const LAYERS = {
  paths: 'Paths of what moves',
  contacts: 'Contacts',
  light: 'Light',
  thirds: 'Thirds',
  vertical: '9:16 frame'
} as const;
export type Layer = keyof typeof LAYERS;

const USUAL: readonly Layer[] = ['paths', 'contacts', 'light'];

/** What it is drawn for: the size of the picture, how many of its pixels a pixel of the page covers. */
export interface Sheet {
  width: number;
  height: number;
  scale: number;
  fps: number;
  seen(place: Place | null): Place | null;
}

export class PlanOverlay {
  readonly node = draw('svg', 'flow-overlay', { 'aria-hidden': 'true', preserveAspectRatio: 'xMidYMid meet' });
  private readonly layers = new Set<Layer>(USUAL);
  private readonly paths = draw('g', 'flow-overlay-paths');
  private readonly strikes = new Strikes();
  private readonly sign = new LightSign();
  private readonly framing = new Framing();
  private readonly observer = new ResizeObserver(() => this.resized());
  private trails: Trail[] = [];
  private sight: Sight | null = null;
  private loaded: Overlay | null = null;
  private frame = 0;
  private shown = false;
  private sheet: Sheet = { width: 16, height: 9, scale: 1, fps: 24, seen: place => place };

  constructor() {
    this.node.append(this.framing.node, this.paths, this.strikes.node, this.sign.node);
    this.observer.observe(this.node);
    this.toggle(false);
  }

  /** Which layers this take can have. */
  get possible(): readonly Layer[] {
    const upright = this.sheet.height >= this.sheet.width;
    return (Object.keys(LAYERS) as Layer[]).filter(layer => {
      if (layer === 'thirds') return true;
      if (layer === 'vertical') return !upright;
      if (layer === 'light') return Boolean(this.loaded?.light);
      return layer === 'paths' ? this.trails.length > 0 : Boolean(this.loaded?.blows.length);
    });
  }

  get on(): boolean {
    return this.shown;
  }

  has(layer: Layer): boolean {
    return this.layers.has(layer);
  }

  load(overlay: Overlay | null, width: number, height: number, fps: number): void {
    if (overlay === this.loaded && width === this.sheet.width && height === this.sheet.height) return;
    this.loaded = overlay;
    this.sheet = { ...this.sheet, width: width || 16, height: height || 9, fps, seen: place => this.onSheet(place) };
    set(this.node, { viewBox: `0 0 ${this.sheet.width} ${this.sheet.height}` });
    this.sight = overlay && new Sight(overlay, this.sheet.width / this.sheet.height);
    const names = [...new Set(this.sight?.courses.map(course => course.name))];
    this.trails = this.sight?.courses.map(course => new Trail(course, names.indexOf(course.name), overlay!.fine)) ?? [];
    this.paths.replaceChildren(...this.trails.map(trail => trail.node));
    this.strikes.load(overlay?.blows ?? []);
    this.resized();
  }

  /** Draws it as it is at a frame. */
  show(frame: number): void {
    this.frame = frame;
    if (!this.shown) return;
    this.paths.style.display = this.layers.has('paths') ? '' : 'none';
    this.framing.show(this.sheet, this.layers.has('thirds'), this.layers.has('vertical'));
    const { sight } = this;
    if (!sight) return;
    sight.stand(frame);
    if (this.layers.has('paths')) for (const trail of this.trails) trail.show(sight, this.sheet, frame);
    this.strikes.show(sight, this.sheet, frame, this.layers.has('contacts'));
    this.sign.show(this.layers.has('light') ? sight.light() : null, this.sheet);
  }

  toggle(on: boolean): void {
    this.shown = on;
    this.node.style.display = on ? '' : 'none';
    this.show(this.frame);
  }

  set(layer: Layer, on: boolean): void {
    if (on) this.layers.add(layer);
    else this.layers.delete(layer);
    this.show(this.frame);
  }

  dispose(): void {
    this.observer.disconnect();
  }

  private resized(): void {
    const box = this.node.getBoundingClientRect();
    const { width, height } = this.sheet;
    const fit = Math.min(box.width / width, box.height / height);
    this.sheet = { ...this.sheet, scale: fit > 0 ? 1 / fit : 1 };
    this.node.style.setProperty('--flow-scale', String(this.sheet.scale));
    this.show(this.frame);
  }

  private onSheet(place: Place | null): Place | null {
    return place && [place[0] * this.sheet.width, place[1] * this.sheet.height];
  }
}
