// Written by js/write_messages.py from flow_nb/notebook/messages.py. Do not edit.

export const MIME = "application/vnd.flow-nb.take.v1+json";
export const METADATA_KEY = "flow_nb";
export const EDIT_KEY = "flow_nb_edit";
export const COMM_TARGET = "flow_nb.cells";
export const FILM_CELL = ":film";

/**
 * Something that lasts: a camera move, a line of dialogue, a beat; in a film, a shot. `source` is
 * how it came into the plan: by the text's own words, from them, by default, or as what the text
 * expects to follow.
 */
export interface Span {
  start_s: number;
  end_s: number;
  text: string;
  kind: "camera" | "light" | "line" | "beat" | "action" | "shot";
  source: "literal" | "inferred" | "default" | "expected";
}

/**
 * Something that happens: a solved event, with what the solver says of it.
 */
export interface Mark {
  time_s: number;
  kind: "release" | "impact" | "break" | "rest" | "leave" | "step" | "grasp" | "open" | "close" | "splash" | "float" | "sink" | "burst" | "act";
  text: string;
  speed_m_s: number;
  impulse_n_s: number;
  closed_form_s: number | null;
}

/**
 * Words that were not understood, and the fix offered.
 *
 * `at` is where they stand in the shot's text, in characters; -1 where nobody knows. `instead` is
 * what the page may write in their place, "" leaves them out; None: the fix is for people alone.
 */
export interface Missed {
  words: string;
  reason: string;
  fix: string;
  at: number;
  instead: string | null;
}

/**
 * The plan and the events of one shot, small enough for the cell's metadata.
 *
 * `source` is the `source_key` of the text that this was made from: where the cell's text has
 * another one, the page shows the shot as stale. `cell` is the cell that the page wrote this on: in
 * the metadata of another one it is what was copied along.
 */
export interface Digest {
  schema: "flow_nb.Digest.1";
  shot: string;
  scene: string;
  tier: string;
  state: "draft" | "stale" | "queued" | "rendering" | "sealed" | "refused";
  duration_s: number;
  credits: number;
  set: string;
  light: string;
  camera: string;
  spans: Span[];
  marks: Mark[];
  missed: Missed[];
  notes: string[];
  take: string;
  source: string;
  cell: string;
}

/**
 * A take in the making: the stage's name; the share of the whole that is done (0 to 1); seconds left
 * for the whole, or None. `preview` is the last frame as a small JPEG in a data URI; it goes over the
 * wire alone, never into an output, for outputs are saved.
 */
export interface Progressing {
  stage: string;
  share: number;
  left_s: number | null;
  preview: string;
}

/**
 * How a shot stands in the film: seconds of its take, and how it goes over to the next one.
 *
 * `out_s` null is the end of the take; lengths are to the nearest frame.
 */
export interface Edit {
  in_s: number;
  out_s: number | null;
  transition: "cut" | "dissolve" | "fade";
  transition_s: number;
  schema: "flow_nb.Edit.1";
}

/**
 * A shot in a film. `clip` and `poster` are paths relative to the notebook; `frames` are those
 * of its whole take, `start_s` and `end_s` are when it is seen in the film.
 */
export interface FilmShot {
  cell: string;
  shot: string;
  scene: string;
  tier: string;
  set: string;
  light: string;
  take: string;
  clip: string;
  poster: string;
  fps: [number, number];
  frames: number;
  credits: number;
  start_s: number;
  end_s: number;
  edit: Edit;
}

/**
 * A film as a timeline shows it: its shots in their order.
 */
export interface FilmView {
  schema: "flow_nb.FilmView.1";
  shots: FilmShot[];
}

/**
 * The way of a body's middle from `first` on, counted as its points are: `Overlay.fine` a frame.
 *
 * `x`, `y` and `z` count `Overlay.unit_m` from `Overlay.origin_m`, each coded by
 * `flow_nb.notebook.curves`. `piece`: it broke off another.
 */
export interface Way {
  name: string;
  first: number;
  points: number;
  x: string;
  y: string;
  z: string;
  piece: boolean;
}

