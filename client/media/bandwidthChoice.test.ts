import { expect, test } from 'vitest';
import { choosePictures, type Candidate } from './bandwidthChoice.ts';

const now = 100_000;

/** People in the order they came, with how long ago they were heard (s); null: never. */
function choose(
  people: Record<string, number | null>,
  { first = null, before = [], off = [] }: { first?: string | null; before?: string[]; off?: string[] } = {},
): string[] {
  const candidates: Candidate[] = Object.entries(people).map(([identity, ago]) => ({
    identity,
    filmed: !off.includes(identity),
    heardAt: ago === null ? null : now - ago * 1_000,
  }));
  return [...choosePictures(candidates, { first, before: new Set(before), now })];
}

const silent = { ruth: null, tom: null, maya: null, priya: null, dan: null, grace: null, elena: null };

test('half of the pictures, three at most', () => {
  expect(choose(silent)).toHaveLength(3);
  expect(choose({ ruth: null, tom: null, maya: null })).toHaveLength(2);
  expect(choose({ ruth: null, tom: null })).toHaveLength(1);
  expect(choose({ ruth: null })).toEqual(['ruth']);
  expect(choose({})).toEqual([]);
});

test('the lead stays, then who spoke last', () => {
  expect(choose({ ...silent, dan: 1, grace: 20, elena: 3 }, { first: 'tom' })).toEqual(['tom', 'dan', 'elena']);
});

test('who has the camera off takes no place', () => {
  expect(choose({ ...silent, dan: 1 }, { first: 'ruth', off: ['ruth', 'dan'] })).toEqual(['tom', 'maya', 'priya']);
});

test('a word from somebody else does not take the picture of who just spoke', () => {
  const before = ['ruth', 'dan', 'elena'];
  expect(choose({ ...silent, dan: 5, elena: 4, grace: 0 }, { first: 'ruth', before })).toEqual([
    'ruth',
    'dan',
    'elena',
  ]);
  expect(choose({ ...silent, dan: 7, elena: 4, grace: 0 }, { first: 'ruth', before })).toEqual([
    'ruth',
    'elena',
    'grace',
  ]);
});

test('in silence the pictures stay where they are', () => {
  const before = ['dan', 'elena', 'grace'];
  expect(choose(silent, { before }).toSorted()).toEqual(before);
  const heard = { ...silent, ruth: 30, dan: 30, elena: 30, grace: 30 };
  expect(choose(heard, { before }).toSorted()).toEqual(before);
});
