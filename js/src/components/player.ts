// The take under a cell. In: a `TakeView`, where its clip and poster are. Out: `flow-time` events.

import type { TakeView } from '../messages';
import { el, setText, words } from '../dom';
import { icon, type Sign } from '../icons';
import { captureKeys } from '../keys';
import { length, timecode } from '../time';
import { Making } from './progress';
import { Reel } from './reel';
import { Scrub } from './scrub';

/** Tells the instant on screen, while it plays and after every step. */
export const TIME = 'flow-time';

/** Where the page found the files: addresses that a video and an image can load, or nothing. */
export interface Sources {
  clip: string;
  poster: string;
}

export class Player {
  private static readonly known = new WeakMap<Element, Player>();
  private static playing: Player | null = null;

  readonly node = el('figure', 'flow-player', { role: 'group' });
  private readonly video = el('video', 'flow-video', { playsinline: '', preload: 'metadata' });
  private readonly poster = el('img', 'flow-poster', { alt: '' });
  private readonly line = words('', 'flow-line');
  private readonly making = new Making();
  private readonly scrub = new Scrub(frame => this.go(frame));
  private readonly reel = new Reel(time_s => this.seek(time_s));
  private readonly clock = el('span', 'flow-clock');
  private readonly caption = words('', 'flow-caption');
  private readonly controls = el('div', 'flow-controls', { role: 'group', 'aria-label': 'Controls' });
  private readonly buttons = {
    play: this.button('play', 'Play (space)', () => this.toggle()),
    back: this.button('back', 'One frame back (,)', () => this.step(-1)),
    forth: this.button('forth', 'One frame on (.)', () => this.step(1)),
    loop: this.button('loop', 'Loop (r)', () => this.loop()),
    sound: this.button('sound', 'Mute (m)', () => this.mute()),
    full: this.button('full', 'Full screen (f)', () => void this.fullScreen())
  };
  private readonly volume = el('input', 'flow-volume', {
    type: 'range', min: '0', max: '1', step: '0.05', value: '1', 'aria-label': 'Volume'
  });
  private readonly release: () => void;
  private view: TakeView | null = null;
  private frame = 0;

  /** The player at a node or below it. */
  static within(node: Element): Player | null {
    const found = node.matches('.flow-player') ? node : node.querySelector('.flow-player');
    return (found && Player.known.get(found)) ?? null;
  }

  constructor() {
    Player.known.set(this.node, this);
    this.node.tabIndex = -1;
    const { play, back, forth, loop, sound, full } = this.buttons;
    this.controls.append(play, back, forth, this.scrub.node, this.clock, loop, sound, this.volume, full);
    const screen = el('div', 'flow-screen', {}, this.video, this.poster);
    this.node.append(screen, this.making.node, this.line, this.controls, this.reel.node, this.caption);
    this.listen();
    this.release = captureKeys(this.node, event => this.key(event));
  }

  /** Shows a take, or how far it is. */
  update(view: TakeView, sources: Sources): void {
    this.view = view;
    const named = view.digest.shot || 'untitled';
    this.node.setAttribute('aria-label', `Take of ${named}`);
    this.video.setAttribute('aria-label', `Clip of ${named}`);
    if (view.progress) this.making.update(view.progress);
    this.load(view, sources);
    setText(this.line, view.progress ? '' : view.note || (sources.clip ? '' : this.missing()));
    setText(this.caption, view.progress || !sources.clip ? '' : captionOf(view));
    this.arrange(sources.clip !== '' && !view.progress);
  }

  /** Stands at an instant. False where there is no picture to show. */
  seek(time_s: number, play = false): boolean {
    if (!this.view || this.controls.hidden) return false;
    this.go(Math.floor(time_s * this.fps + 1e-6));
    if (play) void this.video.play().catch(() => undefined);
    return true;
  }

  dispose(): void {
    this.release();
    this.video.pause();
    this.video.removeAttribute('src');
    this.video.load();
    if (Player.playing === this) Player.playing = null;
  }

  private get fps(): number {
    const [n, d] = this.view?.fps ?? [24, 1];
    return n / d;
  }

  private get frames(): number {
    return this.view?.frames || Math.round((this.view?.digest.duration_s ?? 0) * this.fps);
  }

  private load(view: TakeView, sources: Sources): void {
    if (sources.poster) this.poster.src = this.video.poster = sources.poster;
    if (view.width && view.height) {
      this.node.style.setProperty('--flow-width', `${view.width}px`);
      this.node.style.setProperty('--flow-ratio', String(view.width / view.height));
    }
    this.scrub.load(this.frames, view.digest);
    this.reel.load(view.digest.spans);
    if ((this.video.getAttribute('src') ?? '') === sources.clip) return;
    if (sources.clip) this.video.src = sources.clip;
    else this.video.removeAttribute('src');
    this.show(0);
  }

  private arrange(playable: boolean): void {
    const making = Boolean(this.view?.progress);
    this.making.node.hidden = !making;
    this.video.hidden = this.controls.hidden = !playable;
    this.reel.node.hidden = !playable || this.reel.node.childElementCount === 0;
    this.poster.hidden = playable || making || !this.poster.getAttribute('src');
    this.line.hidden = this.line.textContent === '';
    this.caption.hidden = this.caption.textContent === '';
  }

