// The player's keys. In: a key that went down, what the player can do. Out: it is done.

import type { Shuttle } from './shuttle';
import type { Wave } from './wave';

/** What the player does by a key or a button. */
export interface Acts {
  toggle(): void;
  step(by: number): void;
  edge(last: boolean): void;
  loop(): void;
  mute(): void;
  full(): void;
  overlay(): void;
  captions(): void;
  speed(value: number): void;
  volume(value: number): void;
}

/** Does what a key asks for. False: it is none of the player's. */
export function hotkey(event: KeyboardEvent, acts: Acts, shuttle: Shuttle, wave: Wave): boolean {
  const { target, key } = event;
  const scrub = target instanceof HTMLInputElement && target.matches('.flow-scrub-input');
  if ((key === ' ' || key === 'Enter') && target instanceof HTMLButtonElement && !target.matches('.flow-blow')) {
    target.click();
    return true;
  }
  if (wave.key(event)) return true;
  if (target instanceof HTMLSelectElement || (target instanceof HTMLInputElement && !scrub)) return false;
  if (shuttle.press(key, event.repeat)) return true;
  const act: Record<string, () => void> = {
    ' ': acts.toggle, ',': () => acts.step(-1), '.': () => acts.step(1),
    '<': () => shuttle.nudge(-1), '>': () => shuttle.nudge(1),
    m: acts.mute, r: acts.loop, o: acts.overlay, c: acts.captions, f: acts.full,
    Home: () => acts.edge(false), End: () => acts.edge(true)
  };
  if (!scrub) Object.assign(act, { ArrowLeft: act[','], ArrowRight: act['.'] });
  act[key]?.();
  return key in act;
}
