// What a timeline shows. In: shots as the notebook knows them. Out: `Clip`s, their film's rate, what joins them.

import { cut, endOf, type Strip } from '../cutting';
import type { Digest, Edit, PageRequest } from '../messages';

/** A shot on the timeline. */
export interface Clip {
  /** The id of its cell. */
  id: string;
  name: string;
  scene: string;
  tier: string;
  set: string;
  light: string;
  state: Digest['state'];
  /** The share done while it renders, else null. */
  share: number | null;
  reason: string;
  credits: number;
  /** Frames of its take at its own rate; of its plan where there is no take. */
  frames: number;
  fps: number;
  width: number;
  height: number;
  take: string;
  /** Its clip's path beside the notebook; empty where there is none. */
  clip: string;
  /** A picture as a data URI of plain base64, or nothing. */
  poster: string;
  /** One value for each of equal parts, 0 to 255. */
  wave: Uint8Array;
  edit: Edit;
}

/** What the shell does for a timeline. `to` counts shots, from the top of the notebook. */
export interface Desk {
  move(id: string, to: number): void;
  edit(id: string, edit: Edit): void;
  open(id: string): void;
  /** What hinders it, in a line; empty where nothing does. */
  ask(request: PageRequest): string;
  undo(): void;
  /** The address of a shot's clip. */
  source(clip: Clip): Promise<string>;
}

/** Clips as a film: its rate and its strips, in the same order. */
export interface Film {
  clips: readonly Clip[];
  strips: Strip[];
  fps: number;
}

/** The film of these clips: its rate is that of the largest picture, as the kernel chooses it. */
export function filmOf(clips: readonly Clip[]): Film {
  const made = clips.filter(clip => clip.clip !== '');
  const size = (clip: Clip): number => clip.width * clip.height * 1000 + clip.fps;
  const largest = made.reduce<Clip | null>((best, clip) => (best && size(best) >= size(clip) ? best : clip), null);
  const fps = largest?.fps ?? 24;
  const lengths = clips.map(clip => ({
    frames: Math.max(1, Math.round((clip.frames / clip.fps) * fps)),
    edit: clip.edit
  }));
  return { clips, strips: cut(lengths, fps), fps };
}

export const totalFrames = (film: Film): number => (film.strips.length ? endOf(film.strips.at(-1)!) : 0);

/** Which shot is on screen at a frame: in a dissolve, the one that comes. -1 outside of the film. */
export function shotAt(film: Film, frame: number): number {
  for (let i = film.strips.length - 1; i >= 0; i--) {
    const strip = film.strips[i]!;
    if (frame >= strip.start && frame < endOf(strip)) return i;
  }
  return -1;
}

/** What two neighbours share and where they differ, by what their plans say of set and light. */
export interface Continuity {
  /** `same`: nothing differs; `scene`: another scene begins; `breaks`: it differs within a scene. */
  kind: 'same' | 'scene' | 'breaks';
  says: string;
}

export function continuity(before: Clip, after: Clip): Continuity {
  const differs: string[] = [];
  const carries: string[] = [];
  for (const [name, a, b] of [['set', before.set, after.set], ['light', before.light, after.light]] as const) {
    if (a && b && a !== b) differs.push(`${name} ${a} → ${b}`);
    else if (a && a === b) carries.push(`${name} ${a}`);
  }
  const within = before.scene === after.scene;
  const scene = within ? '' : `scene ${before.scene || 'unnamed'} → ${after.scene || 'unnamed'}`;
  const parts = [
    scene,
    carries.length ? `same ${carries.join(', ')}` : '',
    differs.length ? `another ${differs.join(', ')}` : ''
  ].filter(Boolean);
  const kind = !within ? 'scene' : differs.length ? 'breaks' : 'same';
  return { kind, says: parts.join('; ') || 'their plans say nothing of set and light yet' };
}

/** Neighbours of one scene, as bands above the clips: from which shot to which (exclusive). */
export function scenes(clips: readonly Clip[]): { name: string; first: number; last: number }[] {
  const bands: { name: string; first: number; last: number }[] = [];
  clips.forEach((clip, i) => {
    const band = bands.at(-1);
    const name = clip.scene || clip.set;
    if (band && band.name === name) band.last = i + 1;
    else bands.push({ name, first: i, last: i + 1 });
  });
  return bands;
}

/** Where a clip that is dragged lands: how many of the others' middles lie before its own middle. */
export function landing(middles: readonly number[], from: number, middle: number): number {
  return middles.filter((at, i) => i !== from && at < middle).length;
}
