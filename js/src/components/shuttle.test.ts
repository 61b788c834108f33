import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Drive, Shuttle } from './shuttle';

let frame: FrameRequestCallback | null = null;
let video: { paused: boolean; playbackRate: number; seeking: boolean; pause(): void };
let at = 0;
let shuttle: Shuttle;

beforeEach(() => {
  at = 40;
  vi.stubGlobal('requestAnimationFrame', (call: FrameRequestCallback) => {
    frame = call;
    return 1;
  });
  vi.spyOn(performance, 'now').mockReturnValue(0);
  video = { paused: true, playbackRate: 1, seeking: false, pause: () => void (video.paused = true) };
  const drive = {
    video, fps: () => 24, frame: () => at, go: (to: number) => void (at = to),
    play: () => void (video.paused = false), told: () => undefined
  };
  shuttle = new Shuttle(drive as unknown as Drive);
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

test('L runs, again L runs faster, to eight times; a held key does not', () => {
  const rates = [];
  for (let i = 0; i < 5; i++) {
    shuttle.press('l', false);
    shuttle.press('l', true);
    rates.push(video.playbackRate);
  }
  expect(rates).toEqual([1, 2, 4, 8, 8]);
  expect(shuttle.says).toBe('8×');
});

test('J runs back frame by frame, K stops', () => {
  shuttle.press('j', false);
  frame!(500);
  expect(at).toBe(28);
  shuttle.press('j', false);
  expect(shuttle.says).toBe('−2×');
  shuttle.press('k', false);
  expect([shuttle.running, video.paused, shuttle.says]).toEqual([false, true, '']);
});

test('at the first frame it stops by itself', () => {
  shuttle.press('j', false);
  frame!(60_000);
  expect([at, shuttle.running]).toEqual([0, false]);
});

test('K held with L is slow motion until one of them goes up', () => {
  shuttle.press('k', false);
  shuttle.press('l', false);
  expect([video.playbackRate, video.paused, shuttle.says]).toEqual([0.25, false, '0.25×']);
  shuttle.release('l');
  expect(video.paused).toBe(true);
});

test('a chosen speed is kept and counts for the shuttle too', () => {
  shuttle.nudge(-1);
  expect([shuttle.speed, video.playbackRate]).toEqual([0.75, 0.75]);
  shuttle.press('l', false);
  shuttle.press('l', false);
  expect(video.playbackRate).toBe(1.5);
  shuttle.choose(99);
  expect(shuttle.speed).toBe(4);
});
