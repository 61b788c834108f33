// Smooth curves from short texts, as flow_nb.notebook.curves writes them. In: base64 signs. Out: whole numbers.

const SIGNS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const MORE = 32;

/** The points of a curve: a first value, a first difference, then second differences; noughts at the end are
    left out. */
export function decoded(text: string, points: number): Float64Array {
  const out = new Float64Array(points);
  const steps = numbers(text);
  let value = steps[0] ?? 0;
  let step = 0;
  out[0] = value;
  for (let i = 1; i < points; i++) {
    step += steps[i] ?? 0;
    value += step;
    out[i] = value;
  }
  return out;
}

/** Variable-length quantities: five bits a sign, the lowest bit of the first is the minus. */
function numbers(text: string): number[] {
  const found: number[] = [];
  let value = 0;
  let weight = 1;
  for (const sign of text) {
    const part = SIGNS.indexOf(sign);
    value += (part & 31) * weight;
    weight *= 32;
    if (part & MORE) continue;
    found.push(value % 2 ? -(value - 1) / 2 : value / 2);
    value = 0;
    weight = 1;
  }
  return found;
}
