// Where the light comes from. In: how it falls as the camera sees it. Out: an arrow in a corner, and words.

import { draw, set } from '../svg';
import type { Sheet } from './overlay';
import type { Fall } from './sight';

const REACH_PX = 26;
const ASIDE = 0.35;

export class LightSign {
  readonly node = draw('g', 'flow-light-sign');
  private readonly edge = draw('path', 'flow-overlay-edge');
  private readonly line = draw('path');
  private readonly sun = draw('circle', 'flow-light-sun');
  private readonly words = draw('text', 'flow-light-words', { 'text-anchor': 'end' });

  constructor() {
    this.node.append(this.edge, this.line, this.sun, this.words);
  }

  show(fall: Fall | null, sheet: Sheet): void {
    this.node.style.display = fall ? '' : 'none';
    if (!fall) return;
    const reach = REACH_PX * sheet.scale;
    const [x, y] = [sheet.width - 1.9 * reach, 1.9 * reach];
    const [dx, dy] = [fall.right * reach, fall.down * reach];
    const d = arrow(x - dx, y - dy, x + dx, y + dy, 7 * sheet.scale);
    set(this.edge, { d });
    set(this.line, { d });
    set(this.sun, { cx: (x - dx).toFixed(1), cy: (y - dy).toFixed(1), r: (5 * sheet.scale).toFixed(1) });
    set(this.words, { x: (sheet.width - 10 * sheet.scale).toFixed(1), y: (y + 1.55 * reach).toFixed(1) });
    const told = lightWords(fall);
    if (this.words.textContent !== told) this.words.textContent = told;
  }
}

/** As a gaffer says it: from the left, from behind, high.  */
export function lightWords({ right, down, away }: Fall): string {
  const from = [
    right > ASIDE ? 'left' : right < -ASIDE ? 'right' : '',
    away > ASIDE ? 'front' : away < -ASIDE ? 'back' : ''
  ].filter(Boolean);
  const high = Math.round((Math.asin(Math.min(Math.max(down, -1), 1)) * 180) / Math.PI);
  return `${from.join(', ') || (down > 0 ? 'above' : 'below')} · ${high}°`;
}

function arrow(x0: number, y0: number, x1: number, y1: number, head: number): string {
  const long = Math.hypot(x1 - x0, y1 - y0);
  const line = `M${x0.toFixed(1)} ${y0.toFixed(1)}L${x1.toFixed(1)} ${y1.toFixed(1)}`;
  if (long < head) return line;
  const [ux, uy] = [(x1 - x0) / long, (y1 - y0) / long];
  const barb = (side: number): string =>
    `M${x1.toFixed(1)} ${y1.toFixed(1)}L${(x1 - head * (ux + side * uy * 0.7)).toFixed(1)} ${(y1 - head * (uy - side * ux * 0.7)).toFixed(1)}`;
  return line + barb(1) + barb(-1);
}
