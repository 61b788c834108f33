// The timeline. In: the notebook's shots as `Clip`s. Out: what its `Desk` is asked to do, the film on its screen.

import { endOf, type Strip, trim } from '../cutting';
import { el } from '../dom';
import { captureKeys } from '../keys';
import type { Edit, PageRequest, Progressing } from '../messages';
import { TimelineBar } from './timeline_bar';
import { ClipView } from './timeline_clip';
import { frameAt, Gestures, type Ground } from './timeline_drag';
import { keyOf } from './timeline_keys';
import { JointMenu } from './timeline_menu';
import { type Clip, type Desk, type Film, filmOf, shotAt, totalFrames } from './timeline_model';
import { Ruler } from './timeline_ruler';
import { Viewer } from './timeline_viewer';

const LEAST_PX_S = 3;
const MOST_PX_S = 480;
const ZOOM = 1.5;
const MENU_PX = 440;

export class Timeline implements Ground {
  readonly node = el('section', 'flow-timeline flow-ui', { 'aria-label': 'Timeline' });
  readonly scroller = el('div', 'flow-tl-scroller');
  private readonly canvas = el('div', 'flow-tl-canvas');
  private readonly list = el('ol', 'flow-tl-clips', { 'aria-label': 'Shots of the film' });
  private readonly head = el('div', 'flow-tl-head', { 'aria-hidden': 'true' });
  private readonly empty = el('p', 'flow-tl-empty', {}, 'No shot yet. A cell that begins with %%shot is one.');
  private readonly ruler = new Ruler(event => this.stand(this.frameOf(event)));
  private readonly menu = new JointMenu();
  private readonly bar: TimelineBar;
  private readonly viewer: Viewer;
  private readonly gestures: Gestures;
  private readonly observer: ResizeObserver;
  private readonly release: () => void;
  private clips: readonly Clip[] = [];
  private film: Film = filmOf([]);
  private shown: ClipView[] = [];
  private selected = '';
  private fitted = true;
  private scale = 1;
  private width_px = 600;

  constructor(private readonly desk: Desk) {
    this.viewer = new Viewer(clip => desk.source(clip), (frame, playing) => this.tell(frame, playing));
    this.bar = new TimelineBar({
      play: () => this.viewer.shuttle.toggle(), step: by => this.step(by), zoom: by => this.zoom(by),
      render: () => this.ask('render', this.stale().map(clip => clip.id)),
      export: () => this.ask('export', [])
    });
    this.canvas.append(this.ruler.node, this.ruler.bands, this.list, this.head);
    this.scroller.append(this.canvas, this.empty);
    this.node.append(this.bar.node, el('div', 'flow-tl-main', {}, this.viewer.node, this.scroller), this.menu.node);
    this.gestures = new Gestures(this);
    this.list.addEventListener('click', event => this.click(event));
    this.list.addEventListener('dblclick', event => this.opened(event));
    this.list.addEventListener('focusin', event => this.choose(this.viewOf(event.target)));
    this.node.addEventListener('keyup', event => this.viewer.shuttle.release(event.key));
    this.node.addEventListener('focusout', () => this.viewer.shuttle.release('k'));
    this.release = captureKeys(this.node, event => this.key(event), { modified: true });
    this.observer = new ResizeObserver(() => this.resized());
    this.observer.observe(this.scroller);
    this.draw();
  }

  /** Shows these shots. What has not changed is not touched. */
  update(clips: readonly Clip[]): void {
    if (clips.length === this.clips.length && clips.every((clip, i) => clip === this.clips[i])) return;
    this.clips = clips;
    if (!this.gestures.dragging) this.draw();
  }

  /** How far an export is, or what came of it; empty when there is nothing to say. */
  report(says: string, progress: Progressing | null = null): void {
    this.bar.report(says, progress);
  }

  dispose(): void {
    this.release();
    this.observer.disconnect();
    this.viewer.dispose();
    this.node.remove();
  }

  // What gestures stand on.

  views(): readonly ClipView[] {
    return this.shown;
  }

  px(): number {
    return this.scale;
  }

  fps(): number {
    return this.film.fps;
  }

  moved(view: ClipView, to: number): void {
    this.desk.move(view.clip.id, to);
    this.draw();
  }

