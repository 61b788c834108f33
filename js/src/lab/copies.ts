// Whose take is whose. In: the shots of a notebook from the top, as they stand. Out: which are copies, who has which name.

import type { Digest } from '../messages';
import { written } from '../source';

export interface Standing {
  id: string;
  source: string;
  digest: Digest | null;
}

/**
 * For each copy, the number of the shot that it was copied from. What a cell was copied with, it has
 * not earned: the take stays with the cell that it was written on or, where that one is gone (a cell
 * that was split has new ids), with the first that carries it.
 */
export function copies(shots: readonly Standing[]): Map<string, number> {
  const owners = new Map<string, number>();
  shots.forEach(({ id, digest }, i) => {
    const key = keyOf(digest);
    if (key && (!owners.has(key) || id === digest?.cell)) owners.set(key, i);
  });
  const found = new Map<string, number>();
  shots.forEach(({ id, digest }, i) => {
    const owner = owners.get(keyOf(digest));
    if (owner !== undefined && owner !== i) found.set(id, owner + 1);
  });
  return found;
}

/** Written by a page, a digest says on which cell; else the same take of the same shot is the same. */
function keyOf(digest: Digest | null): string {
  if (!digest) return '';
  if (digest.cell) return `cell ${digest.cell}`;
  return digest.take ? `take ${digest.take} ${digest.shot}` : '';
}

/** The names that the shots have before any of them has run, and what to say to those that got none. */
export interface Named {
  names: Record<string, string>;
  remarks: string[];
}

/** The first that is no copy has the name; a copy keeps only what it was given by hand. */
export function named(shots: readonly Standing[], copied: ReadonlyMap<string, number>): Named {
  const wanted = shots.map(({ id, source, digest }) =>
    written(source).name || (copied.has(id) ? '' : digest?.shot ?? ''));
  const holders = new Map<string, number>();
  for (const copies of [false, true]) {
    wanted.forEach((name, i) => {
      if (name && copied.has(shots[i]!.id) === copies && !holders.has(name)) holders.set(name, i);
    });
  }
  const remarks = shots.map(({ id }, i) => {
    const holder = holders.get(wanted[i]!) ?? i;
    const original = copied.get(id);
    if (original === undefined) return holder === i ? '' : `same name as shot ${holder + 1}`;
    return `copy of shot ${original}${holder === i ? '' : ', needs a name of its own'}`;
  });
  return { names: Object.fromEntries([...holders].map(([name, i]) => [shots[i]!.id, name])), remarks };
}
