import { expect, test } from 'vitest';
import { placeOf, seatPath } from './place.ts';

test.each([
  ['/join', '#abc_-1', { kind: 'link', token: 'abc_-1' }],
  ['/join/', '#abc', { kind: 'link', token: 'abc' }],
  ['/join', '', { kind: 'none' }],
  ['/join', '#', { kind: 'none' }],
  ['/', '#abc', { kind: 'none' }],
  ['/elsewhere', '', { kind: 'none' }],
  ['/room/', '', { kind: 'none' }],
])('%s%s', (pathname, hash, place) => {
  expect(placeOf({ pathname, hash })).toEqual(place);
});

test('a seat is found again by its own path', () => {
  expect(placeOf({ pathname: seatPath('p_1-x'), hash: '' })).toEqual({ kind: 'seat', personId: 'p_1-x' });
});
