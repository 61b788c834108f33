// Who writes. In: who else has a notebook open. Out: whether this page puts into the file what the kernel tells all.

interface Awareness {
  clientID: number;
  getStates(): Map<number, Record<string, unknown>>;
}

/**
 * In a document that several people share, every page hears the kernel and one writes: the one with the
 * lowest number. A page that shares its document with nobody always does.
 */
export function isScribe(awareness: Awareness | null | undefined): boolean {
  if (!awareness) return true;
  const people = [...awareness.getStates()].filter(([, state]) => 'user' in state).map(([id]) => id);
  return !people.includes(awareness.clientID) || Math.min(...people) === awareness.clientID;
}
