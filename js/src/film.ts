// What a film says of its shots. In: JSON from a file, a kernel, or somebody's hands. Out: `Edit`s, a
// `FilmView`: bounded, never an exception.

import type { Edit, FilmShot, FilmView } from './messages';
import { choice, isObject, list, number, relativePath, text, type Loose } from './loose';

const TRANSITIONS: readonly Edit['transition'][] = ['cut', 'dissolve', 'fade'];
const MAX_EDIT_S = 3600;
const MAX_TRANSITION_S = 10;

/** All of a take, and a cut. */
export const WHOLE: Edit = {
  schema: 'flow_nb.Edit.1', in_s: 0, out_s: null, transition: 'cut', transition_s: 0
};

/** The edit of a cell; what cannot be read of it is as it is without one. */
export function readEdit(value: unknown): Edit {
  if (!isObject(value)) return WHOLE;
  const out = value['out_s'];
  return {
    schema: 'flow_nb.Edit.1',
    in_s: number(value['in_s'], MAX_EDIT_S),
    out_s: typeof out === 'number' && Number.isFinite(out) ? number(out, MAX_EDIT_S) : null,
    transition: choice(value['transition'], TRANSITIONS, 'cut'),
    transition_s: number(value['transition_s'], MAX_TRANSITION_S)
  };
}

/** Whether it changes nothing. */
export const isWhole = (edit: Edit): boolean =>
  edit.in_s === 0 && edit.out_s === null && edit.transition === 'cut';

/** What a film was joined from. Null: it is no film. */
export function readFilm(value: unknown): FilmView | null {
  if (!isObject(value)) return null;
  return { schema: 'flow_nb.FilmView.1', shots: list(value['shots'], shot) };
}

function shot(item: Loose): FilmShot {
  const fps = Array.isArray(item['fps']) ? item['fps'] : [];
  return {
    cell: text(item['cell'], 200),
    shot: text(item['shot'], 60),
    scene: text(item['scene'], 60),
    tier: text(item['tier'], 20),
    set: text(item['set'], 60),
    light: text(item['light'], 60),
    take: text(item['take'], 64),
    clip: relativePath(item['clip']),
    poster: relativePath(item['poster']),
    fps: [number(fps[0], 1e6) || 24, number(fps[1], 1e6) || 1],
    frames: Math.round(number(item['frames'], 1e7)),
    credits: number(item['credits'], 1e9),
    start_s: number(item['start_s']),
    end_s: number(item['end_s']),
    edit: readEdit(item['edit'])
  };
}