  private missing(): string {
    const clip = this.view?.clip;
    const what = clip ? `The clip ${clip} is not here.` : 'There is no clip here.';
    return `${what} Run the cell again to render it, or put the file back beside the notebook.`;
  }

  private listen(): void {
    const { video } = this;
    video.addEventListener('error', () => {
      if (!video.getAttribute('src')) return;
      setText(this.line, this.missing());
      this.arrange(false);
    });
    video.addEventListener('click', () => this.toggle());
    for (const name of ['play', 'pause', 'volumechange'] as const) {
      video.addEventListener(name, () => this.sync());
    }
    video.addEventListener('play', () => this.follow());
    video.addEventListener('timeupdate', () => this.tell(this.frameAt(video.currentTime)));
    this.volume.addEventListener('input', () => {
      video.volume = Number(this.volume.value);
      video.muted = video.volume === 0;
    });
  }

  /** While it plays: the frame that is really on screen, as often as the screen changes. */
  private follow(): void {
    if (Player.playing !== this) Player.playing?.video.pause();
    Player.playing = this;
    const next = (): void => {
      if (this.video.paused) return;
      this.tell(this.frameAt(this.video.currentTime));
      requestAnimationFrame(next);
    };
    requestAnimationFrame(next);
  }

  private frameAt(time_s: number): number {
    return Math.min(Math.floor(time_s * this.fps + 1e-6), Math.max(0, this.frames - 1));
  }

  /** To the middle of a frame, where no rounding can reach its neighbour. */
  private go(frame: number): void {
    const to = Math.min(Math.max(frame, 0), Math.max(0, this.frames - 1));
    this.video.currentTime = (to + 0.5) / this.fps;
    this.tell(to);
  }

  private show(frame: number): void {
    this.frame = frame;
    const code = timecode(frame, this.fps);
    setText(this.clock, code);
    this.reel.show((frame + 0.5) / this.fps);
    this.scrub.show(frame, `frame ${frame + 1} of ${this.frames}, ${code}`);
  }

  private tell(frame: number): void {
    this.show(frame);
    const detail = { time_s: frame / this.fps };
    this.node.dispatchEvent(new CustomEvent(TIME, { detail, bubbles: true }));
  }

  private step(by: number): void {
    this.video.pause();
    this.go(this.frame + by);
  }

  private toggle(): void {
    if (this.video.paused) void this.video.play().catch(() => undefined);
    else this.video.pause();
  }

  private loop(): void {
    this.video.loop = !this.video.loop;
    this.sync();
  }

  private mute(): void {
    this.video.muted = !this.video.muted;
  }

  private async fullScreen(): Promise<void> {
    if (document.fullscreenElement) await document.exitFullscreen();
    else await this.node.requestFullscreen().catch(() => undefined);
  }

  private sync(): void {
    const { play, loop, sound } = this.buttons;
    const { paused, muted } = this.video;
    face(play, paused ? 'play' : 'pause', paused ? 'Play (space)' : 'Pause (space)');
    face(sound, muted ? 'muted' : 'sound', muted ? 'Sound on (m)' : 'Mute (m)');
    loop.setAttribute('aria-pressed', String(this.video.loop));
    this.volume.value = String(muted ? 0 : this.video.volume);
  }

  private key(event: KeyboardEvent): boolean {
    if (this.controls.hidden) return false;
    if ((event.key === ' ' || event.key === 'Enter') && event.target instanceof HTMLButtonElement) {
      event.target.click();
      return true;
    }
    const act: Record<string, () => void> = {
      ' ': () => this.toggle(), ',': () => this.step(-1), '.': () => this.step(1), m: () => this.mute(), r: () => this.loop(),
      f: () => void this.fullScreen(), Home: () => this.go(0), End: () => this.go(this.frames - 1)
    };
    if (!(event.target instanceof HTMLInputElement)) {
      Object.assign(act, { ArrowLeft: act[','], ArrowRight: act['.'] });
    } else if (event.target !== this.scrub.input) {
      return false;
    }
    act[event.key]?.();
    return event.key in act;
  }

  private button(sign: Sign, label: string, act: () => void): HTMLButtonElement {
    const node = el('button', 'flow-button', { type: 'button' });
    face(node, sign, label);
    node.addEventListener('click', act);
    return node;
  }
}

function face(node: HTMLButtonElement, sign: Sign, label: string): void {
  if (node.title === label && node.firstElementChild) return;
  node.title = label;
  node.setAttribute('aria-label', label);
  node.replaceChildren(icon(sign));
}

function captionOf(view: TakeView): string {
  const { digest, width, height } = view;
  const rate = Number((view.fps[0] / view.fps[1]).toFixed(2));
  const size = width && height ? `${width} × ${height}` : '';
  return [digest.shot, digest.tier, size, `${rate} fps`, length(digest.duration_s)]
    .filter(Boolean).join('  ·  ');
}
