// Frame lines. In: the size of the picture, which lines are asked for. Out: thirds; the 9:16 that would be kept.

import { draw, set } from '../svg';
import type { Sheet } from './overlay';

const VERTICAL = 9 / 16;

export class Framing {
  readonly node = draw('g', 'flow-framing');
  private readonly thirds = [draw('path', 'flow-overlay-edge'), draw('path', 'flow-thirds')];
  private readonly shade = draw('path', 'flow-crop-shade');
  private readonly crop = [draw('path', 'flow-overlay-edge'), draw('path', 'flow-crop')];

  constructor() {
    this.node.append(this.shade, ...this.crop, ...this.thirds);
  }

  show({ width, height }: Sheet, thirds: boolean, vertical: boolean): void {
    const left = (width - height * VERTICAL) / 2;
    const cut = vertical && left > 0;
    for (const line of this.thirds) {
      set(line, { d: thirds ? `${uprights(width, height)}M0 ${height / 3}H${width}M0 ${(height * 2) / 3}H${width}` : '' });
    }
    const right = width - left;
    for (const line of this.crop) set(line, { d: cut ? `M${left} 0V${height}M${right} 0V${height}` : '' });
    set(this.shade, { d: cut ? `M0 0H${left}V${height}H0ZM${right} 0H${width}V${height}H${right}Z` : '' });
  }
}

const uprights = (width: number, height: number): string =>
  `M${width / 3} 0V${height}M${(width * 2) / 3} 0V${height}`;
