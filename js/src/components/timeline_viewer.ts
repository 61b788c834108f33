// The film's screen. In: a `Film`, where its clips are. Out: the frame on screen, as it plays.
//
// Two videos lie upon each other. While one plays, the next shot stands ready in the other on its
// first frame; it is set going just before its turn and uncovered on it.

import { el } from '../dom';
import { endOf, seen, type Strip } from '../cutting';
import { type Running, Shuttle } from './shuttle';
import { type Clip, type Film, shotAt, totalFrames } from './timeline_model';

/** How long a video takes to set itself going; measured anew at every cut. */
const START_S = 0.03;
const MOST_START_S = 0.12;
const AHEAD_FRAMES = 0.5;

interface Deck {
  video: HTMLVideoElement;
  shot: number;
  source: string;
  asked: number;
}

export class Viewer {
  readonly node = el('div', 'flow-tl-screen');
  private readonly decks: [Deck, Deck] = [deck(), deck()];
  private film: Film = { clips: [], strips: [], fps: 24 };
  private front = 0;
  private frame = 0;
  private running = false;
  private start_s = START_S;
  private rate = 1;
  /** J, K and L, on the film as on a clip. */
  readonly shuttle = new Shuttle({
    video: this.both(), fps: () => this.film.fps, frame: () => this.frame, go: frame => void this.seek(frame),
    play: () => void this.play(), told: () => this.told(this.frame, this.playing)
  });

  constructor(
    private readonly source: (clip: Clip) => Promise<string>,
    private readonly told: (frame: number, playing: boolean) => void
  ) {
    this.node.append(...this.decks.map(d => d.video));
    for (const { video } of this.decks) video.addEventListener('error', () => this.node.classList.add('flow-tl-dark'));
  }

  /** The film has changed: what stands on screen stays the same frame of the film, if there is one. */
  load(film: Film): void {
    this.film = film;
    this.decks.forEach(d => (d.asked = d.shot = -1));
    if (!this.running) void this.seek(Math.min(this.frame, Math.max(0, totalFrames(film) - 1)));
  }

  get playing(): boolean {
    return this.shuttle.running;
  }

  get at(): number {
    return this.frame;
  }

  /** Stands at a frame of the film. */
  async seek(frame: number): Promise<void> {
    this.frame = Math.min(Math.max(frame, 0), Math.max(0, totalFrames(this.film) - 1));
    const shot = shotAt(this.film, this.frame);
    this.told(this.frame, this.playing);
    if (shot < 0) return;
    const strip = this.film.strips[shot]!;
    const held = this.decks.findIndex(d => d.shot === shot);
    this.front = held >= 0 ? held : this.front;
    await this.cue(this.front, shot, strip.first + this.frame - strip.start);
    this.light();
  }

  private async play(): Promise<void> {
    if (this.running || totalFrames(this.film) === 0) return;
    if (this.frame >= totalFrames(this.film) - 1) this.frame = 0;
    this.running = true;
    await this.seek(this.frame);
    if (!this.running) return;
    const { video, shot } = this.decks[this.front]!;
    if (!video.src) return this.skip(shot);
    await video.play().catch(() => undefined);
    void this.ready(shot + 1);
    this.follow();
  }

  private pause(): void {
    if (!this.running) return;
    this.running = false;
    for (const { video } of this.decks) video.pause();
    void this.seek(this.frame);
  }

  dispose(): void {
    this.shuttle.stop();
    for (const { video } of this.decks) {
      video.pause();
      video.removeAttribute('src');
      video.load();
    }
  }

  /** Both videos as one: a film goes on in the other. A new clip begins at the default rate. */
  private both(): Running {
    const viewer = this;
    return {
      get paused() { return !viewer.running; },
      get seeking() { return viewer.decks[viewer.front]!.video.seeking; },
      get playbackRate() { return viewer.rate; },
      set playbackRate(rate) {
        viewer.rate = rate;
        for (const { video } of viewer.decks) video.playbackRate = video.defaultPlaybackRate = rate;
      },
      pause: () => viewer.pause()
    };
  }

