// The border's tools. In: a value of any kind. Out: one of the kind asked for, bounded; never an exception.

import type { Mark } from './messages';

const MAX_TEXT = 300;
const MAX_ITEMS = 200;
const MAX_SECONDS = 24 * 3600;

/** The kinds of an event. */
export const MARKS: readonly Mark['kind'][] = [
  'release', 'impact', 'break', 'rest', 'leave', 'step', 'grasp', 'open', 'close', 'splash', 'float', 'sink', 'burst', 'act'
];

export type Loose = Record<string, unknown>;

export const isObject = (value: unknown): value is Loose =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const number = (value: unknown, max = MAX_SECONDS): number =>
  typeof value === 'number' && Number.isFinite(value) ? Math.min(Math.max(value, 0), max) : 0;

export const list = <T>(value: unknown, one: (item: Loose) => T): T[] =>
  Array.isArray(value) ? value.filter(isObject).slice(0, MAX_ITEMS).map(one) : [];

export const choice = <T extends string>(value: unknown, known: readonly T[], other: T): T =>
  known.find(k => k === value) ?? other;

/** A text for display: one line, no control characters, at most `max` characters. */
export function text(value: unknown, max = MAX_TEXT): string {
  if (typeof value !== 'string') return '';
  const line = value
    .slice(0, max * 4)
    // C0 and C1 controls, and the characters that turn the direction of what stands around them
    .replace(/[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]+/g, ' ')
    .trim();
  const characters = [...line];
  return characters.length > max ? `${characters.slice(0, max - 1).join('')}…` : line;
}

/** A path relative to the notebook; anything else (a scheme, a host, the root) is no path. */
export function relativePath(value: unknown): string {
  const path = text(value, 1000);
  return /^(?:[a-z][a-z0-9+.-]*:|[/\\])/i.test(path) || path.includes('\\') ? '' : path;
}
