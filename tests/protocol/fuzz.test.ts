import { expect, test } from 'vitest';
import { evenings, seedsToTry } from './fuzzSeeds.ts';

const { run, runAll } = evenings({ nodes: 1 });
const { seeds, timeout } = seedsToTry();

test(
  'whatever the network, the server and people do: all see what is stored, and it is stored once',
  async () => {
    const met = await runAll(seeds);
    // A simulation in which nothing goes wrong would show nothing.
    if (seeds.length >= 100) {
      expect([...met]).toEqual(
        expect.arrayContaining([
          'killed after a commit',
          'killed after a message',
          'killed at any time',
          'cut: both',
          'cut: client first',
          'cut: server first',
          'cut: stall',
          'caught up by events',
          'caught up by view',
          'caught up by nothing',
          'closed by otherDevice',
          'event sessionEnded',
          'alreadyMoved',
          'staleRoster',
          'database away',
        ]),
      );
    }
  },
  timeout,
);

test('a seed is one run, whenever and after whatever it is run', async () => {
  const [first, second] = [await run(1), await run(2)];
  expect((await run(1)).hash).toBe(first.hash);
  expect(second.hash).not.toBe(first.hash);
}, 60_000);
