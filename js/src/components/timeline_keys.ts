// The timeline's keys. In: a key, what has the focus. Out: what it asks for; null where it is not ours.

export interface Asked {
  does: 'walk' | 'move' | 'trim' | 'mark' | 'step' | 'play' | 'zoom' | 'shuttle' | 'joint' | 'open' | 'click' | 'undo';
  by: number;
}

const FAR = 10;
const ALL = 1e6;

const ALWAYS: Record<string, Asked> = {
  ' ': { does: 'play', by: 0 }, ',': { does: 'step', by: -1 }, '.': { does: 'step', by: 1 },
  '+': { does: 'zoom', by: 1 }, '=': { does: 'zoom', by: 1 }, '-': { does: 'zoom', by: -1 }, '0': { does: 'zoom', by: 0 },
  i: { does: 'mark', by: -1 }, o: { does: 'mark', by: 1 },
  j: { does: 'shuttle', by: -1 }, k: { does: 'shuttle', by: 0 }, l: { does: 'shuttle', by: 1 }
};

const ON_CLIP: Record<string, Asked> = {
  ArrowLeft: { does: 'walk', by: -1 }, ArrowRight: { does: 'walk', by: 1 },
  Home: { does: 'walk', by: -ALL }, End: { does: 'walk', by: ALL },
  t: { does: 'joint', by: 0 }
};

const ON_HANDLE: Record<string, Asked> = {
  ArrowLeft: { does: 'trim', by: -1 }, ArrowRight: { does: 'trim', by: 1 },
  ArrowDown: { does: 'trim', by: -1 }, ArrowUp: { does: 'trim', by: 1 },
  PageDown: { does: 'trim', by: -FAR }, PageUp: { does: 'trim', by: FAR },
  Home: { does: 'trim', by: -ALL }, End: { does: 'trim', by: ALL }
};

/** What a key asks for on a clip, on one of its handles, or elsewhere on the timeline. */
export function keyOf(event: KeyboardEvent, onClip: boolean, onHandle: boolean): Asked | null {
  if (event.ctrlKey || event.metaKey) {
    return event.key.toLowerCase() === 'z' && !event.shiftKey && !event.altKey ? { does: 'undo', by: 0 } : null;
  }
  if (event.altKey) {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    return onClip && by ? { does: 'move', by } : null;
  }
  const target = event.target;
  if (target instanceof HTMLInputElement) return null;
  if ((event.key === 'Enter' || event.key === ' ') && target instanceof HTMLButtonElement) {
    const body = target.classList.contains('flow-tl-body');
    if (!body) return { does: 'click', by: 0 };
    return event.key === 'Enter' ? { does: 'open', by: 0 } : ALWAYS[' ']!;
  }
  if (onHandle && event.key in ON_HANDLE) {
    const asked = ON_HANDLE[event.key]!;
    return event.shiftKey ? { ...asked, by: asked.by * FAR } : asked;
  }
  if (event.shiftKey && event.key !== '+') return null;
  if (onClip && event.key in ON_CLIP) return ON_CLIP[event.key]!;
  return ALWAYS[event.key] ?? null;
}
