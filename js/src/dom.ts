// How nodes are made. Text goes in as text: nothing here takes markup.

type Child = Node | string | null;

/** An element with its class, attributes and children. */
export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  className = '',
  attributes: Record<string, string> = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const node = document.createElement(tag);
  if (className) node.className = className;
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children.filter(child => child !== null));
  return node;
}

/** Somebody's words: their own direction, never that of what stands around them. */
export function words(text: string, className = ''): HTMLElement {
  const node = el('bdi', className, { dir: 'auto' });
  node.textContent = text;
  return node;
}

/** Sets a text only where it changed, so that screen readers and the layout stay calm. */
export function setText(node: HTMLElement, text: string): void {
  if (node.textContent !== text) node.textContent = text;
}
