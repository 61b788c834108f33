// Gestures on the timeline. In: pointers over clips and handles. Out: a new place, a new trim; nothing until
// the pointer is let go.
//
// While a clip is dragged nothing is measured and nothing is laid out: places are known, and everything
// moves by transform.

import { endOf, lengthOf, trim } from '../cutting';
import type { Edit } from '../messages';
import type { ClipView } from './timeline_clip';
import { landing } from './timeline_model';

const SLOP_PX = 4;
const EDGE_PX = 48;
const MOST_SCROLL_PX = 18;

/** What a gesture needs to know of its timeline. */
export interface Ground {
  readonly scroller: HTMLElement;
  views(): readonly ClipView[];
  px(): number;
  fps(): number;
  moved(view: ClipView, to: number): void;
  edited(view: ClipView, edit: Edit): void;
  tried(view: ClipView, edit: Edit): void;
}

interface Drag {
  view: ClipView;
  pointer: number;
  from: number;
  x: number;
  at: number;
  scrolled: number;
  lefts: number[];
  middles: number[];
  wide: number;
  to: number;
  live: boolean;
}

export class Gestures {
  private drag: Drag | null = null;
  private tick = 0;

  constructor(private readonly ground: Ground) {
    const { scroller } = ground;
    scroller.addEventListener('pointerdown', event => this.down(event));
    scroller.addEventListener('pointermove', event => this.move(event));
    scroller.addEventListener('pointerup', event => this.up(event));
    scroller.addEventListener('pointercancel', () => this.cancel());
    scroller.addEventListener('click', event => this.swallow(event), true);
  }

  /** Lets go without a change. False: nothing was held. */
  cancel(): boolean {
    if (!this.drag?.live) return false;
    this.drop();
    return true;
  }

  get dragging(): boolean {
    return this.drag?.live ?? false;
  }

  private justDropped = false;

  /** The click that ends a drag chooses nothing. */
  private swallow(event: Event): void {
    if (!this.justDropped) return;
    this.justDropped = false;
    event.stopPropagation();
    event.preventDefault();
  }

  private down(event: PointerEvent): void {
    this.justDropped = false;
    if (event.button !== 0 || !(event.target instanceof Element)) return;
    const views = this.ground.views();
    const view = views.find(v => v.node.contains(event.target as Node));
    if (!view || view.stop.contains(event.target) || view.joint.contains(event.target)) return;
    const end = [view.begin, view.end].find(node => node === event.target);
    if (end) return this.trim(event, view, end);
    const px = this.ground.px();
    this.drag = {
      view, pointer: event.pointerId, from: views.indexOf(view), x: event.clientX, at: event.clientX,
      scrolled: this.ground.scroller.scrollLeft,
      lefts: views.map(v => v.strip.start * px),
      middles: views.map(v => (v.strip.start + lengthOf(v.strip) / 2) * px),
      wide: lengthOf(view.strip) * px, to: views.indexOf(view), live: false
    };
  }

  private move(event: PointerEvent): void {
    const drag = this.drag;
    if (!drag || event.pointerId !== drag.pointer) return;
    drag.at = event.clientX;
    if (!drag.live && Math.abs(drag.at - drag.x) < SLOP_PX) return;
    if (!drag.live) this.lift(drag);
    if (!this.tick) this.tick = requestAnimationFrame(() => this.step());
  }

  private lift(drag: Drag): void {
    drag.live = true;
    this.ground.scroller.setPointerCapture(drag.pointer);
    this.ground.scroller.classList.add('flow-tl-sorting');
    drag.view.node.classList.add('flow-tl-lifted');
  }

  /** Once a screen's frame. */
  private step(): void {
    this.tick = 0;
    const drag = this.drag;
    if (!drag) return;
    const { scroller } = this.ground;
    const scrolled = this.scroll(drag, scroller);
    const left = drag.lefts[drag.from]! + drag.at - drag.x + scrolled;
    drag.view.node.style.transform = `translateX(${left.toFixed(1)}px)`;
    const to = landing(drag.middles, drag.from, left + drag.wide / 2);
    if (to !== drag.to) this.part(drag, to);
  }

  /** Near an edge the timeline scrolls; by how much it has since the drag began. */
  private scroll(drag: Drag, scroller: HTMLElement): number {
    const box = this.box ??= scroller.getBoundingClientRect();
    const before = Math.max(0, box.left + EDGE_PX - drag.at);
    const beyond = Math.max(0, drag.at - box.right + EDGE_PX);
    if (before || beyond) {
      scroller.scrollLeft += Math.min(MOST_SCROLL_PX, beyond / 2) - Math.min(MOST_SCROLL_PX, before / 2);
      this.tick = requestAnimationFrame(() => this.step());
      this.scrolled = scroller.scrollLeft - drag.scrolled;
    }
    return this.scrolled;
  }

  private box: DOMRect | null = null;
  private scrolled = 0;

  /** The others make room: only those between the old place and the new one move. */
  private part(drag: Drag, to: number): void {
    const views = this.ground.views();
    const [low, high] = [Math.min(drag.to, to, drag.from), Math.max(drag.to, to, drag.from)];
    for (let i = low; i <= high; i++) {
      if (i === drag.from) continue;
      const aside = i > drag.from && i <= to ? -drag.wide : i < drag.from && i >= to ? drag.wide : 0;
      views[i]!.node.style.transform = `translateX(${(drag.lefts[i]! + aside).toFixed(1)}px)`;
    }
    drag.to = to;
  }

  private up(event: PointerEvent): void {
    const drag = this.drag;
    if (!drag || event.pointerId !== drag.pointer) return;
    const moved = drag.live && drag.to !== drag.from;
    this.justDropped = drag.live;
    this.drop();
    if (moved) this.ground.moved(drag.view, drag.to);
  }

  private drop(): void {
    const drag = this.drag!;
    cancelAnimationFrame(this.tick);
    this.tick = this.scrolled = 0;
    this.drag = this.box = null;
    this.ground.scroller.classList.remove('flow-tl-sorting');
    drag.view.node.classList.remove('flow-tl-lifted');
    for (const view of this.ground.views()) view.place(this.ground.px());
  }

  /** A handle is dragged: the timeline is drawn as it will be, the edit is told when it is let go. */
  private trim(event: PointerEvent, view: ClipView, node: HTMLElement): void {
    event.preventDefault();
    node.setPointerCapture(event.pointerId);
    node.focus({ preventScroll: true });
    const { strip, clip } = view;
    const [first, last, px] = [strip.first, strip.last, this.ground.px()];
    let edit = clip.edit;
    const moved = (at: PointerEvent): void => {
      const by = Math.round((at.clientX - event.clientX) / px);
      edit = node === view.begin
        ? trim(clip.edit, strip, first + by, last, this.ground.fps())
        : trim(clip.edit, strip, first, last + by, this.ground.fps());
      this.ground.tried(view, edit);
    };
    const ended = (): void => {
      node.removeEventListener('pointermove', moved);
      node.removeEventListener('pointerup', ended);
      node.removeEventListener('pointercancel', ended);
      this.ground.edited(view, edit);
    };
    node.addEventListener('pointermove', moved);
    node.addEventListener('pointerup', ended);
    node.addEventListener('pointercancel', ended);
  }
}

/** The frame of the film at a place, from the start of its first shot. */
export function frameAt(x_px: number, px: number, views: readonly ClipView[]): number {
  const last = views.at(-1);
  return last ? Math.min(Math.max(0, Math.floor(x_px / px)), endOf(last.strip) - 1) : 0;
}