/**
 * A contact: where it is (in `Overlay.unit_m`, x, y, z), and what the solver says of it.
 */
export interface Blow {
  time_s: number;
  kind: "release" | "impact" | "break" | "rest" | "leave" | "step" | "grasp" | "open" | "close" | "splash" | "float" | "sink" | "burst" | "act";
  text: string;
  at: [number, number, number];
  speed_m_s: number;
  impulse_n_s: number;
}

/**
 * What can be drawn over the picture of a take: solved places, and the camera that saw them.
 *
 * `camera` has eight curves, coded as those of a `Way`, with one value for every frame: x, y, z in
 * `unit_m`; the quaternion w, x, y, z that turns (right, up, back) into the world and the height of
 * the picture at one metre, in `unit_turn`. `light` is where the sun or the key light shines, a
 * unit vector; None where lamps light the set.
 */
export interface Overlay {
  unit_m: number;
  unit_turn: number;
  origin_m: [number, number, number];
  frames: number;
  fine: number;
  camera: string[];
  ways: Way[];
  blows: Blow[];
  light: [number, number, number] | null;
}

/**
 * A subtitle, as it stands on the picture: at most two lines, with its speaker's name.
 */
export interface Caption {
  start_s: number;
  end_s: number;
  text: string;
}

/**
 * A take of the same shot that is still there. Paths as in `TakeView`; `made` is the local time
 * when it was sealed, ISO 8601 to the minute.
 */
export interface KeptTake {
  id: string;
  clip: string;
  poster: string;
  tier: string;
  seed: number;
  duration_s: number;
  made: string;
}

/**
 * What stands under a cell: a take (or a film), or the progress of one.
 *
 * `clip` is a path relative to the notebook, with forward slashes; empty while rendering.
 * `clip_data` is the same clip as base64 where no server can serve the file. `note` is the one
 * line that stands there instead of a picture: the take was stopped or refused. `poster_data` is a small
 * WebP as base64, for when the poster's file is not there. `film` is what a film was joined from.
 * `wave` is its sound: base64 of one byte for each of equal parts, 255 times the square root of the
 * loudest sample in it. `takes` are those of the shot, the newest first. Players of one `group` go
 * in step.
 */
export interface TakeView {
  schema: "flow_nb.TakeView.1";
  digest: Digest;
  clip: string;
  clip_data: string;
  poster: string;
  poster_data: string;
  width: number;
  height: number;
  fps: [number, number];
  frames: number;
  progress: Progressing | null;
  note: string;
  film: FilmView | null;
  overlay: Overlay | null;
  wave: string;
  cues: Caption[];
  takes: KeptTake[];
  group: string;
}

/**
 * Kernel to page: the new digest of a cell. `cell_id` is the nbformat id of the cell.
 *
 * `background`: its cell is done, a job in the queue makes the take. `output` is the MIME bundle in
 * which such a job ended: a page that did not run the cell itself puts it under the cell.
 */
export interface CellPatch {
  cell_id: string;
  digest: Digest;
  progress: Progressing | null;
  background: boolean;
  output: Record<string, unknown> | null;
}

/**
 * Page to kernel: the nbformat ids of all `%%shot` cells, from the top of the notebook.
 *
 * `fresh`: this page has only just come; it is told what every cell is. `edits` are those of the
 * cells that have one, by their ids; `names` are the names of the shots that the page knows of; a copy
 * of a cell has none before it has run.
 */
export interface PageOrder {
  cells: string[];
  fresh: boolean;
  edits: Record<string, Edit>;
  names: Record<string, string>;
}

/**
 * Page to kernel: something to do.
 *
 * `cancel` stops the jobs of these cells; `render` shoots cells again that ran before, in the
 * background (a cell with a new text is run by the page); `pick` makes `take` the take of the one
 * cell's shot; `export` joins the shots of these cells, or of all, and tells of it as `FILM_CELL`.
 */
export interface PageRequest {
  ask: "cancel" | "render" | "pick" | "export";
  cells: string[];
  take: string;
}
