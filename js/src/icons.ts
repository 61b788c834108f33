// The signs. Each has its own shape, so that none depends on its colour. 16 × 16 units.

const SVG = 'http://www.w3.org/2000/svg';

const FILLED = {
  play: 'M4.5 2.8v10.4L13 8z',
  pause: 'M4 3h3v10H4zM9 3h3v10H9z',
  back: 'M11.5 3.2v9.6L5.6 8zM3.6 3.2h1.5v9.6H3.6z',
  forth: 'M4.5 3.2v9.6L10.4 8zM10.9 3.2h1.5v9.6h-1.5z',
  impact: 'M8 2.2 13.8 8 8 13.8 2.2 8z',
  break: 'M8 1l1.5 4.1L13.4 3l-1.6 4L15.6 8.6l-4 1.2L13 14l-3.8-2.2L8 15.4l-1.4-3.6L2.8 14l1.4-4.2-3.8-1.2 3.8-1.6L2.6 3l3.9 2.1z',
  step: 'M5.6 2c1.7 0 2.6 1.7 2.4 3.6C7.8 7.3 7.3 8.4 7.4 9.6H4.6C4.5 7.6 3.4 6.6 3.4 4.6 3.4 3 4.3 2 5.6 2zM4.7 10.8h2.7v1.4a1.35 1.35 0 0 1-2.7 0zM11.2 4.4c1 .2 1.6 1.2 1.4 2.6-.2 1.5-.9 2.1-1 3.2l-1.9-.3c.1-1-.3-1.8-.1-3.2.2-1.5.8-2.4 1.6-2.3zM9.6 11l1.8.3-.2 1a.95.95 0 0 1-1.8-.3z',
  splash: 'M8 1.6c2.2 2.9 3.6 5 3.6 7.1a3.6 3.6 0 0 1-7.2 0C4.4 6.6 5.8 4.5 8 1.6zM2.2 13.6h11.6v1.1H2.2z',
  burst: 'M8 .8l1 4.3 3.7-2.4-2.4 3.7 4.3 1-4.3 1 2.4 3.7L9 9.7l-1 4.3-1-4.3-3.7 2.4 2.4-3.7-4.3-1 4.3-1-2.4-3.7L7 5.1z',
  act: 'M8 1.4a2.1 2.1 0 1 1 0 4.2 2.1 2.1 0 0 1 0-4.2zM4 14.2c0-4.3 1.4-7 4-7s4 2.7 4 7z',
  rest: 'M3.4 3.4h9.2v9.2H3.4z',
  sealed: 'M8 .9l1.8 1.5 2.3-.2.7 2.2 2 1.2-.7 2.2.7 2.2-2 1.2-.7 2.2-2.3-.2L8 14.9l-1.8-1.7-2.3.2-.7-2.2-2-1.2.7-2.2-.7-2.2 2-1.2.7-2.2 2.3.2zm-.9 9.6 3.9-4.2-1-1-2.9 3.1-1.3-1.3-1 1z'
} as const;

