import { expect, test } from 'vitest';
import { readStoryboard } from '../read-board';
import { Board, total } from './storyboard';

const CARD = {
  number: 1, shot: 'glass', scene: 'kitchen', tier: 'fast', duration_s: 4, slug: 'INT. KITCHEN', text: 'A glass falls.',
  camera: 'full', lines: ['MARA: Oh.'], poster: 'takes/glass.jpg', take: 'a1', note: ''
};
const BOARD = { schema: 'flow_nb.Storyboard.1', title: 'The fall', cards: [CARD, { ...CARD, number: 2, poster: '', take: '' }] };

test('a card says everything, and what is not shot says so', () => {
  const board = new Board();
  board.update(readStoryboard(BOARD)!, ['/files/takes/glass.jpg', '']);
  const cards = board.node.querySelectorAll('li');
  expect(cards).toHaveLength(2);
  for (const words of ['glass', '4 s', 'INT. KITCHEN', 'A glass falls.', 'fast · kitchen · full', 'MARA: Oh.']) {
    expect(cards[0]!.textContent).toContain(words);
  }
  expect(cards[0]!.querySelector('img')!.alt).toBe('Shot 1, glass');
  expect(cards[1]!.querySelector('img')).toBeNull();
  expect(cards[1]!.textContent).toContain('not shot yet');
  expect(total(readStoryboard(BOARD)!)).toBe('2 shots · 8 s · 1 not shot yet');
});

test.each([null, 7, [], {}, { schema: 'flow_nb.TakeView.1' }])('what is no storyboard is none: %j', value =>
  expect(readStoryboard(value)).toBeNull()
);

test('texts stay texts and posters stay beside the notebook', () => {
  const hostile = '<img src=x onerror=alert(1)>';
  const cards = [{ ...CARD, shot: hostile, text: hostile, lines: [hostile], poster: 'https://else.where/x.jpg' }];
  const read = readStoryboard({ ...BOARD, title: hostile, cards })!;
  expect(read.cards[0]!.poster).toBe('');
  const board = new Board();
  board.update(read, ['']);
  expect(board.node.querySelector('img')).toBeNull();
  expect(board.node.textContent).toContain(hostile);
});
