// The bar above the timeline. In: where the film is, how long it is, what it cost. Out: buttons pressed.

import { el, setText } from '../dom';
import { icon, type Sign } from '../icons';
import type { Progressing } from '../messages';
import { length, timecode } from '../time';
import type { Clip } from './timeline_model';

export interface Pressed {
  play(): void;
  step(by: number): void;
  zoom(by: number): void;
  render(): void;
  export(): void;
}

export class TimelineBar {
  readonly node = el('div', 'flow-tl-bar', { role: 'group', 'aria-label': 'Film' });
  private readonly clock = el('span', 'flow-tl-clock');
  private readonly total = el('span', 'flow-tl-facts');
  private readonly said = el('span', 'flow-tl-said', { role: 'status' });
  private readonly made = el('progress', 'flow-tl-made', { max: '1', 'aria-label': 'Export' });
  private readonly play: HTMLButtonElement;
  private readonly render: HTMLButtonElement;
  private readonly export: HTMLButtonElement;

  constructor(pressed: Pressed) {
    this.play = button('play', 'Play the film (space)', () => pressed.play());
    this.render = button('stale', 'Render what is stale', () => pressed.render(), '');
    this.export = button('export', 'Export the film', () => pressed.export(), 'Export');
    this.made.hidden = true;
    this.node.append(
      this.play,
      button('back', 'One frame back (,)', () => pressed.step(-1)),
      button('forth', 'One frame on (.)', () => pressed.step(1)),
      this.clock, this.total, this.said, this.made, this.render,
      button('minus', 'Show more of the film (-)', () => pressed.zoom(-1)),
      button('fit', 'Show all of the film (0)', () => pressed.zoom(0)),
      button('plus', 'Closer (+)', () => pressed.zoom(1)),
      this.export
    );
  }

  show(frame: number, frames: number, fps: number, playing: boolean, shot: string, pace: string): void {
    setText(this.clock, [timecode(frame, fps), pace].filter(Boolean).join(' '));
    this.clock.title = shot ? `${shot}, frame ${frame + 1} of ${frames}` : '';
    const [sign, says] = playing ? ['pause', 'Pause (space)'] as const : ['play', 'Play the film (space)'] as const;
    if (this.play.title === says) return;
    this.play.title = says;
    this.play.setAttribute('aria-label', says);
    this.play.replaceChildren(icon(sign));
  }

  facts(clips: readonly Clip[], total_s: number, stale: number): void {
    const credits = clips.reduce((sum, clip) => sum + clip.credits, 0);
    const count = `${clips.length} shot${clips.length === 1 ? '' : 's'}`;
    setText(this.total, clips.length ? [count, length(total_s), `${credits} credits`].join(' · ') : '');
    this.render.hidden = stale === 0;
    setText(this.render.querySelector('span')!, `Render ${stale}`);
    this.render.setAttribute('aria-label', `Render ${stale} shot${stale === 1 ? '' : 's'} that ${stale === 1 ? 'is' : 'are'} stale or a draft`);
    this.export.disabled = clips.length === 0;
    this.play.disabled = clips.every(clip => clip.clip === '');
  }

  report(says: string, progress: Progressing | null): void {
    setText(this.said, says);
    this.made.hidden = progress === null;
    this.made.value = progress?.share ?? 0;
  }
}

function button(sign: Sign, says: string, act: () => void, label?: string): HTMLButtonElement {
  const node = el('button', label === undefined ? 'flow-tl-button' : 'flow-tl-button flow-tl-worded', { type: 'button', title: says, 'aria-label': says }, icon(sign));
  if (label !== undefined) node.append(el('span', '', {}, label));
  node.addEventListener('click', act);
  return node;
}
