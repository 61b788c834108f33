// The take under a cell. In: a `TakeView`, where its clip and poster are. Out: `flow-time` events, a request to
// pick another take.

import type { KeptTake, TakeView } from '../messages';
import { el, setText, words } from '../dom';
import { captureKeys } from '../keys';
import { request } from '../request';
import { length, timecode } from '../time';
import { Controls } from './controls';
import { Group } from './group';
import { type Acts, hotkey } from './hotkeys';
import { Making } from './progress';
import { Reel } from './reel';
import { Screen } from './screen';
import { Scrub } from './scrub';
import { Shuttle } from './shuttle';
import { Takes, takeWords } from './takes';
import { Wave } from './wave';

/** Tells the instant on screen, while it plays and after every step; in a film, also the number of its shot. */
export const TIME = 'flow-time';
export interface Told {
  time_s: number;
  frame: number;
  shot: number | null;
}

/** Where the page found the files: addresses that a video and an image can load, or nothing. `find` looks for
    the file of another take. */
export interface Sources {
  clip: string;
  poster: string;
  find?: (path: string, take: string) => Promise<string>;
}

export class Player {
  private static readonly known = new WeakMap<Element, Player>();
  private static playing: Player | null = null;

  readonly node = el('figure', 'flow-player', { role: 'group' });
  private readonly screen = new Screen(frame => this.presented(frame));
  private readonly video = this.screen.video;
  private readonly line = words('', 'flow-line');
  private readonly making = new Making();
  private readonly wave = new Wave(time_s => this.stand(time_s));
  private readonly scrub = new Scrub(frame => this.go(frame));
  private readonly reel = new Reel(time_s => this.stand(time_s));
  private readonly takes = new Takes({
    beside: takes => void this.beside(takes),
    pick: take => request(this.node, 'pick', [], take.id)
  });
  private readonly caption = words('', 'flow-caption');
  private readonly shuttle = new Shuttle({
    video: this.video,
    fps: () => this.fps,
    frame: () => this.frame,
    go: frame => this.go(frame),
    play: () => void this.video.play().catch(() => undefined),
    told: () => this.sync()
  });
  private readonly acts: Acts = {
    toggle: () => this.lead().toggle(),
    step: by => this.rest(this.frame + by),
    edge: last => this.rest(last ? this.frames - 1 : 0),
    loop: () => this.changed(() => (this.video.loop = !this.video.loop)),
    mute: () => this.changed(() => (this.video.muted = !this.video.muted)),
    full: () => void this.fullScreen(),
    overlay: () => this.changed(() => this.screen.overlay.toggle(!this.screen.overlay.on)),
    captions: () => this.changed(() => this.screen.captions.toggle()),
    speed: value => this.lead().choose(value),
    volume: value => this.changed(() => Object.assign(this.video, { volume: value, muted: value === 0 }))
  };
  private readonly controls = new Controls(this.acts, this.screen.overlay);
  private readonly bar = el('div', 'flow-controls', {}, this.wave.node, this.scrub.node, this.controls.node);
  private readonly release: () => void;
  private group: Group | null = null;
  private view: TakeView | null = null;
  private sources: Sources = { clip: '', poster: '' };
  private frame = 0;

  /** The player at a node or below it. */
  static within(node: Element): Player | null {
    const found = node.matches('.flow-player') ? node : node.querySelector('.flow-player');
    return (found && Player.known.get(found)) ?? null;
  }

  constructor() {
    Player.known.set(this.node, this);
    this.node.tabIndex = -1;
    const { screen, making, line, bar, reel, takes, caption } = this;
    this.node.append(screen.node, making.node, line, bar, reel.node, caption, takes.node);
    this.listen();
    this.release = captureKeys(this.node, event => this.key(event));
    this.sync();
  }

  /** Shows a take, or how far it is. */
  update(view: TakeView, sources: Sources): void {
    const other = sources.clip !== (this.video.getAttribute('src') ?? '');
    this.view = view;
    this.sources = sources;
    const named = view.digest.shot || 'untitled';
    this.node.setAttribute('aria-label', `Take of ${named}`);
    this.video.setAttribute('aria-label', `Clip of ${named}`);
    if (view.progress) this.making.update(view.progress);
    this.load(view, sources);
    if (other) this.show(0);
    setText(this.line, view.progress ? '' : view.note || (sources.clip ? '' : this.missing()));
    setText(this.caption, view.progress || !sources.clip ? '' : captionOf(view));
    this.arrange(sources.clip !== '' && !view.progress);
    this.join(view.group);
    this.sync();
  }

  /** Stands at an instant. False where there is no picture to show. */
  seek(time_s: number, play = false): boolean {
    if (!this.view || this.bar.hidden) return false;
    this.lead().stop();
    this.stand(time_s);
    if (play) this.shuttle.toggle();
    return true;
  }

  dispose(): void {
    this.release();
    this.shuttle.stop();
    this.group?.remove(this.video);
    this.screen.dispose();
    this.takes.dispose();
    if (Player.playing === this) Player.playing = null;
  }

  private get fps(): number {
    const [n, d] = this.view?.fps ?? [24, 1];
    return n / d;
  }

  private get frames(): number {
    return this.view?.frames || Math.round((this.view?.digest.duration_s ?? 0) * this.fps);
  }

  /** What this player does now, those of its group do too. */
  private lead(): Shuttle {
    this.group?.lead(this.video);
    return this.shuttle;
  }