  private strip(shot: number): Strip | undefined {
    return this.film.strips[shot];
  }

  /** The next shot into the deck behind, on its first frame. */
  private async ready(shot: number): Promise<void> {
    const strip = this.strip(shot);
    if (strip) await this.cue(1 - this.front, shot, strip.first);
  }

  private async cue(place: number, shot: number, frame: number): Promise<void> {
    const held = this.decks[place]!;
    const clip = this.film.clips[shot]!;
    held.asked = shot;
    const address = clip.clip ? await this.source(clip) : '';
    if (held.asked !== shot) return;
    held.shot = shot;
    if (address !== held.source) {
      held.source = address;
      if (address) held.video.src = address;
      else held.video.removeAttribute('src');
    }
    this.node.classList.toggle('flow-tl-dark', !address && place === this.front);
    if (address) held.video.currentTime = (frame + AHEAD_FRAMES) / this.film.fps;
  }

  private follow(): void {
    const step = (): void => {
      if (!this.running) return;
      this.advance();
      requestAnimationFrame(step);
    };
    requestAnimationFrame(step);
  }

  /** Once a screen's frame: where the film is, whether the next shot is due. */
  private advance(): void {
    const { video, shot } = this.decks[this.front]!;
    const strip = this.strip(shot);
    if (!strip) return this.shuttle.stop();
    const { fps } = this.film;
    const exact = strip.start + video.currentTime * fps - strip.first;
    const frame = Math.min(Math.max(Math.floor(exact + 1e-6), strip.start), endOf(strip) - 1);
    const next = this.strip(shot + 1);
    const behind = this.decks[1 - this.front]!;
    const due = next ? next.start : endOf(strip);
    const over = exact >= endOf(strip) - 1e-6 || video.ended;
    if (next && behind.shot === shot + 1 && behind.video.paused && exact >= due - this.start_s * fps * this.rate) {
      const asked = performance.now();
      void behind.video.play().catch(() => undefined);
      behind.video.addEventListener('playing', () => this.learn(asked), { once: true });
    }
    if (over && next) return this.swap(shot);
    if (over) {
      this.frame = endOf(strip) - 1;
      return this.shuttle.stop();
    }
    this.show(frame);
  }

  private swap(shot: number): void {
    const old = this.decks[this.front]!;
    const behind = this.decks[1 - this.front]!;
    const next = this.strip(shot + 1)!;
    if (behind.shot !== shot + 1) return;
    old.video.pause();
    this.front = 1 - this.front;
    if (behind.video.paused) void behind.video.play().catch(() => undefined);
    this.show(Math.max(next.start, endOf(this.strip(shot)!)));
    void this.ready(shot + 2);
    if (!behind.video.src) this.skip(shot + 1);
  }

  /** A shot without a clip is no part of the film yet: on to the next. */
  private skip(shot: number): void {
    const next = this.strip(shot + 1);
    if (!next) return this.shuttle.stop();
    this.running = false;
    this.frame = next.start;
    void this.play();
  }

  private learn(asked: number): void {
    const took_s = (performance.now() - asked) / 1000;
    this.start_s = Math.min(MOST_START_S, 0.5 * this.start_s + 0.5 * took_s);
  }

  private show(frame: number): void {
    this.frame = frame;
    this.light();
    this.told(frame, this.running);
  }

  /** Who is seen, and heard, and how much: in a dissolve both are. */
  private light(): void {
    this.decks.forEach((held, place) => {
      const strip = this.strip(held.shot);
      const share = strip ? seen(strip, this.frame) : 0;
      const shown = place === this.front || (share > 0 && share < 1) ? share : 0;
      held.video.style.opacity = String(shown);
      held.video.style.zIndex = String(strip?.comes === 'dissolve' && share < 1 ? 2 : 1);
      held.video.volume = Math.min(1, Math.max(0, shown));
    });
  }
}

function deck(): Deck {
  const video = el('video', 'flow-tl-video', { playsinline: '', preload: 'auto', tabindex: '-1', 'aria-hidden': 'true' });
  return { video, shot: -1, source: '', asked: -1 };
}
