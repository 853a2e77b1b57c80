import { expect, test } from 'vitest';
import { stateOfError } from './capture.ts';
import { rejoinDelay } from './rejoin.ts';
import { levelOf } from './soundCheck.ts';

test.each([
  ['NotAllowedError', 'blocked'],
  ['SecurityError', 'blocked'],
  ['NotFoundError', 'missing'],
  ['OverconstrainedError', 'missing'],
  ['NotReadableError', 'inUse'],
  ['AbortError', 'inUse'],
  ['', 'missing'],
])('getUserMedia saying %s means %s', (name, state) => {
  expect(stateOfError(name)).toBe(state);
});

test('the level is 0 in silence, 1 when loud, and grows in between', () => {
  expect(levelOf(0)).toBe(0);
  expect(levelOf(0.0005)).toBe(0);
  expect(levelOf(0.9)).toBe(1);
  const rising = [0.002, 0.01, 0.05, 0.2].map(levelOf);
  expect(rising).toEqual(rising.toSorted((a, b) => a - b));
  expect(rising.every((level) => level > 0 && level < 1)).toBe(true);
});

test('rejoining starts at once, goes on every 150 ms and slows down to one try a second', () => {
  expect(rejoinDelay(0)).toBe(0);
  expect(rejoinDelay(1)).toBe(150);
  expect(rejoinDelay(2)).toBe(165);
  expect(rejoinDelay(50)).toBe(1_000);
});
