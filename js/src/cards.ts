// Written by js/write_messages.py from flow_nb/notebook/cards.py. Do not edit.

export const BOARD_MIME = "application/vnd.flow-nb.storyboard.v1+json";

/**
 * A shot on the storyboard. `slug` is its line of place and time, `text` what happens, `lines`
 * what is said; `poster` is a path relative to the notebook, empty where it is not shot yet.
 */
export interface Card {
  number: number;
  shot: string;
  scene: string;
  tier: string;
  duration_s: number;
  slug: string;
  text: string;
  camera: string;
  lines: string[];
  poster: string;
  take: string;
  note: string;
}

/**
 * A contact sheet: the shots of a notebook in their order.
 */
export interface Storyboard {
  schema: "flow_nb.Storyboard.1";
  title: string;
  cards: Card[];
}
