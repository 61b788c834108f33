// The way of one body over the picture: where it was, where it goes, where it is. In: a `Course`. Out: lines.

import { draw, set } from '../svg';
import type { Sheet } from './overlay';
import type { Course, Sight } from './sight';

const HUES = 5;
const FAR = 8;

export class Trail {
  readonly node: SVGGElement;
  private readonly was = lines('flow-trail-was');
  private readonly will = lines('flow-trail-will');
  private readonly dot = draw('circle', 'flow-trail-dot');
  private readonly name = draw('text', 'flow-trail-name');

  /** `fine` points are told for each frame; `hue` is that of its body, which its pieces share. */
  constructor(private readonly course: Course, hue: number, private readonly fine: number) {
    this.node = draw('g', course.piece ? 'flow-trail flow-trail-piece' : 'flow-trail', { 'data-body': course.name, 'data-hue': hue % HUES });
    this.node.append(...this.will, ...this.was, this.dot);
    if (course.piece) return;
    this.name.textContent = course.name;
    this.node.append(this.name);
  }

  show(sight: Sight, sheet: Sheet, frame: number): void {
    const { first, xyz } = this.course;
    const last = xyz.length / 3 - 1;
    const now = frame * this.fine - first;
    const split = Math.min(Math.max(now, 0), last);
    set(this.was[0]!, { d: path(sight, sheet, xyz, 0, split) });
    set(this.was[1]!, { d: this.was[0]!.getAttribute('d')! });
    set(this.will[0]!, { d: path(sight, sheet, xyz, split, last) });
    set(this.will[1]!, { d: this.will[0]!.getAttribute('d')! });
    this.mark(now >= 0 && now <= last ? sheet.seen(sight.point(xyz, split)) : null, sheet);
  }

  private mark(at: readonly [number, number] | null, sheet: Sheet): void {
    this.dot.style.display = this.name.style.display = at ? '' : 'none';
    if (!at) return;
    const [x, y] = at;
    set(this.dot, { cx: x.toFixed(2), cy: y.toFixed(2), r: ((this.course.piece ? 2 : 4) * sheet.scale).toFixed(2) });
    const left = x > 0.85 * sheet.width;
    set(this.name, {
      x: (x + (left ? -8 : 8) * sheet.scale).toFixed(2),
      y: (y - 7 * sheet.scale).toFixed(2),
      'text-anchor': left ? 'end' : 'start'
    });
  }
}

/** A dark line below a bright one: it reads on any picture. */
const lines = (className: string): SVGPathElement[] => [
  draw('path', `${className} flow-overlay-edge`), draw('path', className)
];

/** The points from one to another as a path; what is behind the camera or far outside breaks it. */
function path(sight: Sight, sheet: Sheet, xyz: Float64Array, from: number, to: number): string {
  let out = '';
  let pen = 'M';
  for (let i = from; i <= to; i++) {
    const place = sight.point(xyz, i);
    if (!place || Math.abs(place[0]) > FAR || Math.abs(place[1]) > FAR) {
      pen = 'M';
      continue;
    }
    out += `${pen}${(place[0] * sheet.width).toFixed(1)} ${(place[1] * sheet.height).toFixed(1)}`;
    pen = 'L';
  }
  return out;
}
