// The one sheet of all components. In: a document. Out: the sheet in its head, once.

import base from './style/base.css';
import board from './style/board.css';
import making from './style/making.css';
import overlay from './style/overlay.css';
import player from './style/player.css';
import reel from './style/reel.css';
import remarks from './style/remarks.css';
import slate from './style/slate.css';
import strip from './style/strip.css';
import takes from './style/takes.css';
import timeline from './style/timeline.css';
import wave from './style/wave.css';

const ID = 'flow-nb-sheet';
export const SHEET = [base, slate, strip, remarks, player, overlay, wave, takes, reel, making, timeline, board].join('\n');

/** Puts the sheet on the page. */
export function dress(): void {
  if (document.getElementById(ID)) return;
  const sheet = document.createElement('style');
  sheet.id = ID;
  sheet.textContent = SHEET;
  document.head.append(sheet);
}
