import { expect, test } from 'vitest';
import { isScribe } from './scribe';

const seenBy = (clientID: number, ...ids: number[]): boolean =>
  isScribe({ clientID, getStates: () => new Map(ids.map(id => [id, id ? { user: {} } : {}])) });

test('alone, a page writes', () => {
  expect(isScribe(null)).toBe(true);
  expect(seenBy(7, 7)).toBe(true);
  expect(seenBy(7)).toBe(true);
});

test('of several, one writes, and a server that only listens counts for nothing', () => {
  expect([3, 7, 9].map(id => seenBy(id, 0, 9, 3, 7))).toEqual([true, false, false]);
});
