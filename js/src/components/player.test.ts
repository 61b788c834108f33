import { beforeEach, expect, test } from 'vitest';
import { readTakeView } from '../read';
import { Player, TIME } from './player';

const VIEW = readTakeView({
  digest: {
    schema: 'flow_nb.Digest.1', shot: 'glass', tier: 'fast', state: 'sealed', duration_s: 4,
    marks: [{ time_s: 1, kind: 'impact', text: 'hit' }], take: 'ab'
  },
  clip: 'takes/glass.mp4', width: 1280, height: 720, fps: [24, 1], frames: 96
})!;

let player: Player;
const video = (): HTMLVideoElement => player.node.querySelector('video')!;
const shown = (selector: string): boolean => !player.node.querySelector<HTMLElement>(selector)!.hidden;

beforeEach(() => {
  player = new Player();
  document.body.replaceChildren(player.node);
});

test('while it renders it shows stage, share and time left, and no controls', () => {
  player.update({ ...VIEW, progress: { stage: 'draw', share: 0.42, left_s: 12, preview: '' } }, { clip: '', poster: '' });
  expect(player.node.querySelector('.flow-making')!.textContent).toContain('Shootingabout 12 s left42 %');
  expect(player.node.querySelector('[role=progressbar]')!.getAttribute('aria-valuenow')).toBe('42');
  expect(shown('.flow-controls')).toBe(false);
});

test('afterwards it shows the clip, its marks and its facts', () => {
  player.update(VIEW, { clip: '/files/takes/glass.mp4', poster: '/p.png' });
  expect(video().getAttribute('src')).toBe('/files/takes/glass.mp4');
  expect(shown('.flow-making')).toBe(false);
  expect(player.node.querySelectorAll('.flow-sign')).toHaveLength(1);
  expect(player.node.querySelector('.flow-caption')!.textContent).toContain('1280 × 720');
});

test('a step goes one frame, to its middle, and stays within the clip', () => {
  player.update(VIEW, { clip: '/c.mp4', poster: '' });
  const times: number[] = [];
  player.node.addEventListener(TIME, e => times.push((e as CustomEvent<{ time_s: number }>).detail.time_s));
  player.seek(1);
  expect(video().currentTime).toBeCloseTo(24.5 / 24);
  video().focus();
  player.node.querySelector<HTMLButtonElement>('[aria-label^="One frame on"]')!.click();
  expect(video().currentTime).toBeCloseTo(25.5 / 24);
  player.seek(99);
  expect(video().currentTime).toBeCloseTo(95.5 / 24);
  expect(times.at(-1)).toBeCloseTo(95 / 24);
});

test('comma and full stop step, when the focus is within', () => {
  player.update(VIEW, { clip: '/c.mp4', poster: '' });
  player.seek(1);
  const button = player.node.querySelector('button')!;
  button.focus();
  button.dispatchEvent(new KeyboardEvent('keydown', { key: ',', bubbles: true }));
  expect(video().currentTime).toBeCloseTo(23.5 / 24);
});

test('a clip that is not there leaves the poster and one line of what to do', () => {
  player.update(VIEW, { clip: '/c.mp4', poster: '/p.png' });
  video().dispatchEvent(new Event('error'));
  expect(shown('.flow-controls')).toBe(false);
  expect(shown('.flow-poster')).toBe(true);
  expect(player.node.querySelector('.flow-line')!.textContent).toContain('The clip takes/glass.mp4 is not here. Run the cell again');
  expect(player.seek(1)).toBe(false);
});

test('a stopped take says so', () => {
  player.update({ ...VIEW, note: 'Stopped. Run the cell again to shoot it.' }, { clip: '', poster: '' });
  expect(player.node.querySelector('.flow-line')!.textContent).toBe('Stopped. Run the cell again to shoot it.');
});

test('it is found from its cell', () => {
  expect(Player.within(document.body)).toBe(player);
});

test('a film has its shots below it, and a click goes to one', () => {
  const shots = ['glass', 'cup'].map((name, i) => ({ start_s: i * 2, end_s: i * 2 + 2, text: name, kind: 'shot' as const, source: 'literal' as const }));
  player.update({ ...VIEW, digest: { ...VIEW.digest, spans: shots } }, { clip: '/c.mp4', poster: '' });
  const buttons = [...player.node.querySelectorAll<HTMLButtonElement>('.flow-reel button')];
  expect(buttons.map(b => b.getAttribute('aria-label'))).toEqual(['Shot 1, glass, 2.0 s', 'Shot 2, cup, 2.0 s']);
  buttons[1]!.click();
  expect(video().currentTime).toBeCloseTo(2 + 0.5 / 24);
  expect(buttons[1]!.getAttribute('aria-current')).toBe('true');
});