  edited(view: ClipView, edit: Edit): void {
    if (JSON.stringify(edit) !== JSON.stringify(view.clip.edit)) this.desk.edit(view.clip.id, edit);
    this.draw();
  }

  /** As it would be with another edit; the screen shows the frame at the end that moves. */
  tried(view: ClipView, edit: Edit): void {
    const at = this.shown.indexOf(view);
    const before = this.film.strips[at]!;
    const film = filmOf(this.clips.map(clip => (clip.id === view.clip.id ? { ...clip, edit } : clip)));
    this.place(film);
    const strip = film.strips[at]!;
    if (strip.first !== before.first || strip.last !== before.last) {
      void this.viewer.seek(strip.last === before.last ? strip.start : endOf(strip) - 1);
    }
  }

  private draw(): void {
    this.film = filmOf(this.clips);
    const known = new Map(this.shown.map(view => [view.clip.id, view]));
    const views = this.clips.map(clip => known.get(clip.id) ?? new ClipView());
    const focus = document.activeElement;
    views.forEach((view, i) => view.update(i + 1, this.clips[i]!, this.film.strips[i]!, this.clips[i + 1] ?? null, this.film.fps));
    const nodes = views.map(view => view.node);
    if (nodes.length !== this.list.childElementCount || nodes.some((node, i) => this.list.children[i] !== node)) {
      this.list.replaceChildren(...nodes);
      if (focus instanceof HTMLElement && this.list.contains(focus)) focus.focus({ preventScroll: true });
    }
    this.shown = views;
    if (!views.some(view => view.clip.id === this.selected)) this.selected = views[0]?.clip.id ?? '';
    for (const view of views) view.select(view.clip.id === this.selected);
    this.empty.hidden = views.length > 0;
    this.bar.facts(this.clips, totalFrames(this.film) / this.film.fps, this.stale().length);
    this.fit();
    this.viewer.load(this.film);
  }

  private place(film: Film): void {
    this.film = film;
    this.shown.forEach((view, i) => {
      const strip = film.strips[i]!;
      const changed = !same(view.strip, strip);
      if (changed) view.update(i + 1, view.clip, strip, this.clips[i + 1] ?? null, film.fps);
      view.place(this.scale);
    });
    this.canvas.style.width = `${Math.ceil(totalFrames(film) * this.scale)}px`;
    this.ruler.draw(film, this.scale);
    this.tell(this.viewer.at, this.viewer.playing);
  }

  /** All of the film in the window, until somebody zooms. */
  private fit(): void {
    if (this.fitted) this.scale = this.bounded((this.width_px - 24) / Math.max(1, totalFrames(this.film)));
    this.place(this.film);
  }

  private bounded(px: number): number {
    return Math.min(Math.max(px, LEAST_PX_S / this.film.fps), MOST_PX_S / this.film.fps);
  }

  private resized(): void {
    const width_px = this.scroller.clientWidth;
    if (width_px === 0 || width_px === this.width_px) return;
    this.width_px = width_px;
    if (!this.gestures.dragging) this.fit();
  }

  /** Closer, farther, or (0) all of it; the playhead stays where it is on the screen. */
  private zoom(by: number): void {
    const at = this.viewer.at * this.scale - this.scroller.scrollLeft;
    this.fitted = by === 0;
    this.scale = this.bounded(this.scale * ZOOM ** by);
    this.fit();
    this.scroller.scrollLeft = this.viewer.at * this.scale - at;
  }

  private tell(frame: number, playing: boolean): void {
    this.head.style.transform = `translateX(${(frame * this.scale).toFixed(2)}px)`;
    const shot = this.clips[shotAt(this.film, frame)];
    this.bar.show(frame, totalFrames(this.film), this.film.fps, playing, shot?.name ?? '', this.viewer.shuttle.says);
    const at = frame * this.scale;
    const { scrollLeft } = this.scroller;
    if (playing && (at < scrollLeft || at > scrollLeft + this.width_px - 40)) this.scroller.scrollLeft = at - 40;
  }

  private readonly step = (by: number): void => this.stand(this.viewer.at + by);

  private stand(frame: number): void {
    this.viewer.shuttle.stop();
    void this.viewer.seek(frame);
  }

  private ask(ask: PageRequest['ask'], cells: string[]): void {
    this.report(this.desk.ask({ ask, cells, take: '' }) || (ask === 'export' ? 'Exporting …' : ''));
  }

