// Keys that belong to a component. In: a root and its handler. Out: a way to take it back.

/**
 * Gives a component its keys while the focus is within it. Jupyter reads keys at the document, before
 * they reach anything on the page (a bare M would turn the cell to Markdown), so ours are read at the
 * window; what the handler does not take, Jupyter still gets. `modified`: those with Ctrl, Alt or
 * Meta as well.
 */
export function captureKeys(
  root: HTMLElement, handler: (event: KeyboardEvent) => boolean, { modified = false } = {}
): () => void {
  const listen = (event: KeyboardEvent): void => {
    if (!(event.target instanceof Node) || !root.contains(event.target)) return;
    const held = event.ctrlKey || event.metaKey || event.altKey;
    if ((held && !modified) || event.isComposing) return;
    if (!handler(event)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  const enter = (): void => window.addEventListener('keydown', listen, true);
  const leave = (): void => window.removeEventListener('keydown', listen, true);
  root.addEventListener('focusin', enter);
  root.addEventListener('focusout', leave);
  return () => {
    leave();
    root.removeEventListener('focusin', enter);
    root.removeEventListener('focusout', leave);
  };
}
