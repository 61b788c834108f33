import { expect, test } from 'vitest';
import { readDigest, readPatch, readTakeView, text } from './read';

const DIGEST = {
  schema: 'flow_nb.Digest.1', shot: 'glass', tier: 'fast', state: 'sealed', duration_s: 4,
  spans: [{ start_s: 0, end_s: 4, text: 'dolly in', kind: 'camera' }],
  marks: [{ time_s: 1.2, kind: 'impact', text: 'hits', speed_m_s: 3.8, impulse_n_s: 1, closed_form_s: null }],
  missed: [], notes: [], source: 'k'
};

test('a whole digest is read as it is', () => {
  const digest = readDigest(DIGEST)!;
  expect(digest.shot).toBe('glass');
  expect(digest.spans).toHaveLength(1);
  expect(digest.marks[0]!.speed_m_s).toBe(3.8);
});

test.each([null, undefined, 7, 'x', [], {}, { schema: 'other' }, { schema: {} }])(
  'what is not a digest is none: %j',
  value => expect(readDigest(value)).toBeNull()
);

test('a damaged digest gives what can be read and throws nothing', () => {
  const digest = readDigest({
    schema: 'flow_nb.Digest.1', shot: { a: 1 }, tier: 9, state: 'exploded', duration_s: 'NaN',
    spans: [null, 3, { start_s: 2, end_s: 1 }, { start_s: -1, end_s: Infinity }],
    marks: 'many', missed: [{ words: 5 }], notes: [1, 'kept']
  })!;
  expect(digest).toMatchObject({ shot: '', tier: '', state: 'draft', duration_s: 0, spans: [], marks: [] });
  expect(digest.notes).toEqual(['kept']);
});

test('a digest of a newer version is read as far as it goes, and says so', () => {
  const digest = readDigest({ ...DIGEST, schema: 'flow_nb.Digest.7', dreams: [] })!;
  expect(digest.shot).toBe('glass');
  expect(digest.notes[0]).toMatch(/newer flow_nb/);
});

test('texts are one line, bounded, and cannot turn their neighbours around', () => {
  expect(text('a\u0000b\n\u202Ec')).toBe('a b c');
  expect([...text('é😀'.repeat(9000))]).toHaveLength(300);
  expect(text('x'.repeat(10000)).endsWith('…')).toBe(true);
});

test('lists are bounded', () => {
  const marks = Array.from({ length: 5000 }, (_, i) => ({ time_s: i, kind: 'impact', text: '' }));
  expect(readDigest({ ...DIGEST, marks })!.marks).toHaveLength(200);
});

test.each(['https://host/a.mp4', '//host/a.mp4', 'javascript:alert(1)', '/etc/x.mp4', 'a\\b.mp4', 'data:,x'])(
  'a clip is a path relative to the notebook, never %s',
  clip => expect(readTakeView({ digest: DIGEST, clip, poster: clip })).toMatchObject({ clip: '', poster: '' })
);

test('a take view keeps its frame rate and its progress', () => {
  const view = readTakeView({
    digest: DIGEST, clip: 'takes/a.mp4', fps: [24000, 1001], frames: 96,
    progress: { stage: 'draw', share: 4, left_s: null }
  })!;
  expect(view.fps).toEqual([24000, 1001]);
  expect(view.progress).toEqual({ stage: 'draw', share: 1, left_s: null, preview: '' });
});

test('a patch without a cell or a digest is none', () => {
  expect(readPatch({ digest: DIGEST })).toBeNull();
  expect(readPatch({ cell_id: 'a' })).toBeNull();
  expect(readPatch({ cell_id: 'a', digest: DIGEST })!.cell_id).toBe('a');
});
