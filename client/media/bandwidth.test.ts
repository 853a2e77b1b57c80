import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BEGINNING, nextBandwidth, tryAgain, type Bandwidth, type LineLook } from './bandwidth.ts';

const good: LineLook = { lost: 0, madeUp: 0.01, poor: false };
const fair: LineLook = { lost: 0.03, madeUp: 0.02, poor: false };
const weak: LineLook = { lost: 0.1, madeUp: 0.04, poor: false };
const bad: LineLook = { lost: 0.1, madeUp: 0.3, poor: true };
const nothing: LineLook = { lost: null, madeUp: null, poor: true };
const LOOK = 2;

/** Looks every two seconds for so many seconds at a line like this, going on from where `from` was left. */
function watch(from: { state: Bandwidth; at: number }, seconds: number, look: LineLook) {
  let { state } = from;
  const steps: string[] = [];
  const end = from.at + seconds;
  for (let at = from.at + LOOK; at <= end; at += LOOK) {
    const next = nextBandwidth(state, look, at * 1_000);
    if (next.pictures !== state.pictures) steps.push(`${next.pictures} after ${at - from.at} s`);
    state = next;
  }
  return { state, at: end, steps };
}

const beginning = { state: BEGINNING, at: 0 };

test('a good line takes every picture, and goes on doing so', () => {
  expect(watch(beginning, 600, good).steps).toEqual([]);
});

test('sound that suffers for some seconds makes the pictures fewer, and then none', () => {
  expect(watch(beginning, 60, bad).steps).toEqual(['fewer after 8 s', 'none after 18 s']);
});

test('one look at which everything was lost changes nothing: a short gap is no weak line', () => {
  const gap: LineLook = { lost: 1, madeUp: 1, poor: false };
  let line: { state: Bandwidth; at: number } = beginning;
  for (let time = 0; time < 20; time += 1) line = watch(watch(line, LOOK, gap), 5 * LOOK, good);
  expect(line.state.pictures).toBe('all');
});

test('a line that is bad every other moment is a bad line', () => {
  let line = watch(beginning, 0, good);
  for (let time = 0; time < 10; time += 1) line = watch(watch(line, LOOK, { ...bad, lost: 0.3 }), LOOK, good);
  expect(line.state.pictures).not.toBe('all');
});

test('loss that sound can bear for a while takes longer', () => {
  expect(watch(beginning, 120, weak).steps).toEqual(['fewer after 18 s', 'none after 32 s']);
});

test('what is lost of the last pictures only, without harm to the sound, takes none of them', () => {
  const fewer = watch(beginning, 10, bad);
  expect(fewer.state.pictures).toBe('fewer');
  expect(watch(fewer, 120, { lost: 0.1, madeUp: 0.01, poor: true }).steps).toEqual([]);
});

test('what is neither good nor weak changes nothing, either way', () => {
  expect(watch(beginning, 300, fair).steps).toEqual([]);
  expect(watch(watch(beginning, 10, bad), 300, fair).steps).toEqual([]);
});

test('pictures come back one step at a time, each after half a minute of a good line', () => {
  const none = watch(beginning, 20, bad);
  expect(none.state.pictures).toBe('none');
  expect(watch(none, 120, good).steps).toEqual(['fewer after 34 s', 'all after 66 s']);
});

test('a bad look in between starts the half minute anew', () => {
  const some = watch(watch(beginning, 20, bad), 20, good);
  expect(watch(watch(some, LOOK, bad), 20, good).steps).toEqual([]);
});

test('each try that fails doubles the wait for the next, up to five minutes', () => {
  let line: { state: Bandwidth; at: number } = watch(beginning, 20, bad);
  const waits: number[] = [];
  for (let tries = 0; tries < 6; tries += 1) {
    const began = line.at;
    while (line.state.pictures === 'none') line = watch(line, LOOK, good);
    waits.push(line.at - began);
    while (line.state.pictures !== 'none') line = watch(line, LOOK, bad);
  }
  expect(waits).toEqual([34, 62, 122, 242, 302, 302]);
  const held = watch(line, 700, good);
  const again = watch(watch(held, 60, bad), 60, good);
  expect([held.state.pictures, again.steps]).toEqual(['all', ['fewer after 36 s']]);
});

test('what the SFU says counts only beside a figure of ours', () => {
  const madeUp: LineLook = { lost: 0.01, madeUp: 0.2, poor: false };
  expect(watch(beginning, 120, { ...good, poor: true }).steps).toEqual([]);
  expect(watch(beginning, 120, madeUp).steps).toEqual([]);
  expect(watch(beginning, 120, { ...madeUp, poor: true }).steps).not.toEqual([]);
});

test('sound that a busy device is late with is no weak line', () => {
  expect(watch(beginning, 120, { lost: 0.01, madeUp: 0.4, poor: false }).steps).toEqual([]);
});

test('where nothing can be told, all stays as it is and the time of the last look goes on', () => {
  expect(watch(watch(beginning, 4, bad), 60, nothing).state.pictures).toBe('all');
  const none = watch(beginning, 20, bad);
  expect(watch(watch(watch(none, 10, good), 10, nothing), 14, good).steps).toEqual(['fewer after 14 s']);
});

test('a person who asks gets some pictures at once, and the line may take them back', () => {
  const none = watch(beginning, 20, bad);
  const asked = { ...none, state: tryAgain(none.state, none.at * 1_000) };
  expect(asked.state.pictures).toBe('fewer');
  expect(watch(asked, 20, bad).steps).toEqual(['none after 8 s']);
  expect(tryAgain(BEGINNING, 5)).toBe(BEGINNING);
});

test('whatever the line does, changes are some seconds apart and go by single steps', () => {
  const looks = fc.array(fc.constantFrom(good, fair, weak, bad, nothing), { minLength: 150, maxLength: 300 });
  fc.assert(
    fc.property(looks, (line) => {
      const order = ['none', 'fewer', 'all'];
      let state = BEGINNING;
      let changed = -Infinity;
      for (const [index, look] of line.entries()) {
        const now = (index + 1) * LOOK * 1_000;
        const next = nextBandwidth(state, look, now);
        if (next.pictures !== state.pictures) {
          const step = order.indexOf(next.pictures) - order.indexOf(state.pictures);
          expect(Math.abs(step)).toBe(1);
          expect(now - changed).toBeGreaterThanOrEqual(step > 0 ? 30_000 : 4_000);
          changed = now;
        }
        state = next;
      }
    }),
  );
});
