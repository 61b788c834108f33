import { expect, test } from 'vitest';
import { lanes, left, length, measured, ticks, timecode } from './time';

test('a time code counts minutes, seconds and frames', () => {
  expect(timecode(0, 24)).toBe('00:00:00');
  expect(timecode(24 * 61 + 5, 24)).toBe('01:01:05');
  expect(timecode(30, 30000 / 1001)).toBe('00:01:00');
});

test('a ruler has no more ticks than it has room for, and whole steps', () => {
  expect(ticks(4, 800)).toEqual([0, 0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4]);
  expect(ticks(4, 150)).toEqual([0, 2, 4]);
  expect(ticks(30, 320)).toEqual([0, 10, 20, 30]);
});

test('what overlaps stands in lanes, what follows shares one', () => {
  expect(lanes([{ start: 0, end: 2 }, { start: 1, end: 3 }, { start: 2, end: 4 }], 4)).toEqual([0, 1, 0]);
  expect(lanes(Array(6).fill({ start: 0, end: 1 }), 4).every(lane => lane < 4)).toBe(true);
});

test('an event tells time, words, speed, impulse and theory', () => {
  const mark = { time_s: 1.2, kind: 'impact', text: 'hits', speed_m_s: 3.84, impulse_n_s: 1.15, closed_form_s: 1.1996 } as const;
  expect(measured(mark)).toBe('1.20 s · hits · 3.84 m/s · 1.1 N·s · theory 1.200 s');
  expect(measured({ ...mark, text: 'hits at 3.8 m/s' })).toBe('1.20 s · hits at 3.8 m/s · 1.1 N·s · theory 1.200 s');
});

test('lengths are said as people say them', () => {
  expect(length(4)).toBe('4 s');
  expect(length(125)).toBe('2 min 05 s');
  expect(left(null)).toBe('');
  expect(left(0.4)).toBe('almost done');
});
