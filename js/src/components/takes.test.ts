import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { readTakeView } from '../read';
import { REQUEST } from '../request';
import { Player } from './player';
import { takeWords } from './takes';

const TAKES = ['aa', 'bb', 'cc'].map((id, i) => ({
  id, clip: `takes/${id}.mp4`, poster: `takes/${id}.jpg`, tier: 'fast', seed: i, duration_s: 4, made: '2026-11-21T20:14'
}));
const VIEW = readTakeView({
  digest: { schema: 'flow_nb.Digest.1', shot: 'glass', tier: 'fast', state: 'sealed', duration_s: 4, take: 'bb' },
  clip: 'takes/bb.mp4', width: 1280, height: 720, fps: [24, 1], frames: 96, takes: TAKES
})!;

let player: Player;

beforeEach(() => {
  vi.useFakeTimers();
  player = new Player();
  document.body.replaceChildren(player.node);
  player.update(VIEW, { clip: '/bb.mp4', poster: '', find: path => Promise.resolve(`/files/${path}`) });
});

afterEach(() => {
  player.dispose();
  vi.useRealTimers();
});

const button = (label: string): HTMLButtonElement =>
  player.node.querySelector<HTMLButtonElement>(`[aria-label^="${label}"]`)!;

test('a take that is chosen plays beside the one in use, and goes again', async () => {
  expect(button('Take 2, in use').disabled).toBe(true);
  button('See take 3').click();
  await vi.advanceTimersByTimeAsync(0);
  const videos = [...player.node.querySelectorAll('video')].map(video => video.getAttribute('src'));
  expect(videos).toEqual(['/bb.mp4', '/files/takes/aa.mp4']);
  expect(player.node.querySelectorAll('.flow-pane-label')[1]!.textContent).toContain('Take 3 · fast · seed 0 · 4 s');
  button('See take 3').click();
  await vi.advanceTimersByTimeAsync(0);
  expect(player.node.querySelectorAll('video')).toHaveLength(1);
});

test('to pick is asked of the kernel; one that does not answer is told', () => {
  const asked: unknown[] = [];
  document.body.addEventListener(REQUEST, event => asked.push((event as CustomEvent).detail));
  button('Pick take 1').click();
  expect(asked).toEqual([{ ask: 'pick', cells: [], take: 'cc' }]);
  const said = player.node.querySelector('.flow-takes-said')!;
  expect(said.textContent).toBe('Picking take 1…');
  vi.advanceTimersByTime(5000);
  expect(said.textContent).toContain('No kernel answered');
});

test('where nobody can find the files there is no strip', () => {
  player.update(VIEW, { clip: '/bb.mp4', poster: '' });
  expect(player.node.querySelector<HTMLElement>('.flow-takes')!.hidden).toBe(true);
});

test('a time that is none is told as it stands', () => {
  expect(takeWords({ ...TAKES[0]!, made: '<b>' })).toBe('fast · seed 0 · 4 s · <b>');
});
