// Subtitles on the picture. In: cues, the instant on screen. Out: what is being said, as text.

import type { Caption } from '../messages';
import { setText, words } from '../dom';

export class Captions {
  readonly node = words('', 'flow-captions');
  private cues: readonly Caption[] = [];
  private shown = true;
  private time_s = 0;

  get any(): boolean {
    return this.cues.length > 0;
  }

  get on(): boolean {
    return this.shown && this.any;
  }

  load(cues: readonly Caption[]): void {
    this.cues = cues;
    this.show(this.time_s);
  }

  show(time_s: number): void {
    this.time_s = time_s;
    const cue = this.shown && this.cues.find(({ start_s, end_s }) => start_s <= time_s && time_s < end_s);
    setText(this.node, cue ? cue.text : '');
    this.node.hidden = !cue;
  }

  toggle(): void {
    this.shown = !this.shown;
    this.show(this.time_s);
  }
}
