// Edits become frames, as `flow_nb.film.cutting` does it. In: how long each take is, its `Edit`. Out: `Strip`s.

import type { Edit } from './messages';

/** A take as it stands in the film: see the Python twin. All in frames of the film. */
export interface Strip {
  frames: number;
  first: number;
  last: number;
  start: number;
  comes: Edit['transition'];
  head: number;
  leaves: Edit['transition'];
  tail: number;
}

/** What a film is cut from: its takes' frames at the film's rate. */
export interface Length {
  frames: number;
  edit: Edit;
}

export const lengthOf = (strip: Strip): number => strip.last - strip.first;
export const endOf = (strip: Strip): number => strip.start + strip.last - strip.first;

/** The strips of a film of so many frames a second. */
export function cut(lengths: readonly Length[], fps: number): Strip[] {
  const strips = lengths.map(({ frames, edit }) => trimmed(frames, edit, fps));
  lengths.forEach(({ edit }, i) => {
    const wanted = Math.round(edit.transition_s * fps);
    if (edit.transition !== 'cut' && wanted > 0) join(strips, i, edit.transition, wanted);
  });
  let end = 0;
  for (const strip of strips) {
    strip.start = end - (strip.comes === 'dissolve' ? strip.head : 0);
    end = endOf(strip);
  }
  return strips;
}

function trimmed(frames: number, edit: Edit, fps: number): Strip {
  const first = Math.round(edit.in_s * fps);
  const last = edit.out_s === null ? frames : Math.min(frames, Math.round(edit.out_s * fps));
  const good = first >= 0 && first < last;
  return {
    frames, first: good ? first : 0, last: good ? last : frames,
    start: 0, comes: 'cut', head: 0, leaves: 'cut', tail: 0
  };
}

/** Puts a transition behind a strip, no longer than there is room; at least one frame stays clear. */
function join(strips: Strip[], place: number, kind: Edit['transition'], wanted: number): void {
  const one = strips[place]!;
  const other = strips[place + 1];
  const room = lengthOf(one) - one.head - 1;
  if (!other) {
    const got = kind === 'fade' ? Math.min(wanted, room) : 0;
    if (got > 0) Object.assign(one, { leaves: kind, tail: got });
    return;
  }
  const beyond = lengthOf(other) - 1;
  const half = Math.floor(wanted / 2);
  const tail = Math.min(kind === 'dissolve' ? wanted : half, room, kind === 'dissolve' ? beyond : room);
  const head = kind === 'dissolve' ? tail : Math.min(wanted - half, beyond);
  if (tail <= 0 || head <= 0) return;
  Object.assign(one, { leaves: kind, tail });
  Object.assign(other, { comes: kind, head });
}

/** How much of a strip is seen at a frame of the film, 0 to 1: less than all in a transition. */
export function seen(strip: Strip, frame: number): number {
  const at = frame - strip.start;
  const left = endOf(strip) - 1 - frame;
  if (at < 0 || left < 0) return 0;
  const rises = strip.comes !== 'cut' && at < strip.head ? (at + 1) / (strip.head + 1) : 1;
  const falls = strip.leaves === 'fade' && left < strip.tail ? (left + 1) / (strip.tail + 1) : 1;
  return Math.min(rises, falls);
}

/** The edit of a strip that begins at `first` and ends at `last`, in frames of its take. */
export function trim(edit: Edit, strip: Strip, first: number, last: number, fps: number): Edit {
  const from = Math.min(Math.max(0, first), last - 1);
  const to = Math.max(Math.min(strip.frames, last), from + 1);
  return {
    ...edit,
    in_s: seconds(from, fps),
    out_s: to >= strip.frames ? null : seconds(to, fps)
  };
}

const seconds = (frame: number, fps: number): number => Number((frame / fps).toFixed(6));
