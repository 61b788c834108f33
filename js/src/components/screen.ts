// The picture: a clip, what is drawn and said over it, and takes beside it. In: addresses. Out: which frame is
// really on screen.

import type { KeptTake, TakeView } from '../messages';
import { el, words } from '../dom';
import { Captions } from './captions';
import { PlanOverlay } from './overlay';

/** What a pane beside says of its take. */
export interface Beside {
  take: KeptTake;
  says: string;
  clip: string;
}

const SILENT_MS = 300;

export class Screen {
  readonly node = el('div', 'flow-screen');
  readonly video = el('video', 'flow-video', { playsinline: '', preload: 'auto' });
  readonly poster = el('img', 'flow-poster', { alt: '' });
  readonly overlay = new PlanOverlay();
  readonly captions = new Captions();
  private readonly label = words('', 'flow-pane-label');
  private readonly main = el('div', 'flow-pane');
  private readonly others = new Map<string, HTMLVideoElement>();
  private fps = 24;
  private frames = 1;

  /** `presented` hears of every frame as it comes onto the screen. */
  constructor(private readonly presented: (frame: number) => void) {
    this.main.append(this.video, this.overlay.node, this.captions.node, this.label);
    this.node.append(this.main, this.poster);
    this.watch();
  }

  load(view: TakeView, clip: string, poster: string, frames: number): void {
    this.fps = view.fps[0] / view.fps[1];
    this.frames = frames;
    this.overlay.load(view.overlay, view.width, view.height, this.fps);
    this.captions.load(view.cues);
    if (poster) this.poster.src = this.video.poster = poster;
    if ((this.video.getAttribute('src') ?? '') === clip) return;
    if (clip) this.video.src = clip;
    else this.video.removeAttribute('src');
  }

  /** The frame of an instant of the clip. */
  frameAt(time_s: number): number {
    return Math.min(Math.max(Math.floor(time_s * this.fps + 1e-6), 0), Math.max(0, this.frames - 1));
  }

  /** To the middle of a frame, where no rounding can reach its neighbour. */
  go(frame: number): number {
    const to = Math.min(Math.max(frame, 0), Math.max(0, this.frames - 1));
    this.video.currentTime = (to + 0.5) / this.fps;
    return to;
  }

  /** Puts other takes beside this one; their videos. */
  beside(own: string, panes: readonly Beside[]): HTMLVideoElement[] {
    const wanted = new Set(panes.map(pane => pane.take.id));
    for (const [id, video] of this.others) if (!wanted.has(id)) this.remove(id, video);
    for (const pane of panes) if (!this.others.has(pane.take.id)) this.add(pane);
    this.label.textContent = panes.length ? own : '';
    this.node.dataset['panes'] = String(1 + panes.length);
    return [...this.others.values()];
  }

  dispose(): void {
    this.overlay.dispose();
    for (const video of [this.video, ...this.others.values()]) {
      video.pause();
      video.removeAttribute('src');
      video.load();
    }
  }

  private add({ take, says, clip }: Beside): void {
    const video = el('video', 'flow-video', { playsinline: '', preload: 'auto', 'aria-label': `Take ${says}` });
    video.muted = true;
    video.src = clip;
    this.others.set(take.id, video);
    this.node.insertBefore(el('div', 'flow-pane', {}, video, words(says, 'flow-pane-label')), this.poster);
  }

  private remove(id: string, video: HTMLVideoElement): void {
    video.pause();
    video.removeAttribute('src');
    video.parentElement!.remove();
    this.others.delete(id);
  }

  /** The browser says which frame it shows; where it does not (it cannot, or the picture is scrolled away),
      the clock does. */
  private watch(): void {
    const { video } = this;
    let told_ms = -Infinity;
    const next = (now_ms: number, { mediaTime }: VideoFrameCallbackMetadata): void => {
      told_ms = now_ms;
      this.presented(this.frameAt(mediaTime + 0.25 / this.fps));
      video.requestVideoFrameCallback(next);
    };
    if ('requestVideoFrameCallback' in video) video.requestVideoFrameCallback(next);
    const follow = (): void => {
      if (performance.now() - told_ms > SILENT_MS) this.presented(this.frameAt(video.currentTime));
    };
    for (const name of ['seeked', 'timeupdate']) video.addEventListener(name, follow);
  }
}
