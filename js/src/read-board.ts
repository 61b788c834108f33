// The storyboard at the page's border. In: JSON from a file. Out: a `Storyboard` that holds what its type says.

import { isObject, list, type Loose, number, relativePath, text } from './loose';
import type { Card, Storyboard } from './cards';

/** A storyboard. Null: it is not one. */
export function readStoryboard(value: unknown): Storyboard | null {
  if (!isObject(value) || !/^flow_nb\.Storyboard\.\d+$/.test(String(value['schema']))) return null;
  return { schema: 'flow_nb.Storyboard.1', title: text(value['title'], 120), cards: list(value['cards'], card) };
}

function card(item: Loose): Card {
  const lines = Array.isArray(item['lines']) ? item['lines'].slice(0, 40).map(line => text(line, 400)) : [];
  return {
    number: number(item['number'], 1e5),
    shot: text(item['shot'], 60),
    scene: text(item['scene'], 60),
    tier: text(item['tier'], 20),
    duration_s: number(item['duration_s']),
    slug: text(item['slug'], 400),
    text: text(item['text'], 400),
    camera: text(item['camera'], 120),
    lines: lines.filter(Boolean),
    poster: relativePath(item['poster']),
    take: text(item['take'], 64),
    note: text(item['note'])
  };
}
