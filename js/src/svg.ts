// How drawings are made. In: names and numbers. Out: SVG nodes; text goes in as text.

const SVG = 'http://www.w3.org/2000/svg';

/** An SVG element with its class and attributes. */
export function draw<K extends keyof SVGElementTagNameMap>(
  tag: K,
  className = '',
  attributes: Record<string, string | number> = {},
  ...children: Node[]
): SVGElementTagNameMap[K] {
  const node = document.createElementNS(SVG, tag);
  if (className) node.setAttribute('class', className);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, String(value));
  node.append(...children);
  return node;
}

/** Sets what changed, so that nothing else is laid out again. */
export function set(node: Element, attributes: Record<string, string>): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (node.getAttribute(name) !== value) node.setAttribute(name, value);
  }
}
