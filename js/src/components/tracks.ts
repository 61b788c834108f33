// The tracks of a plan strip. In: spans, marks, a duration and a width. Out: rows of buttons, placed by time.

import type { Mark, Span } from '../messages';
import { el, words } from '../dom';
import { icon } from '../icons';
import { lanes, measured, seconds } from '../time';

const MAX_LANES = 4;
const MARK_PX = 22;

const TRACKS: readonly { kind: Span['kind']; name: string }[] = [
  { kind: 'shot', name: 'Shots' },
  { kind: 'camera', name: 'Camera' },
  { kind: 'light', name: 'Light' },
  { kind: 'beat', name: 'Beats' },
  { kind: 'action', name: 'Action' },
  { kind: 'line', name: 'Lines' }
];

/** How a span came into the plan, where the text does not say it in its own words. */
const SOURCES: Record<Span['source'], string> = {
  literal: '', inferred: ' (inferred)', default: ' (by default)', expected: ' (expected to follow)'
};

/** A button on a track: what it says in full, and the instant it stands for. */
export interface Item {
  node: HTMLButtonElement;
  time_s: number;
  says: string;
}

export interface Rows {
  rows: HTMLElement[];
  items: Item[];
}

/**
 * One row per kind of span that the plan has; spans that overlap stand in lanes below each other.
 * The words of a short span go on beyond it as far as its lane is free.
 */
export function spanRows(spans: readonly Span[], duration_s: number, width_px: number): Rows {
  const items: Item[] = [];
  const rows = TRACKS.flatMap(({ kind, name }) => {
    const own = spans.filter(s => s.kind === kind).sort((a, b) => a.start_s - b.start_s);
    if (own.length === 0) return [];
    const placed = lanes(own.map(s => ({ start: s.start_s, end: s.end_s })), MAX_LANES);
    const nodes = own.map((span, i) => {
      const says = `${seconds(span.start_s)} – ${seconds(span.end_s)} · ${span.text}${SOURCES[span.source]}`;
      const next = own.find((_, j) => j > i && placed[j] === placed[i])?.start_s ?? duration_s;
      const text = words(span.text);
      text.style.maxWidth = `${Math.max(0, ((next - span.start_s) / duration_s) * width_px - 12).toFixed(0)}px`;
      const item = button('flow-span', `${name}: ${says}`, span.start_s, text);
      item.node.dataset['kind'] = kind;
      item.node.dataset['source'] = span.source;
      place(item.node, span.start_s, span.end_s, duration_s);
      item.node.style.setProperty('--flow-lane', String(placed[i]));
      items.push({ ...item, says });
      return item.node;
    });
    return [row(name, 'flow-track', 1 + Math.max(...placed), nodes)];
  });
  return { rows, items };
}

/** The row of solved events. Marks that would touch at this width stand in lanes above each other. */
export function markRow(marks: readonly Mark[], duration_s: number, width_px: number): Rows {
  if (marks.length === 0) return { rows: [], items: [] };
  const half_s = ((MARK_PX / 2) * duration_s) / Math.max(width_px, 1);
  const placed = lanes(
    marks.map(m => ({ start: m.time_s - half_s, end: m.time_s + half_s })),
    MAX_LANES
  );
  const items = marks.map((mark, i) => {
    const item = button('flow-mark', `Event: ${measured(mark)}`, mark.time_s, icon(mark.kind));
    item.node.dataset['kind'] = mark.kind;
    place(item.node, mark.time_s, mark.time_s, duration_s);
    item.node.style.setProperty('--flow-lane', String(placed[i]));
    return { ...item, says: measured(mark) };
  });
  const nodes = items.map(item => item.node);
  return { rows: [row('Events', 'flow-track flow-events', 1 + Math.max(...placed), nodes)], items };
}

function button(className: string, label: string, time_s: number, child: Node): Item {
  const node = el('button', className, { type: 'button', 'aria-label': label, tabindex: '-1' }, child);
  return { node, time_s, says: label };
}

function row(name: string, className: string, lanesUsed: number, nodes: HTMLElement[]): HTMLElement {
  const field = el('div', 'flow-field', { role: 'group', 'aria-label': name }, ...nodes);
  field.style.setProperty('--flow-lanes', String(lanesUsed));
  const title = el('span', 'flow-track-name', { 'aria-hidden': 'true' }, name);
  return el('div', className, {}, title, field);
}

function place(node: HTMLElement, start_s: number, end_s: number, duration_s: number): void {
  const share = (time_s: number): number => Math.min(1, Math.max(0, time_s / duration_s));
  node.style.left = `${(share(start_s) * 100).toFixed(3)}%`;
  if (end_s > start_s) node.style.width = `${((share(end_s) - share(start_s)) * 100).toFixed(3)}%`;
}
