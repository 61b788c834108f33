import { expect, test } from 'vitest';
import { Slate, type SlateState } from './slate';

const STATE: SlateState = {
  number: 3, name: 'glass', tier: 'fast', scene: 'kitchen', duration_s: 4, credits: 0,
  state: 'sealed', share: null, reason: '', remark: ''
};

test.each(['draft', 'stale', 'rendering', 'sealed', 'refused'] as const)('%s is said by a word and a sign', state => {
  const slate = new Slate();
  slate.update({ ...STATE, state });
  expect(slate.node.querySelector('[role=status]')!.textContent).toBe(state);
  expect(slate.node.querySelector('svg')!.dataset['sign']).toBe(state);
  expect(slate.node.getAttribute('aria-label')).toBe('Shot 3, glass, fast, 4 s, kitchen');
});

test('while it renders it tells the share, and forgets it afterwards', () => {
  const slate = new Slate();
  slate.update({ ...STATE, state: 'rendering', share: 0.42 });
  expect(slate.node.textContent).toContain('42 %');
  slate.update(STATE);
  expect(slate.node.textContent).not.toContain('%');
});

test('a hostile name is text', () => {
  const slate = new Slate();
  slate.update({ ...STATE, name: '<img src=x onerror=alert(1)>' });
  expect(slate.node.querySelector('img')).toBeNull();
  expect(slate.node.textContent).toContain('<img src=x onerror=alert(1)>');
});
