import fc from 'fast-check';
import { expect, test } from 'vitest';
import { serverClock } from './serverClock.ts';

/** A device whose clock is wrong by `wrong` ms and whose messages take `there` and `back` ms. */
function device(wrong: number) {
  let server = 1_800_000_000_000;
  let shift = wrong;
  const way = { there: 0, back: 0 };
  const clock = serverClock(
    async () => {
      server += way.there;
      const answer = server;
      server += way.back;
      return answer;
    },
    () => server + shift,
    () => server,
  );
  return {
    clock,
    way,
    server: () => server,
    pass: (ms: number) => (server += ms),
    setClock: (by: number) => (shift += by),
  };
}

test('a clock that is five minutes wrong shows the right time', async () => {
  const { clock, server, pass } = device(5 * 60_000);
  await clock.measure();
  pass(12_345);
  expect(clock.now()).toBe(server());
});

test('the answer with the shortest way counts, and the error is at most half of it', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: -1e9, max: 1e9 }),
      fc.array(fc.tuple(fc.nat(3000), fc.nat(3000)), { minLength: 1, maxLength: 5 }),
      async (wrong, ways) => {
        const { clock, way, server } = device(wrong);
        for (const [there, back] of ways) {
          Object.assign(way, { there, back });
          await clock.measure();
        }
        const shortest = Math.min(...ways.map(([there, back]) => there + back));
        expect(Math.abs(clock.now() - server())).toBeLessThanOrEqual(shortest / 2);
      },
    ),
  );
});

test('a clock that is set in the middle goes on showing the right time', async () => {
  const { clock, server, setClock } = device(0);
  await clock.measure();
  setClock(-5 * 60_000);
  expect(clock.now()).toBe(server());
});
