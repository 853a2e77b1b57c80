import { expect, test } from 'vitest';
import { endOfPause, longestPause, median, numberFrom } from './figures.fixtures.ts';

test('the median of an even number of samples lies between the two in the middle', () => {
  expect(median([9, 1, 5])).toBe(5);
  expect(median([9, 1, 5, 2])).toBe(3.5);
  expect(() => median([])).toThrow('No samples');
});

test('a pause is counted from the last picture before the span to the first one after it', () => {
  const times = [0, 100, 200, 900, 1_000, 5_000];
  expect(longestPause(times, 250, 950)).toBe(700);
  expect(longestPause(times, 920, 1_500)).toBe(4_000);
  expect(longestPause(times, 50, 250)).toBe(700);
});

test('a pause that has not ended is counted to the end of the span, also when there was never a picture', () => {
  expect(longestPause([0, 100], 50, 3_100)).toBe(3_000);
  expect(longestPause([], 500, 2_500)).toBe(2_000);
});

test('pictures came again when a pause of that length since the moment was over', () => {
  expect(endOfPause([0, 100, 200, 900, 1_000], 150, 500)).toBe(900);
  expect(endOfPause([0, 100, 200, 900, 1_000], 500, 500)).toBe(null);
  expect(endOfPause([2_000], 500, 500)).toBe(2_000);
  expect(endOfPause([], 0, 500)).toBe(null);
});

test('numbers of the command line', () => {
  expect(numberFrom(['--rounds=4'], 'rounds', 9)).toBe(4);
  expect(numberFrom(['--round=4'], 'rounds', 9)).toBe(9);
  expect(() => numberFrom(['--rounds=many'], 'rounds', 9)).toThrow('--rounds=many');
});
