import { expect, test } from 'vitest';
import { readDigest } from '../read';
import { copies, named, type Standing } from './copies';

const shot = (id: string, name: string, cell: string | null, take = 't1'): Standing => ({
  id, source: `%%shot ${name}\nA glass falls.`,
  digest: cell === null ? null : readDigest({ schema: 'flow_nb.Digest.1', shot: name || 'shot-1', cell, take })
});

test('a copy of a cell does not have its take, wherever it is pasted', () => {
  const shots = [shot('b', 'glass', 'a'), shot('a', 'glass', 'a'), shot('c', 'cup', 'c', 't2')];
  const copied = copies(shots);
  expect([...copied]).toEqual([['b', 2]]);
  expect(named(shots, copied)).toEqual({
    names: { a: 'glass', c: 'cup' }, remarks: ['copy of shot 2, needs a name of its own', '', '']
  });
});

test('a cell that got a new id keeps its take, and of two parts the first has it', () => {
  const shots = [shot('x', 'glass', 'gone'), shot('y', 'glass', 'gone')];
  expect([...copies(shots)]).toEqual([['y', 1]]);
  expect([...copies(shots.slice(1))]).toEqual([]);
});

test('a copy with a name of its own has that name', () => {
  const shots = [shot('a', 'glass', 'a'), { ...shot('b', 'mug', 'a') }];
  expect(named(shots, copies(shots))).toEqual({ names: { a: 'glass', b: 'mug' }, remarks: ['', 'copy of shot 1'] });
});

test('takes that no page wrote are told apart by the take', () => {
  const shots = [shot('a', 'glass', ''), shot('b', 'glass', ''), shot('c', 'glass', '', '')];
  expect([...copies(shots)]).toEqual([['b', 1]]);
});

test('a shot without a name keeps the one it was given, its copy gets another', () => {
  const shots = [shot('a', '', 'a'), shot('b', '', 'a')];
  expect(named(shots, copies(shots)).names).toEqual({ a: 'shot-1' });
});

test('two new shots of one name: the second is told', () => {
  const shots = [shot('a', 'glass', null), shot('b', 'glass', null)];
  expect(named(shots, copies(shots))).toEqual({ names: { a: 'glass' }, remarks: ['', 'same name as shot 1'] });
});
