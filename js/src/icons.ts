// The signs. Each has its own shape, so that none depends on its colour. 16 × 16 units.

const SVG = 'http://www.w3.org/2000/svg';

const FILLED = {
  play: 'M4.5 2.8v10.4L13 8z',
  pause: 'M4 3h3v10H4zM9 3h3v10H9z',
  back: 'M11.5 3.2v9.6L5.6 8zM3.6 3.2h1.5v9.6H3.6z',
  forth: 'M4.5 3.2v9.6L10.4 8zM10.9 3.2h1.5v9.6h-1.5z',
  impact: 'M8 2.2 13.8 8 8 13.8 2.2 8z',
  break: 'M8 1l1.5 4.1L13.4 3l-1.6 4L15.6 8.6l-4 1.2L13 14l-3.8-2.2L8 15.4l-1.4-3.6L2.8 14l1.4-4.2-3.8-1.2 3.8-1.6L2.6 3l3.9 2.1z',
  rest: 'M3.4 3.4h9.2v9.2H3.4z',
  sealed: 'M8 .9l1.8 1.5 2.3-.2.7 2.2 2 1.2-.7 2.2.7 2.2-2 1.2-.7 2.2-2.3-.2L8 14.9l-1.8-1.7-2.3.2-.7-2.2-2-1.2.7-2.2-.7-2.2 2-1.2.7-2.2 2.3.2zm-.9 9.6 3.9-4.2-1-1-2.9 3.1-1.3-1.3-1 1z'
} as const;

const DRAWN = {
  release: 'M2.8 4h10.4L8 13z',
  leave: 'M2.5 8h10M8.8 3.8 13 8l-4.2 4.2',
  draft: 'M10.9 2.6l2.5 2.5-7.6 7.6-3.2.7.7-3.2z',
  stale: 'M13.2 8a5.2 5.2 0 1 1-1.6-3.8M13.4 1.8v3h-3',
  rendering: 'M8 2.2a5.8 5.8 0 1 0 5.8 5.8M8 4.8V8l2.3 1.6',
  refused: 'M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2zM5.8 5.8l4.4 4.4M10.2 5.8l-4.4 4.4',
  question: 'M5.7 6.1A2.3 2.3 0 1 1 8.6 8.3C8.1 8.5 8 8.8 8 9.4M8 11.4v.4M8 1.6a6.4 6.4 0 1 0 0 12.8A6.4 6.4 0 0 0 8 1.6z',
  note: 'M8 7.2v4M8 4.6v.3M8 1.6a6.4 6.4 0 1 0 0 12.8A6.4 6.4 0 0 0 8 1.6z',
  loop: 'M3 8.6V7a2.6 2.6 0 0 1 2.6-2.6h7M10.4 2l2.4 2.4-2.4 2.4M13 7.4V9a2.6 2.6 0 0 1-2.6 2.6h-7M5.6 14l-2.4-2.4 2.4-2.4',
  sound: 'M2.4 6v4h2.4L8.2 13V3L4.8 6zM10.4 5.8a3 3 0 0 1 0 4.4M12.2 3.9a5.6 5.6 0 0 1 0 8.2',
  muted: 'M2.4 6v4h2.4L8.2 13V3L4.8 6zM10.6 6.2l3.6 3.6M14.2 6.2l-3.6 3.6',
  full: 'M2.5 6V2.5H6M10 2.5h3.5V6M13.5 10v3.5H10M6 13.5H2.5V10'
} as const;

export type Sign = keyof typeof FILLED | keyof typeof DRAWN;

/** A sign as an image that says nothing to screen readers: the words stand beside it. */
export function icon(sign: Sign): SVGSVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 16 16');
  svg.setAttribute('aria-hidden', 'true');
  svg.setAttribute('class', `flow-icon${sign in DRAWN ? ' flow-icon-drawn' : ''}`);
  svg.dataset['sign'] = sign;
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', sign in DRAWN ? DRAWN[sign as keyof typeof DRAWN] : FILLED[sign as keyof typeof FILLED]);
  path.setAttribute('fill-rule', 'evenodd');
  svg.append(path);
  return svg;
}
