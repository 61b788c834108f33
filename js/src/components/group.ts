// Players in step. In: videos of one length and rate. Out: they start, stand, seek and run together.

const AWAY_S = 0.25;
const NUDGE = 0.3;
const GAIN = 3;
const STILL_S = 0.004;

export class Group {
  private static readonly named = new Map<string, Group>();

  private readonly members = new Map<HTMLVideoElement, () => void>();
  private leader: HTMLVideoElement | null = null;
  private tick = 0;

  /** The group of that name on this page. */
  static of(name: string): Group {
    const group = Group.named.get(name) ?? new Group();
    Group.named.set(name, group);
    return group;
  }

  get size(): number {
    return this.members.size;
  }

  has(video: HTMLVideoElement): boolean {
    return this.members.has(video);
  }

  leads(video: HTMLVideoElement): boolean {
    return this.leader === video;
  }

  add(video: HTMLVideoElement): void {
    if (this.members.has(video)) return;
    const hear = (event: Event): void => this.heard(video, event.type);
    const names = ['play', 'pause', 'seeking', 'ratechange', 'loadedmetadata'];
    for (const name of names) video.addEventListener(name, hear);
    this.members.set(video, () => names.forEach(name => video.removeEventListener(name, hear)));
    this.leader ??= video;
    if (video !== this.leader) this.place(video);
  }

  remove(video: HTMLVideoElement): void {
    this.members.get(video)?.();
    this.members.delete(video);
    if (this.leader === video) this.leader = this.members.keys().next().value ?? null;
    if (this.members.size === 0) cancelAnimationFrame(this.tick);
  }

  /** From here on the others follow this one; it is also the one that is heard. */
  lead(video: HTMLVideoElement): void {
    if (this.leader === video || !this.members.has(video)) return;
    const before = this.leader;
    this.leader = video;
    if (!before) return;
    video.playbackRate = before.playbackRate;
    video.muted = before.muted;
  }

  private get followers(): HTMLVideoElement[] {
    return [...this.members.keys()].filter(video => video !== this.leader);
  }

  private heard(video: HTMLVideoElement, what: string): void {
    const { leader } = this;
    if (!leader) return;
    if (video !== leader) {
      if (what === 'loadedmetadata') this.place(video);
      return;
    }
    if (what === 'play') this.start(leader);
    else if (what === 'pause') this.followers.forEach(other => this.rest(other, leader));
    else if (what === 'seeking') this.followers.forEach(other => this.place(other));
    else if (what === 'ratechange') this.followers.forEach(other => (other.playbackRate = leader.playbackRate));
  }

  private start(leader: HTMLVideoElement): void {
    for (const other of this.followers) {
      this.place(other);
      other.muted = true;
      void other.play().catch(() => undefined);
    }
    cancelAnimationFrame(this.tick);
    this.tick = requestAnimationFrame(() => this.keep(leader));
  }

  /** A follower that is ahead runs a little slower, one that is behind a little faster; far off, it is sought. */
  private keep(leader: HTMLVideoElement): void {
    if (leader.paused || leader !== this.leader) return;
    for (const other of this.followers) {
      const ahead_s = other.currentTime - leader.currentTime;
      if (other.paused && !other.ended) void other.play().catch(() => undefined);
      if (Math.abs(ahead_s) > AWAY_S && !other.seeking) other.currentTime = leader.currentTime;
      const nudge = Math.abs(ahead_s) < STILL_S ? 0 : Math.min(Math.max(GAIN * ahead_s, -NUDGE), NUDGE);
      const rate = leader.playbackRate * (1 - nudge);
      if (Math.abs(other.playbackRate - rate) > 0.002) other.playbackRate = rate;
    }
    this.tick = requestAnimationFrame(() => this.keep(leader));
  }

  private rest(other: HTMLVideoElement, leader: HTMLVideoElement): void {
    other.pause();
    other.playbackRate = leader.playbackRate;
    this.place(other);
  }

  private place(other: HTMLVideoElement): void {
    const { leader } = this;
    if (!leader || Math.abs(other.currentTime - leader.currentTime) < 1e-4) return;
    other.currentTime = leader.currentTime;
  }
}
