import { expect, test } from 'vitest';
import { changesAt, nextSpeaking, QUIET, type Speaking } from './speaking.ts';

/** Hears `loud` at each moment (ms) and returns the mark after the last. */
function hear(...heard: [loud: boolean, at: number][]): Speaking {
  return heard.reduce((mark, [loud, at]) => nextSpeaking(mark, loud, at), QUIET);
}

test('the mark comes on after 300 ms of speech, not before', () => {
  expect(hear([true, 1_000], [true, 1_299]).shown).toBe(false);
  expect(hear([true, 1_000], [true, 1_300]).shown).toBe(true);
});

test('a cough that ends sooner never shows', () => {
  expect(hear([true, 1_000], [false, 1_200], [false, 3_000]).shown).toBe(false);
});

test('the mark goes off after 900 ms of quiet, not before', () => {
  const speaking: [boolean, number][] = [
    [true, 1_000],
    [true, 1_300],
    [false, 2_000],
  ];
  expect(hear(...speaking, [false, 2_899]).shown).toBe(true);
  expect(hear(...speaking, [false, 2_900]).shown).toBe(false);
});

test('a pause for breath keeps the mark and starts its time anew', () => {
  expect(hear([true, 0], [true, 300], [false, 1_000], [true, 1_800], [false, 1_900], [false, 2_700]).shown).toBe(true);
});

test('tells when it changes by itself, so that a timer can be set', () => {
  expect(changesAt(QUIET)).toBeNull();
  expect(changesAt(hear([true, 1_000]))).toBe(1_300);
  expect(changesAt(hear([true, 1_000], [true, 1_300]))).toBeNull();
  expect(changesAt(hear([true, 1_000], [true, 1_300], [false, 2_000]))).toBe(2_900);
});
