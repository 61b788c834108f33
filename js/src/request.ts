// What a component asks for. In: a click. Out: a `flow-request` event; the shell that holds the wire hears it.

import type { PageRequest } from './messages';

/** Carries a `PageRequest` up from the component; one without cells means the cell that it stands in. */
export const REQUEST = 'flow-request';

export function request(node: Element, ask: PageRequest['ask'], cells: string[] = [], take = ''): void {
  const detail: PageRequest = { ask, cells, take };
  node.dispatchEvent(new CustomEvent(REQUEST, { detail, bubbles: true }));
}
