import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Group } from './group';

function video(at_s = 0): HTMLVideoElement {
  const node = document.createElement('video');
  let paused = true;
  Object.defineProperty(node, 'paused', { get: () => paused });
  node.play = () => {
    paused = false;
    node.dispatchEvent(new Event('play'));
    return Promise.resolve();
  };
  node.pause = () => {
    if (paused) return;
    paused = true;
    node.dispatchEvent(new Event('pause'));
  };
  let time_s = at_s;
  Object.defineProperty(node, 'currentTime', {
    get: () => time_s,
    set: (to: number) => {
      time_s = to;
      node.dispatchEvent(new Event('seeking'));
    }
  });
  return node;
}

let frame: FrameRequestCallback | null = null;

beforeEach(() => {
  vi.stubGlobal('requestAnimationFrame', (call: FrameRequestCallback) => {
    frame = call;
    return 1;
  });
});

afterEach(() => vi.unstubAllGlobals());

test('whoever is touched leads; the others stand, start and stop with it', () => {
  const [a, b, group] = [video(), video(), new Group()];
  group.add(a);
  group.add(b);
  group.lead(b);
  b.currentTime = 2;
  expect(a.currentTime).toBe(2);
  void b.play();
  expect([a.paused, a.muted, b.muted]).toEqual([false, true, false]);
  b.pause();
  expect(a.paused).toBe(true);
});

test('one that is behind runs a little faster until it is there; one that is far off is sought', () => {
  const [a, b, group] = [video(), video(), new Group()];
  group.add(a);
  group.add(b);
  void a.play();
  b.currentTime = -0.05;
  frame!(0);
  expect(b.playbackRate).toBeGreaterThan(1);
  expect(b.playbackRate).toBeLessThanOrEqual(1.3);
  b.currentTime = 0;
  frame!(0);
  expect(b.playbackRate).toBe(1);
  b.currentTime = 1;
  frame!(0);
  expect(b.currentTime).toBe(0);
});

test('a member that joins late stands where the others are, and may leave', () => {
  const [a, late, group] = [video(3), video(), Group.of('row')];
  group.add(a);
  Group.of('row').add(late);
  expect(late.currentTime).toBe(3);
  group.remove(a);
  expect([group.size, group.leads(late)]).toEqual([1, true]);
});