  private stale(): readonly Clip[] {
    return this.clips.filter(clip => clip.state === 'stale' || clip.state === 'draft');
  }

  private viewOf(target: EventTarget | null): ClipView | null {
    return this.shown.find(view => target instanceof Node && view.node.contains(target)) ?? null;
  }

  private choose(view: ClipView | null): void {
    if (!view || view.clip.id === this.selected) return;
    this.selected = view.clip.id;
    for (const other of this.shown) other.select(other === view);
  }

  private click(event: MouseEvent): void {
    const view = this.viewOf(event.target);
    if (!view || !(event.target instanceof Node)) return;
    this.choose(view);
    if (view.joint.contains(event.target)) this.askJoint(view);
    else if (view.stop.contains(event.target)) this.ask('cancel', [view.clip.id]);
    else if (view.body.contains(event.target)) this.stand(event.detail === 0 ? view.strip.start : this.frameOf(event));
  }

  private opened(event: Event): void {
    const view = this.viewOf(event.target);
    if (view?.body.contains(event.target as Node)) this.desk.open(view.clip.id);
  }

  private askJoint(view: ClipView): void {
    const room = this.node.clientWidth - MENU_PX;
    const left = view.joint.getBoundingClientRect().left - this.node.getBoundingClientRect().left - MENU_PX / 2;
    this.menu.node.style.setProperty('--flow-tl-menu', `${Math.max(8, Math.min(left, room - 8)).toFixed(0)}px`);
    this.menu.show(view.joint, view.clip.edit, view.joint.title, edit => this.edited(view, edit));
  }

  private frameOf(event: MouseEvent): number {
    return frameAt(event.clientX - this.canvas.getBoundingClientRect().left, this.scale, this.shown);
  }

  private key(event: KeyboardEvent): boolean {
    if (this.menu.open && this.menu.node.contains(event.target as Node)) return this.menu.key(event);
    if (event.key === 'Escape' && this.gestures.cancel()) return true;
    const view = this.viewOf(event.target);
    const asked = keyOf(event, view !== null, event.target === view?.begin || event.target === view?.end);
    if (!asked) return false;
    switch (asked.does) {
      case 'walk': return this.walk(asked.by);
      case 'move': return this.carry(view!, asked.by);
      case 'trim': return this.nudge(view!, event.target === view!.begin, asked.by);
      case 'mark': return this.mark(asked.by < 0);
      case 'step': this.step(asked.by); break;
      case 'play': this.viewer.shuttle.toggle(); break;
      case 'shuttle': this.viewer.shuttle.press(event.key, event.repeat); break;
      case 'zoom': this.zoom(asked.by); break;
      case 'joint': this.askJoint(view!); break;
      case 'open': this.desk.open(view!.clip.id); break;
      case 'click': (event.target as HTMLElement).click(); break;
      case 'undo': this.desk.undo(); break;
    }
    return true;
  }

  private walk(by: number): boolean {
    const at = this.shown.findIndex(view => view.clip.id === this.selected);
    const view = this.shown[Math.min(Math.max(at + by, 0), this.shown.length - 1)];
    view?.body.focus();
    if (view) this.stand(view.strip.start);
    return true;
  }

  private carry(view: ClipView, by: number): boolean {
    const to = this.shown.indexOf(view) + by;
    if (to >= 0 && to < this.shown.length) this.moved(view, to);
    return true;
  }

  private nudge(view: ClipView, begins: boolean, by: number): boolean {
    const { strip, clip } = view;
    const [first, last] = begins ? [strip.first + by, strip.last] : [strip.first, strip.last + by];
    const edit = trim(clip.edit, strip, first, last, this.film.fps);
    this.tried(view, edit);
    this.edited(view, edit);
    return true;
  }

  /** The shot under the playhead begins, or ends, there. */
  private mark(begins: boolean): boolean {
    const view = this.shown[shotAt(this.film, this.viewer.at)];
    if (!view) return true;
    const { strip, clip } = view;
    const at = strip.first + this.viewer.at - strip.start;
    const [first, last] = begins ? [at, strip.last] : [strip.first, at + 1];
    this.edited(view, trim(clip.edit, strip, first, last, this.film.fps));
    return true;
  }
}

const same = (one: Strip, other: Strip): boolean =>
  one === other || (Object.keys(one) as (keyof Strip)[]).every(key => one[key] === other[key]);
