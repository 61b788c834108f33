// The camera of a take, as the solver's places are seen by it. In: an `Overlay`. Out: places in the picture.

import type { Blow, Overlay, Way } from '../messages';
import { decoded } from '../curves';

const NEAREST_M = 0.02;

/** A way in the world: `xyz` has three numbers a point, in metres from the overlay's origin. */
export interface Course {
  name: string;
  piece: boolean;
  first: number;
  xyz: Float64Array;
}

/** The camera of one frame: where it stands, its right, up and back in the world, its picture's height at one metre. */
interface Lens {
  at: readonly [number, number, number];
  right: readonly [number, number, number];
  up: readonly [number, number, number];
  back: readonly [number, number, number];
  tall: number;
}

export type Place = readonly [x: number, y: number];

/** How light falls as the camera sees it: to the right, downwards, away from the camera. */
export interface Fall {
  right: number;
  down: number;
  away: number;
}

export class Sight {
  readonly courses: readonly Course[];
  private readonly rows: readonly Float64Array[];
  private lens: Lens;
  private frame = -1;

  /** `ratio` is the picture's width by its height. */
  constructor(private readonly overlay: Overlay, private readonly ratio: number) {
    this.rows = overlay.camera.map(row => decoded(row, overlay.frames));
    this.courses = overlay.ways.map(way => course(way, overlay.unit_m));
    this.lens = this.look(0);
  }

  /** From here on, places are seen from this frame. */
  stand(frame: number): void {
    const at = Math.min(Math.max(Math.round(frame), 0), this.overlay.frames - 1);
    if (at === this.frame) return;
    this.frame = at;
    this.lens = this.look(at);
  }

  /** Where a point of a course is in the picture: 0 to 1 from the upper left. Null behind the camera. */
  point(xyz: Float64Array, i: number): Place | null {
    return this.project(xyz[3 * i]!, xyz[3 * i + 1]!, xyz[3 * i + 2]!);
  }

  /** Where a contact is in the picture. */
  blow(blow: Blow): Place | null {
    const { unit_m } = this.overlay;
    return this.project(blow.at[0] * unit_m, blow.at[1] * unit_m, blow.at[2] * unit_m);
  }

  /** How the light falls in this frame; null where lamps light the set. */
  light(): Fall | null {
    const { light } = this.overlay;
    if (!light) return null;
    const { right, up, back } = this.lens;
    return { right: dot(light, right), down: -dot(light, up), away: -dot(light, back) };
  }

  private project(x: number, y: number, z: number): Place | null {
    const { at, right, up, back, tall } = this.lens;
    const away = [x - at[0], y - at[1], z - at[2]] as const;
    const depth = -dot(away, back);
    if (depth < NEAREST_M) return null;
    const high = tall * depth;
    return [0.5 + dot(away, right) / (high * this.ratio), 0.5 - dot(away, up) / high];
  }

  private look(frame: number): Lens {
    const [x, y, z, a, b, c, d, tall] = this.rows.map(row => row[frame]!) as unknown as number[];
    const { unit_m, unit_turn } = this.overlay;
    const size = Math.hypot(a!, b!, c!, d!) || 1;
    const [w, i, j, k] = [a! / size, b! / size, c! / size, d! / size];
    return {
      at: [x! * unit_m, y! * unit_m, z! * unit_m],
      right: [1 - 2 * (j * j + k * k), 2 * (i * j + w * k), 2 * (i * k - w * j)],
      up: [2 * (i * j - w * k), 1 - 2 * (i * i + k * k), 2 * (j * k + w * i)],
      back: [2 * (i * k + w * j), 2 * (j * k - w * i), 1 - 2 * (i * i + j * j)],
      tall: tall! * unit_turn
    };
  }
}

function course(way: Way, unit_m: number): Course {
  const axes = [way.x, way.y, way.z].map(text => decoded(text, way.points));
  const xyz = new Float64Array(3 * way.points);
  for (let i = 0; i < way.points; i++) {
    for (let axis = 0; axis < 3; axis++) xyz[3 * i + axis] = axes[axis]![i]! * unit_m;
  }
  return { name: way.name, piece: way.piece, first: way.first, xyz };
}

const dot = (a: readonly [number, number, number], b: readonly [number, number, number]): number =>
  a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
