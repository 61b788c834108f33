import { expect, test } from 'vitest';
import type { Missed } from './messages';
import { mend, mendLabel, placesOf } from './missed';

const SOURCE = '%%shot slowly --tier fast\nA 🍷 glass slides slowly, and a cup moves\n  slowly off.';
const missed = (words: string, at: number, instead: string | null = ''): Missed => ({ words, at, instead, reason: '', fix: '' });
const mended = (source: string, one: Missed): string => {
  const edit = mend(source, placesOf(source, [one])[0]!)!;
  return source.slice(0, edit.from) + edit.insert + source.slice(edit.to);
};

test('words are found where the plan says, not in the first line and not inside other words', () => {
  const body = SOURCE.indexOf('\n') + 1;
  const at = [...SOURCE.slice(body)].join('').indexOf('slowly off');
  const [near] = placesOf(SOURCE, [missed('slowly', at - 1)]);
  expect(SOURCE.slice(near!.from - 2)).toBe('  slowly off.');
  expect(placesOf(SOURCE, [missed('lowly', 0)])).toEqual([]);
});

test('two of the same words get two places; what was edited away gets none', () => {
  const places = placesOf(SOURCE, [missed('slowly', 0), missed('slowly', 0), missed('gone', 0)]);
  expect(places.map(p => SOURCE.slice(p.from, p.to))).toEqual(['slowly', 'slowly']);
});

test('a line break inside the words does not hide them', () => {
  const [place] = placesOf(SOURCE, [missed('moves slowly', -1)]);
  expect(SOURCE.slice(place!.from, place!.to)).toBe('moves\n  slowly');
});

test('what looks like a pattern is text', () => {
  expect(placesOf('%%shot a\n(a+)+$ [x', [missed('(a+)+$ [x', 0)])).toHaveLength(1);
});

test('left out, words take one space along', () => {
  expect(mended('%%shot a\nA glass slowly slides.', missed('slowly', 8))).toBe('%%shot a\nA glass slides.');
  expect(mended('%%shot a\nIt slides slowly.', missed('slowly', 10))).toBe('%%shot a\nIt slides.');
  expect(mended('%%shot a\nSlowly it slides.', missed('Slowly', 0))).toBe('%%shot a\nit slides.');
});

test('other words take their place, and a fix for people alone edits nothing', () => {
  const fall = missed('levitates', 8, 'falls');
  expect(mended('%%shot a\nA glass levitates.', fall)).toBe('%%shot a\nA glass falls.');
  expect([fall, missed('x', 0), missed('x', 0, null)].map(mendLabel)).toEqual(['Write “falls”', 'Leave it out', '']);
  expect(mend('x', { from: 0, to: 1, missed: missed('x', 0, null) })).toBeNull();
});
