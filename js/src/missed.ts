// Where words stand that were not understood. In: a cell's text, its `Missed`s. Out: places, and the edit that mends one.

import type { Missed } from './messages';

/** A stretch of the editor's text (UTF-16 offsets), and what is said of it. */
export interface Place {
  from: number;
  to: number;
  missed: Missed;
}

export interface Mend {
  from: number;
  to: number;
  insert: string;
}

/**
 * Finds each of them as near to its old place as it still stands, after the cell's first line.
 * `Missed.at` counts characters (code points) of the shot's text. What was edited away is not found.
 */
export function placesOf(source: string, missed: readonly Missed[]): Place[] {
  const body = source.indexOf('\n', source.search(/\S/)) + 1;
  if (body === 0) return [];
  const taken: Place[] = [];
  for (const one of missed) {
    const expected = body + [...source.slice(body)].slice(0, Math.max(0, one.at)).join('').length;
    const found = occurrences(source, body, one.words)
      .filter(({ from, to }) => !taken.some(t => from < t.to && t.from < to))
      .sort((a, b) => Math.abs(a.from - expected) - Math.abs(b.from - expected))[0];
    if (found) taken.push({ ...found, missed: one });
  }
  return taken.sort((a, b) => a.from - b.from);
}

/** Spaces in the words stand for any white space in the text; a word is not found inside another one. */
function occurrences(source: string, from: number, sought: string): { from: number; to: number }[] {
  const parts = sought.split(/\s+/).filter(Boolean).map(part => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  if (parts.length === 0) return [];
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}])${parts.join('\\s+')}(?![\\p{L}\\p{N}])`, 'gu');
  pattern.lastIndex = from;
  return [...source.matchAll(pattern)].map(m => ({ from: m.index, to: m.index + m[0].length })).filter(m => m.from >= from);
}

/** What the button on a fix says; empty where the fix is for people alone. */
export function mendLabel({ instead }: Missed): string {
  if (instead === null) return '';
  return instead ? `Write “${instead}”` : 'Leave it out';
}

/** The edit of a place's fix. Null: nothing is offered. What is left out takes one space along. */
export function mend(source: string, { from, to, missed }: Place): Mend | null {
  if (missed.instead === null) return null;
  const out = missed.instead === '';
  const before = source[from - 1] ?? '\n';
  const after = source[to] ?? '\n';
  if (out && before === ' ' && /[\s.,;:!?]/.test(after)) return { from: from - 1, to, insert: '' };
  if (out && /\s/.test(before) && after === ' ') return { from, to: to + 1, insert: '' };
  return { from, to, insert: missed.instead };
}
