import { expect, test } from 'vitest';
import { member, roster } from '../keys/testRoom.fixtures.ts';
import { chainFromLastOpening } from './rosterChain.ts';

const [ruth, tom, maya] = await Promise.all([
  member('ruth', 'staff'),
  member('tom', 'staff'),
  member('maya', 'family'),
]);
const first = await roster(ruth, [ruth]);
const second = await roster(ruth, [ruth, maya], first);

test('the first opening vouches for itself, and what follows has to follow', async () => {
  expect(await chainFromLastOpening([first, second])).toBe(true);
  expect(await chainFromLastOpening([])).toBe(false);
  expect(await chainFromLastOpening([second, first])).toBe(false);
  expect(await chainFromLastOpening([{ ...first, signature: second.signature }, second])).toBe(false);
});

test('staff whom nobody could let in open anew, and the chain goes on from there', async () => {
  const anew = await roster(tom, [tom], second, { epoch: 2 });
  const then = await roster(tom, [tom, maya], anew);
  expect(await chainFromLastOpening([first, second, anew, then])).toBe(true);
  const bySomebodyElse = await roster(ruth, [ruth, maya], then, { epoch: 2 });
  expect(await chainFromLastOpening([first, second, anew, then, bySomebodyElse])).toBe(false);
});

test('a family cannot open anew', async () => {
  expect(await chainFromLastOpening([first, await roster(maya, [maya], second, { epoch: 2 })])).toBe(false);
});