const DRAWN = {
  release: 'M2.8 4h10.4L8 13z',
  grasp: 'M4 8.6V5.2a1 1 0 0 1 2 0V3.6a1 1 0 0 1 2 0v-.4a1 1 0 0 1 2 0v1a1 1 0 0 1 2 0v5.2c0 2.6-1.4 4.2-4 4.2S4 12 3 9.4',
  open: 'M3 13.5V2.5h5.5M8.5 2.5 13 4.3v10.4l-4.5-1.2zM3 13.5h5.5',
  close: 'M3.5 13.5v-11h9v11zM10 8v.6',
  float: 'M2 11.5c1.5-1.4 3-1.4 4.5 0s3 1.4 4.5 0 2-1.2 3-.6M8 9V2.8M5.4 5.2 8 2.6l2.6 2.6',
  sink: 'M2 4.5c1.5-1.4 3-1.4 4.5 0s3 1.4 4.5 0 2-1.2 3-.6M8 7v6.4M5.4 10.8 8 13.4l2.6-2.6',
  leave: 'M2.5 8h10M8.8 3.8 13 8l-4.2 4.2',
  draft: 'M10.9 2.6l2.5 2.5-7.6 7.6-3.2.7.7-3.2z',
  stale: 'M13.2 8a5.2 5.2 0 1 1-1.6-3.8M13.4 1.8v3h-3',
  queued: 'M4 2.5h8M4 13.5h8M5 2.5v2L8 8l3-3.5v-2M5 13.5v-2L8 8l3 3.5v2',
  rendering: 'M8 2.2a5.8 5.8 0 1 0 5.8 5.8M8 4.8V8l2.3 1.6',
  refused: 'M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2zM5.8 5.8l4.4 4.4M10.2 5.8l-4.4 4.4',
  question: 'M5.7 6.1A2.3 2.3 0 1 1 8.6 8.3C8.1 8.5 8 8.8 8 9.4M8 11.4v.4M8 1.6a6.4 6.4 0 1 0 0 12.8A6.4 6.4 0 0 0 8 1.6z',
  note: 'M8 7.2v4M8 4.6v.3M8 1.6a6.4 6.4 0 1 0 0 12.8A6.4 6.4 0 0 0 8 1.6z',
  loop: 'M3 8.6V7a2.6 2.6 0 0 1 2.6-2.6h7M10.4 2l2.4 2.4-2.4 2.4M13 7.4V9a2.6 2.6 0 0 1-2.6 2.6h-7M5.6 14l-2.4-2.4 2.4-2.4',
  sound: 'M2.4 6v4h2.4L8.2 13V3L4.8 6zM10.4 5.8a3 3 0 0 1 0 4.4M12.2 3.9a5.6 5.6 0 0 1 0 8.2',
  muted: 'M2.4 6v4h2.4L8.2 13V3L4.8 6zM10.6 6.2l3.6 3.6M14.2 6.2l-3.6 3.6',
  cut: 'M8 2v12',
  dissolve: 'M2.5 3.5 13.5 12.5M2.5 12.5 13.5 3.5',
  fade: 'M2.5 3.5 8 12.5 13.5 3.5',
  linked: 'M6.8 9.2a2.6 2.6 0 0 1 0-3.7l2-2a2.6 2.6 0 0 1 3.7 3.7l-1 1M9.2 6.8a2.6 2.6 0 0 1 0 3.7l-2 2a2.6 2.6 0 0 1-3.7-3.7l1-1',
  broken: 'M6 4.6 7.8 2.8a2.6 2.6 0 0 1 3.7 3.7L9.8 8.2M10 11.4l-1.8 1.8a2.6 2.6 0 0 1-3.7-3.7l1.7-1.7M2.5 2.5l11 11',
  scene: 'M3.5 2.5v11M3.5 3h8.5l-2 2.6 2 2.6H3.5',
  plus: 'M8 3v10M3 8h10',
  minus: 'M3 8h10',
  fit: 'M2.5 3v10M13.5 3v10M5 8h6M6.6 6 4.8 8l1.8 2M9.4 6l1.8 2-1.8 2',
  export: 'M8 2v8M4.8 6.8 8 10l3.2-3.2M2.5 11v2.5h11V11',
  film: 'M2.5 3.5h11v9h-11zM5 3.5v9M11 3.5v9M2.5 8h2.5M11 8h2.5',
  captions: 'M1.8 3.4h12.4v9.2H1.8zM4 8h4M9.8 8H12M4 10.3h2.4M8.2 10.3H12',
  overlay: 'M1.8 3.4h12.4v9.2H1.8zM3.6 10.8C5 6.4 6.6 5.4 8 7.2s2.4 3 4.4-1.2M12.4 6h.1M11.6 4.9l1.3.7-.5 1.4',
  more: 'M4.6 6.4 8 9.8l3.4-3.4',
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
