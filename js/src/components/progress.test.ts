import { beforeEach, expect, test } from 'vitest';
import { readPatch } from '../read';
import { REQUEST } from '../request';
import { Making } from './progress';

const JPEG = 'data:image/jpeg;base64,/9j/4AAQ';
const AT = { stage: 'draw', share: 0.4, left_s: 9, preview: '' };

let making: Making;
const shown = (selector: string): boolean => !making.node.querySelector<HTMLElement>(selector)!.hidden;

beforeEach(() => {
  making = new Making();
  document.body.replaceChildren(making.node);
});

test('the last frame stays while progress without one comes', () => {
  making.live({ ...AT, preview: JPEG });
  making.update(AT);
  expect(making.node.querySelector('img')!.getAttribute('src')).toBe(JPEG);
  expect(shown('.flow-making-preview')).toBe(true);
});

test('only what a kernel is at work on can be cancelled, once', () => {
  const asked: unknown[] = [];
  document.body.addEventListener(REQUEST, event => asked.push((event as CustomEvent).detail));
  making.update(AT);
  expect(shown('.flow-making-cancel')).toBe(false);
  making.live(AT);
  const button = making.node.querySelector('button')!;
  button.click();
  button.click();
  expect(asked).toEqual([{ ask: 'cancel', cells: [], take: '' }]);
});

test('what a file says of a take in the making is over', () => {
  making.update(AT);
  making.over();
  expect(making.node.textContent).toContain('Run the cell to shoot it.');
  expect(shown('.flow-bar')).toBe(false);
});

test.each(['javascript:alert(1)', 'data:text/html;base64,AAAA', 'data:image/svg+xml,<svg onload=x>', 7, `${JPEG}" onload="x`])(
  'a preview that is no JPEG is none: %j',
  preview => {
    const digest = { schema: 'flow_nb.Digest.1', shot: 'a', tier: 'fast', state: 'queued', duration_s: 1 };
    expect(readPatch({ cell_id: 'c', digest, progress: { ...AT, preview } })!.progress!.preview).toBe('');
    expect(readPatch({ cell_id: 'c', digest, progress: { ...AT, preview: JPEG } })!.progress!.preview).toBe(JPEG);
  }
);
