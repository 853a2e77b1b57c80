import { expect, test } from 'vitest';
import { evenings, seedsToTry } from './fuzzSeeds.ts';

const { run, runAll } = evenings({ nodes: 2 });
const { seeds, timeout } = seedsToTry();

test(
  'N1 N2 N3 with two servers on one database that hear each other badly it is the same',
  async () => {
    const met = await runAll(seeds);
    const wanted = ['killed after a commit', 'commit unheard', 'bus away', 'closed by otherDevice', 'alreadyMoved'];
    expect([...met]).toEqual(expect.arrayContaining(seeds.length >= 100 ? wanted : []));
  },
  timeout,
);

test('a seed is one run with two servers, too', async () => {
  const [first, second] = [await run(1), await run(2)];
  expect((await run(1)).hash).toBe(first.hash);
  expect(second.hash).not.toBe(first.hash);
}, 60_000);
