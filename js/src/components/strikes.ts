// Contacts on the picture. In: `Blow`s. Out: a sign where each of them is; its speed when it happens.

import type { Blow } from '../messages';
import { draw, set } from '../svg';
import type { Sheet } from './overlay';
import type { Sight } from './sight';

const FRESH_S = 0.6;
const SIDES_PX = { least: 2.5, most: 5.5 };
const HARD_N_S = 0.1;
const APART_PX = 14;

interface Sign {
  blow: Blow;
  node: SVGGElement;
  edge: SVGPathElement;
  line: SVGPathElement;
}

export class Strikes {
  readonly node = draw('g', 'flow-strikes');
  private readonly told = draw('text', 'flow-strike-told');
  private signs: Sign[] = [];

  load(blows: readonly Blow[]): void {
    this.signs = blows.map(blow => {
      const edge = draw('path', 'flow-overlay-edge');
      const line = draw('path');
      const node = draw('g', 'flow-strike', { 'data-kind': blow.kind }, edge, line);
      return { blow, node, edge, line };
    });
    this.node.replaceChildren(...this.signs.map(sign => sign.node), this.told);
  }

  show(sight: Sight, sheet: Sheet, frame: number, on: boolean): void {
    this.node.style.display = on ? '' : 'none';
    if (!on) return;
    const time_s = (frame + 0.5) / sheet.fps;
    let fresh: Sign | null = null;
    for (const sign of this.signs) {
      const at = sheet.seen(sight.blow(sign.blow));
      sign.node.style.display = at ? '' : 'none';
      if (!at) continue;
      const past = sign.blow.time_s <= time_s;
      set(sign.node, { 'data-when': past ? 'past' : 'future' });
      const d = shape(sign.blow.kind, at[0], at[1], sideOf(sign.blow) * sheet.scale);
      set(sign.edge, { d });
      set(sign.line, { d });
      if (past && time_s - sign.blow.time_s < FRESH_S) fresh = harder(fresh, sign);
    }
    this.tell(fresh, sight, sheet);
  }

  /** Speed and impulse beside the hardest blow of the moment. */
  private tell(fresh: Sign | null, sight: Sight, sheet: Sheet): void {
    const at = fresh && sheet.seen(sight.blow(fresh.blow));
    this.told.style.display = at ? '' : 'none';
    if (!fresh || !at) return;
    const { speed_m_s, impulse_n_s } = fresh.blow;
    this.told.textContent = `${speed_m_s.toFixed(1)} m/s · ${impulse_n_s.toPrecision(2)} N·s`;
    const left = at[0] > 0.75 * sheet.width;
    set(this.told, {
      x: (at[0] + (left ? -1 : 1) * APART_PX * sheet.scale).toFixed(2),
      y: Math.min(at[1] + APART_PX * sheet.scale, sheet.height - 6 * sheet.scale).toFixed(2),
      'text-anchor': left ? 'end' : 'start'
    });
  }
}

const harder = (a: Sign | null, b: Sign): Sign => (a && a.blow.impulse_n_s > b.blow.impulse_n_s ? a : b);

/** How large a sign is: by the impulse, full from a tenth of a newton second on. */
function sideOf(blow: Blow): number {
  const share = Math.sqrt(Math.min(blow.impulse_n_s / HARD_N_S, 1));
  return blow.kind === 'break' ? SIDES_PX.most : SIDES_PX.least + share * (SIDES_PX.most - SIDES_PX.least);
}

/** A break is a star, a step a square, every other blow a diamond. */
function shape(kind: Blow['kind'], x: number, y: number, r: number): string {
  const corners = kind === 'break' || kind === 'burst' ? 10 : 4;
  const turn = kind === 'step' ? Math.PI / 4 : 0;
  const points = Array.from({ length: corners }, (_, i) => {
    const far = corners === 10 && i % 2 ? r * 0.5 : r * (corners === 10 ? 1.3 : 1);
    const angle = turn - Math.PI / 2 + (i * 2 * Math.PI) / corners;
    return `${(x + far * Math.cos(angle)).toFixed(1)} ${(y + far * Math.sin(angle)).toFixed(1)}`;
  });
  return `M${points.join('L')}Z`;
}
