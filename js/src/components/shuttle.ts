// How fast and which way a clip runs. In: J, K and L, a speed. Out: a video that plays, also backwards.

export const SPEEDS = [0.1, 0.25, 0.5, 0.75, 1, 1.25, 1.5, 2, 3, 4] as const;
const FASTEST = 8;
const SLOW = 0.25;
const RATES = { least: 0.0625, most: 16 };

/** A video, or what runs as one does. */
export interface Running {
  playbackRate: number;
  readonly paused: boolean;
  readonly seeking: boolean;
  pause(): void;
}

/** What the shuttle drives. `go` stands at a frame, `told` hears that the state changed. */
export interface Drive {
  video: Running;
  fps(): number;
  frame(): number;
  go(frame: number): void;
  play(): void;
  told(): void;
}

export class Shuttle {
  private chosen = 1;
  private times = 0;
  private held = false;
  private slow = false;
  private tick = 0;

  constructor(private readonly drive: Drive) {}

  /** The speed that was chosen: 1 as it was shot. */
  get speed(): number {
    return this.chosen;
  }

  /** Whether the clip goes on, either way. */
  get running(): boolean {
    return this.tick !== 0 || !this.drive.video.paused;
  }

  /** `2×`, `−4×`; empty at the chosen speed and at rest. */
  get says(): string {
    if (!this.times || (this.times === 1 && !this.slow)) return '';
    return `${this.times < 0 ? '−' : ''}${Math.abs(this.times)}×`;
  }

  choose(speed: number): void {
    this.chosen = Math.min(Math.max(speed, SPEEDS[0]), SPEEDS[SPEEDS.length - 1]!);
    this.apply();
  }

  /** The next speed of the list, up or down. */
  nudge(by: 1 | -1): void {
    const next = by > 0 ? SPEEDS.find(s => s > this.chosen) : [...SPEEDS].reverse().find(s => s < this.chosen);
    this.choose(next ?? this.chosen);
  }

  toggle(): void {
    if (this.running) this.stop();
    else this.run(1);
  }

  stop(): void {
    this.run(0);
  }

  /** A key of the shuttle goes down. False: it is none. */
  press(key: string, repeated: boolean): boolean {
    if (key !== 'j' && key !== 'k' && key !== 'l') return false;
    if (repeated) return true;
    if (key === 'k') {
      this.held = true;
      this.stop();
    } else {
      const way = key === 'l' ? 1 : -1;
      this.slow = this.held;
      const faster = Math.sign(this.times) === way ? Math.min(2 * Math.abs(this.times), FASTEST) : 1;
      this.run(way * (this.slow ? SLOW : faster));
    }
    return true;
  }

  /** A key goes up: with K it ends the slow motion. */
  release(key: string): void {
    if (this.slow && (key === 'j' || key === 'k' || key === 'l')) this.stop();
    if (key === 'k') this.held = false;
  }

  /** The clip stopped or started by itself. */
  heard(): void {
    if (this.tick) return;
    if (this.drive.video.paused) this.times = 0;
    else if (this.times <= 0) this.times = 1;
    this.drive.told();
  }

  private run(times: number): void {
    cancelAnimationFrame(this.tick);
    this.tick = 0;
    this.times = times;
    if (!times) this.slow = false;
    this.apply();
    if (times > 0) this.drive.play();
    else this.drive.video.pause();
    if (times < 0) this.back();
    this.drive.told();
  }

  private apply(): void {
    const rate = this.chosen * Math.max(this.times, 0) || this.chosen;
    this.drive.video.playbackRate = Math.min(Math.max(rate, RATES.least), RATES.most);
    this.drive.told();
  }

  /** No browser plays backwards: frame after frame is sought, as fast as they come. */
  private back(): void {
    const { drive } = this;
    const [since_ms, from] = [performance.now(), drive.frame()];
    let asked = from;
    const step = (now_ms: number): void => {
      const speed = Math.abs(this.times) * this.chosen;
      const to = Math.max(0, Math.ceil(from - ((now_ms - since_ms) / 1000) * drive.fps() * speed));
      if (to < asked && !drive.video.seeking) {
        asked = to;
        drive.go(to);
      }
      if (asked === 0) {
        this.tick = 0;
        this.stop();
      } else {
        this.tick = requestAnimationFrame(step);
      }
    };
    this.tick = requestAnimationFrame(step);
  }
}
