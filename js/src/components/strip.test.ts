import { afterEach, beforeEach, expect, test } from 'vitest';
import { readDigest } from '../read';
import { MEND, PlanStrip, SEEK, type Mending, type Seek } from './strip';

const DIGEST = readDigest({
  schema: 'flow_nb.Digest.1', shot: 'glass', tier: 'fast', state: 'sealed', duration_s: 4,
  set: 'kitchen', light: 'dusk', camera: 'full, low angle',
  spans: [
    { start_s: 0, end_s: 4, text: 'dolly in', kind: 'camera' },
    { start_s: 2, end_s: 3, text: '<b>MARA</b>: no', kind: 'line' }
  ],
  marks: [
    { time_s: 1, kind: 'impact', text: 'the glass hits the floor', speed_m_s: 4.4, impulse_n_s: 1.2 },
    { time_s: 1, kind: 'break', text: 'it shatters' }
  ],
  missed: [{ words: 'majestically', reason: 'no such way to move.', fix: 'Leave it out.' }],
  notes: []
})!;

let strip: PlanStrip;
const buttons = (): HTMLButtonElement[] => [...strip.node.querySelectorAll('button')];
const readout = (): string => strip.node.querySelector('.flow-readout')!.textContent!;
const press = (key: string): boolean =>
  document.activeElement!.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));

beforeEach(() => {
  strip = new PlanStrip();
  document.body.append(strip.node);
  strip.update({ digest: DIGEST, stale: false });
});

afterEach(() => strip.dispose());

test('every span and mark is a button with a name, placed by its time', () => {
  expect(buttons().map(b => b.getAttribute('aria-label'))).toEqual([
    'Camera: 0.00 s – 4.00 s · dolly in',
    'Lines: 2.00 s – 3.00 s · <b>MARA</b>: no',
    'Event: 1.00 s · the glass hits the floor · 4.40 m/s · 1.2 N·s',
    'Event: 1.00 s · it shatters'
  ]);
  expect(buttons()[2]!.style.left).toBe('25.000%');
  expect(strip.node.querySelector('b')).toBeNull();
});

test('two events of one instant stand above each other', () => {
  const lanes = buttons().slice(2).map(b => b.style.getPropertyValue('--flow-lane'));
  expect(lanes).toEqual(['0', '1']);
});

test('a click stands at that instant, a double click plays from there', () => {
  const asked: Seek[] = [];
  const hear = (e: Event): void => { asked.push((e as CustomEvent<Seek>).detail); e.preventDefault(); };
  document.body.addEventListener(SEEK, hear);
  buttons()[2]!.click();
  buttons()[2]!.dispatchEvent(new MouseEvent('dblclick', { bubbles: true }));
  document.body.removeEventListener(SEEK, hear);
  expect(asked).toEqual([{ time_s: 1, play: false }, { time_s: 1, play: true }]);
});

test('a fix is a button that asks the editor, and says where the words are gone', () => {
  const asked: string[] = [];
  document.body.addEventListener(MEND, e => { asked.push((e as CustomEvent<Mending>).detail.missed.words); }, { once: true });
  strip.update({ digest: { ...DIGEST, missed: [{ ...DIGEST.missed[0]!, instead: '' }] }, stale: false });
  const fix = strip.node.querySelector<HTMLButtonElement>('.flow-fix')!;
  fix.focus();
  press('Enter');
  expect(fix.textContent).toBe('Leave it out');
  expect(asked).toEqual(['majestically']);
  expect(readout()).toBe('“majestically” is not in the text any more.');
});

test('the playhead stays where it is when the strip is drawn anew', () => {
  strip.playhead(1);
  strip.update({ digest: { ...DIGEST }, stale: true });
  expect(strip.node.querySelector<HTMLElement>('.flow-playhead')!.style.getPropertyValue('--flow-at')).toBe('0.2500');
});

test('without a player it says what to do', () => {
  buttons()[2]!.click();
  expect(readout()).toBe('Run the cell to see this moment.');
});

test('one tab stop, arrows in the order of time, the readout tells what has the focus', () => {
  expect(buttons().filter(b => b.tabIndex === 0)).toHaveLength(1);
  buttons()[0]!.focus();
  press('ArrowRight');
  expect(document.activeElement).toBe(buttons()[2]);
  expect(readout()).toContain('4.40 m/s');
  press('End');
  expect(document.activeElement).toBe(buttons()[1]);
});

test('keys that are ours do not reach Jupyter, others do', () => {
  const heard: string[] = [];
  const listen = (e: KeyboardEvent): void => void heard.push(e.key);
  document.addEventListener('keydown', listen, true);
  buttons()[0]!.focus();
  press('Enter');
  press('m');
  document.removeEventListener('keydown', listen, true);
  expect(heard).toEqual(['m']);
});

test('what was not understood is listed with its fix', () => {
  expect(strip.node.querySelector('.flow-remark')!.textContent).toBe(
    'Not understood“majestically” no such way to move. Leave it out.'
  );
});

test('a stale plan says whose it is', () => {
  strip.update({ digest: DIGEST, stale: true });
  expect(readout()).toBe('Plan of the text before your last edit');
});
