import { afterAll, beforeAll } from 'vitest';
import { openDisk, type Disk } from './simulationDatabase.ts';
import { simulate, type Run } from './simulation.ts';
import type { Settings } from './simulationPlan.ts';

/** Seeds of an ordinary run; `FUZZ_SEEDS=5000` tries more, `FUZZ_FROM` begins elsewhere, `FUZZ_SEED` runs that one. */
const USUAL = 150;

/** How many seeds a test file tries when it runs, and how long that may take, ms: a guard against a run without end. */
export function seedsToTry(): { seeds: number[]; timeout: number } {
  const { FUZZ_SEED, FUZZ_SEEDS, FUZZ_FROM } = process.env;
  const from = Number(FUZZ_SEED ?? FUZZ_FROM ?? 1);
  const count = FUZZ_SEED === undefined ? Number(FUZZ_SEEDS ?? USUAL) : 1;
  const seeds = Array.from({ length: count }, (_, index) => from + index);
  return { seeds, timeout: 60_000 + count * 5_000 };
}

/** Runs evenings of a test file on one disk, which is opened before its tests and closed after them. */
export function evenings(settings: Settings) {
  let disk: Disk;
  beforeAll(async () => {
    disk = await openDisk();
  });
  afterAll(() => disk.close());
  const run = (seed: number): Promise<Run> => simulate(seed, settings, disk);

  return {
    run,
    /** Runs all of them and returns what was met on the way. Throws when some failed: which, and how the first one did. */
    async runAll(seeds: number[]): Promise<Set<string>> {
      const met = new Set<string>();
      const failed: { seed: number; error: unknown }[] = [];
      for (const seed of seeds) {
        try {
          for (const what of (await run(seed)).met) met.add(what);
        } catch (error) {
          failed.push({ seed, error });
        }
      }
      const [first] = failed;
      if (first === undefined) return met;
      const which = failed.map(({ seed }) => seed).join(' ');
      throw new Error(`${failed.length} of ${seeds.length} seeds failed: ${which}\n${String(first.error)}`);
    },
  };
}
