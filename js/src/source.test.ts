import { expect, test } from 'vitest';
import { isShot, sourceKey, written } from './source';

test('a shot begins with %%shot on its first line that is not empty', () => {
  expect(isShot('%%shot')).toBe(true);
  expect(isShot('\n  %%shot glass\ntext')).toBe(true);
  expect(isShot('%%shots')).toBe(false);
  expect(isShot('x = 1\n%%shot')).toBe(false);
});

test('the first line tells name, tier and length', () => {
  expect(written('%%shot --tier fast glass --duration 2.5\nA')).toEqual({ name: 'glass', tier: 'fast', scene: '', duration_s: 2.5 });
  expect(written('%%shot glass --tier=sketch')).toEqual({ name: 'glass', tier: 'sketch', scene: '', duration_s: null });
  expect(written('%%shot --duration 1e9')).toEqual({ name: '', tier: '', scene: '', duration_s: null });
  expect(written('%%shot\nA glass falls.')).toEqual({ name: '', tier: '', scene: '', duration_s: null });
});

test('the key is the one that Python computes', () => {
  expect(sourceKey('%%shot  glass\n\n  A glass falls. \n')).toBe('354433de-27');
});

test('spacing does not change the key, a word does', () => {
  expect(sourceKey('%%shot a\nb  c')).toBe(sourceKey(' %%shot  a \n\n\tb c\n'));
  expect(sourceKey('%%shot a\nb')).not.toBe(sourceKey('%%shot a\nc'));
});
