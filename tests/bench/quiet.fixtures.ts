import { cpus } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';

const LOOK_MS = 250;
/** Looks in a row that have to be quiet. */
const LOOKS = 3;
const QUIET_SHARE = 0.35;

/**
 * Waits for a moment in which this machine has little else to do, at most `patience` ms: samples are taken then, of both
 * sides alike, so that a neighbour's work is not measured. Resolves to whether such a moment came.
 */
export async function quietMoment(patience: number): Promise<boolean> {
  const deadline = performance.now() + patience;
  let quiet = 0;
  while (quiet < LOOKS) {
    if (performance.now() > deadline) return false;
    quiet = (await busyShare(LOOK_MS)) <= QUIET_SHARE ? quiet + 1 : 0;
  }
  return true;
}

/** How much of all processors' time was used for anything during this time (ms), 0 to 1. */
async function busyShare(ms: number): Promise<number> {
  const before = processorTimes();
  await sleep(ms);
  const after = processorTimes();
  return 1 - (after.idle - before.idle) / (after.all - before.all);
}

function processorTimes(): { idle: number; all: number } {
  const times = cpus().map(({ times: spent }) => spent);
  const idle = times.reduce((sum, { idle: one }) => sum + one, 0);
  const all = times.reduce((sum, spent) => sum + Object.values(spent).reduce((a, b) => a + b, 0), 0);
  return { idle, all };
}
