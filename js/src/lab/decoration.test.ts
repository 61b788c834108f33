import { expect, test, vi } from 'vitest';

vi.mock('@lumino/widgets', () => ({ Widget: class {}, PanelLayout: class {} }));

import { readDigest, readPatch } from '../read';
import { sourceKey } from '../source';
import { slateState } from './decoration';

const SOURCE = '%%shot glass --tier fast\nA glass falls.';
const KEY = sourceKey(SOURCE);
const digest = (state: string, source = KEY) =>
  readDigest({ schema: 'flow_nb.Digest.1', shot: 'glass', tier: 'fast', state, duration_s: 4, source });
const state = (of: ReturnType<typeof digest>, patch: unknown = null): string =>
  slateState(1, of, SOURCE, KEY, patch ? readPatch(patch) : null).state;

test('without metadata a shot is a draft', () => expect(state(null)).toBe('draft'));

test('a sealed take of another text is stale, a refusal of another text is gone', () => {
  expect(state(digest('sealed'))).toBe('sealed');
  expect(state(digest('sealed', 'other'))).toBe('stale');
  expect(state(digest('refused', 'other'))).toBe('draft');
});

test('a file that says rendering is not believed', () => expect(state(digest('rendering'))).toBe('draft'));

test('a kernel that says rendering is', () => {
  const patch = { cell_id: 'a', digest: digest('rendering'), progress: { stage: 'draw', share: 0.5 } };
  expect(state(digest('sealed'), patch)).toBe('rendering');
});

test('what is written on the cell comes before what was rendered', () => {
  const shown = slateState(2, digest('sealed', 'other'), '%%shot cup --tier sketch --duration 6', 'k', null);
  expect(shown).toMatchObject({ number: 2, name: 'cup', tier: 'sketch', duration_s: 6, state: 'stale' });
});
