import { expect, test } from 'vitest';
import { cut, endOf, seen, trim } from './cutting';
import { WHOLE } from './film';
import type { Edit } from './messages';

const edit = (some: Partial<Edit>): Edit => ({ ...WHOLE, ...some });

test('a trim and a dissolve stand as the kernel cuts them', () => {
  const trimmed = edit({ in_s: 0.5, out_s: 1.5, transition: 'dissolve', transition_s: 0.25 });
  const [a, b] = cut([{ frames: 48, edit: trimmed }, { frames: 48, edit: WHOLE }], 24);
  expect([a!.first, a!.last, a!.start, a!.tail]).toEqual([12, 36, 0, 6]);
  expect([b!.first, b!.last, b!.start, b!.head]).toEqual([0, 48, 18, 6]);
});

test('a transition is never longer than the shots that it joins', () => {
  const long = edit({ transition: 'dissolve', transition_s: 2 });
  const strips = cut([24, 30, 40].map(frames => ({ frames, edit: long })), 24);
  expect(strips.map(s => [s.start, s.head, s.tail])).toEqual([[0, 0, 23], [1, 23, 6], [25, 6, 0]]);
});

test('an edit beyond its take shows it whole', () => {
  const [strip] = cut([{ frames: 48, edit: edit({ in_s: 9, out_s: 12 }) }], 24);
  expect([strip!.first, strip!.last]).toEqual([0, 48]);
});

test('a fade goes to black between two shots and after the last', () => {
  const fade = edit({ transition: 'fade', transition_s: 0.5 });
  const [a, b] = cut([{ frames: 24, edit: fade }, { frames: 24, edit: fade }], 24);
  expect([a!.tail, b!.head, b!.tail, b!.start]).toEqual([6, 6, 12, 24]);
  expect([seen(a!, 0), seen(a!, 23), seen(b!, 24)].map(x => x.toFixed(2))).toEqual(['1.00', '0.14', '0.14']);
  expect(seen(b!, 47)).toBeCloseTo(1 / 13);
  expect([seen(a!, 24), seen(b!, 48)]).toEqual([0, 0]);
});

test('a trim keeps its frames through seconds, and its end is open', () => {
  for (const fps of [12, 24, 25, 30000 / 1001]) {
    const [strip] = cut([{ frames: 900, edit: WHOLE }], fps);
    for (let first = 0; first < 899; first += 7) {
      const made = trim(WHOLE, strip!, first, 899, fps);
      const [again] = cut([{ frames: 900, edit: made }], fps);
      expect([again!.first, again!.last]).toEqual([first, 899]);
    }
    expect(trim(WHOLE, strip!, 3, 900, fps).out_s).toBeNull();
    expect(endOf(cut([{ frames: 900, edit: trim(WHOLE, strip!, 950, 900, fps) }], fps)[0]!)).toBe(1);
  }
});
