// What is costly is made when it is about to be seen. In: a node. Out: one call, as it comes near the window.

const acts = new WeakMap<Element, () => void>();
let observer: IntersectionObserver | null = null;

/** Calls once, when the node is within a screen of what is seen. Returns a way to take it back. */
export function whenNear(node: Element, act: () => void): () => void {
  if (typeof IntersectionObserver === 'undefined') {
    act();
    return () => undefined;
  }
  observer ??= watcher();
  acts.set(node, act);
  observer.observe(node);
  return () => observer?.unobserve(node);
}

function watcher(): IntersectionObserver {
  const margins = { rootMargin: '100% 0px', scrollMargin: '100% 0px' };
  return new IntersectionObserver((entries, own) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      own.unobserve(target);
      acts.get(target)?.();
    }
  }, margins);
}
