import { expect, test } from 'vitest';
import { decoded } from '../curves';
import type { Overlay } from '../messages';
import { readOverlay } from '../readtake';
import { lightWords } from './lightsign';
import { Sight } from './sight';

const SIGNS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Base64 VLQ, as Python writes it. */
function coded(...steps: number[]): string {
  let out = '';
  for (const step of steps) {
    for (let left = Math.abs(step) * 2 + (step < 0 ? 1 : 0), more = true; more; ) {
      const part = left % 32;
      left = (left - part) / 32;
      more = left > 0;
      out += SIGNS[part + (more ? 32 : 0)];
    }
  }
  return out;
}

const TURN = Math.round(Math.SQRT1_2 * 10_000);

/** A camera at y = -4 m that looks along y and goes 1 m to the right a frame; its picture is 1 m high at 1 m. */
const OVERLAY: Overlay = {
  unit_m: 0.01, unit_turn: 0.0001, origin_m: [0, 0, 0], frames: 3, fine: 1,
  camera: [coded(0, 100), coded(-400), '', coded(TURN), coded(TURN), '', '', coded(10_000)],
  ways: [{ name: 'ball', first: 0, points: 2, x: '', y: '', z: coded(0, 100), piece: false }],
  blows: [{ time_s: 1, kind: 'impact', text: 'hit', at: [200, 0, 0], speed_m_s: 1, impulse_n_s: 1 }],
  light: [0.6, 0, -0.8]
};

test('a curve is summed up from its second differences', () => {
  expect([...decoded(coded(0, 1, 0, 0, 16), 5)]).toEqual([0, 1, 2, 3, 20]);
  expect([...decoded(coded(-70_000), 3)]).toEqual([-70_000, -70_000, -70_000]);
});

test('a place is where the camera of that frame sees it', () => {
  const sight = new Sight(OVERLAY, 16 / 9);
  const [ball] = sight.courses;
  sight.stand(0);
  const [x, y] = sight.point(ball!.xyz, 0)!;
  expect([x, y]).toEqual([expect.closeTo(0.5, 3), expect.closeTo(0.5, 3)]);
  expect(sight.point(ball!.xyz, 1)![1]).toBeCloseTo(0.25, 3);
  expect(sight.blow(OVERLAY.blows[0]!)![0]).toBeCloseTo(0.5 + (2 / 4) * (9 / 16), 3);
  sight.stand(2);
  expect(sight.blow(OVERLAY.blows[0]!)![0]).toBeCloseTo(0.5, 3);
});

test('what is behind the camera is not in the picture', () => {
  const behind = { ...OVERLAY, blows: [{ ...OVERLAY.blows[0]!, at: [0, -500, 0] as [number, number, number] }] };
  expect(new Sight(behind, 16 / 9).blow(behind.blows[0]!)).toBeNull();
});

test('light is told as the camera sees it', () => {
  expect(lightWords(new Sight(OVERLAY, 16 / 9).light()!)).toBe('left · 53°');
  expect(lightWords({ right: 0, down: 0.5, away: -0.87 })).toBe('back · 30°');
});

test.each([null, 7, {}, { ...OVERLAY, camera: [] }, { ...OVERLAY, frames: 1e99, camera: 8 }, { ...OVERLAY, unit_m: NaN }])(
  'an overlay that cannot be read is none: %j',
  value => expect(readOverlay(value)).toBeNull()
);

test('damage inside an overlay costs only what is damaged', () => {
  const read = readOverlay({ ...OVERLAY, ways: [{ name: '<b>', points: -4, x: '<svg>' }, 3], light: ['a'] })!;
  expect(read.ways).toEqual([{ name: '<b>', first: 0, points: 0, x: '', y: '', z: '', piece: false }]);
  expect(new Sight(read, 1).courses[0]!.xyz).toHaveLength(0);
  expect(read.light).toEqual([0, 0, 0]);
});