  private load(view: TakeView, sources: Sources): void {
    if (view.width && view.height) {
      this.node.style.setProperty('--flow-width', `${view.width}px`);
      this.node.style.setProperty('--flow-ratio', String(view.width / view.height));
    }
    this.screen.load(view, sources.clip, sources.poster, this.frames);
    this.controls.offer();
    this.wave.load(view.wave, view.digest, view.overlay);
    this.scrub.load(this.frames, view.digest);
    this.reel.load(view.digest.spans);
    const find = sources.find;
    this.takes.load(find ? view.takes : [], view.digest.take, take => find?.(take.poster, take.id) ?? Promise.resolve(''));
    void this.beside([]);
  }

  private arrange(playable: boolean): void {
    const making = Boolean(this.view?.progress);
    const { video, poster } = this.screen;
    this.making.node.hidden = !making;
    video.parentElement!.hidden = video.hidden = this.bar.hidden = !playable;
    this.reel.node.hidden = !playable || this.reel.node.childElementCount === 0;
    poster.hidden = playable || making || !poster.getAttribute('src');
    this.screen.node.hidden = !playable && poster.hidden;
    this.line.hidden = this.line.textContent === '';
    this.caption.hidden = this.caption.textContent === '';
  }

  private join(name: string): void {
    this.group?.remove(this.video);
    this.group = name ? Group.of(name) : null;
    this.group?.add(this.video);
  }

  /** Other takes beside this one, in step with it. */
  private async beside(takes: readonly KeptTake[]): Promise<void> {
    const { view, sources } = this;
    if (!view) return;
    const clips = await Promise.all(takes.map(take => sources.find?.(take.clip, take.id) ?? ''));
    if (view !== this.view) return;
    const panes = takes.map((take, i) => ({ take, says: takeWords(take), clip: clips[i]! })).filter(pane => pane.clip);
    const own = view.takes.find(take => take.id === view.digest.take);
    const videos = this.screen.beside(own ? takeWords(own) : view.digest.tier, panes);
    this.node.classList.toggle('flow-comparing', panes.length > 0);
    if (!panes.length && !view.group) this.join('');
    else if (!this.group) (this.group = new Group()).add(this.video);
    for (const video of videos) this.group?.add(video);
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
    video.addEventListener('click', () => this.lead().toggle());
    video.addEventListener('play', () => this.alone());
    video.addEventListener('ended', () => this.shuttle.stop());
    video.addEventListener('pause', () => this.settle());
    for (const name of ['play', 'pause'] as const) video.addEventListener(name, () => this.shuttle.heard());
    video.addEventListener('volumechange', () => this.sync());
    this.node.addEventListener('keyup', event => this.shuttle.release(event.key));
    this.node.addEventListener('focusout', () => this.shuttle.release('k'));
  }

  /** Only one is heard at a time, or one group. */
  private alone(): void {
    const before = Player.playing;
    if (before && before !== this && !this.group?.has(before.video)) before.shuttle.stop();
    Player.playing = this;
  }

  /** Stopped: in the middle of the frame that is seen, where a group is at one. */
  private settle(): void {
    if (!this.video.ended && (!this.group || this.group.leads(this.video))) this.screen.go(this.frame);
  }

  /** A frame came onto the screen. While it stands or is sought, the frame asked for counts. */
  private presented(frame: number): void {
    this.screen.overlay.show(frame);
    if (!this.video.paused) this.tell(frame);
  }

  private stand(time_s: number): void {
    this.go(this.screen.frameAt(time_s));
  }

  private go(frame: number): void {
    this.group?.lead(this.video);
    this.tell(this.screen.go(frame));
  }

  private show(frame: number): void {
    this.frame = frame;
    const time_s = (frame + 0.5) / this.fps;
    const code = timecode(frame, this.fps);
    setText(this.controls.clock, code);
    this.screen.captions.show(time_s);
    this.wave.show(Math.min(1, time_s * this.fps / Math.max(this.frames, 1)));
    this.scrub.show(frame, `frame ${frame + 1} of ${this.frames}, ${code}`);
  }

  private tell(frame: number): void {
    this.show(frame);
    const shot = this.reel.show((frame + 0.5) / this.fps);
    const detail: Told = { time_s: frame / this.fps, frame, shot };
    this.node.dispatchEvent(new CustomEvent(TIME, { detail, bubbles: true }));
  }

  /** Stands still at a frame. */
  private rest(frame: number): void {
    this.lead().stop();
    this.go(frame);
  }

  private changed(act: () => void): void {
    act();
    this.sync();
  }

  private async fullScreen(): Promise<void> {
    if (document.fullscreenElement) await document.exitFullscreen();
    else await this.node.requestFullscreen().catch(() => undefined);
  }

  private sync(): void {
    const { loop, muted, volume } = this.video;
    const { running, speed, says } = this.shuttle;
    const { on, any } = this.screen.captions;
    this.controls.sync({ running, loop, muted, volume, speed, shuttle: says, captions: on, said: any });
  }

  private key(event: KeyboardEvent): boolean {
    if (this.bar.hidden) return false;
    if (event.key === 'Escape') return this.controls.close();
    this.group?.lead(this.video);
    return hotkey(event, this.acts, this.shuttle, this.wave);
  }
}

function captionOf(view: TakeView): string {
  const { digest, width, height } = view;
  const rate = Number((view.fps[0] / view.fps[1]).toFixed(2));
  const size = width && height ? `${width} × ${height}` : '';
  return [digest.shot, digest.tier, size, `${rate} fps`, length(digest.duration_s)]
    .filter(Boolean).join('  ·  ');
}
