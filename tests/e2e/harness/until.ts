import { setTimeout as sleep } from 'node:timers/promises';

/** Long on purpose: tests share their machine, and how fast something is gets measured elsewhere. */
const DEADLINE = 40_000;

/**
 * Asks again and again until the answer is truthy, and returns it. Throws `Never: <what>` with the last answer after
 * the deadline (ms).
 */
export async function until<T>(what: string, ask: () => T | Promise<T>, within = DEADLINE): Promise<NonNullable<T>> {
  const deadline = Date.now() + within;
  let answer = await ask();
  while (!answer && Date.now() < deadline) {
    await sleep(100);
    answer = await ask();
  }
  if (!answer) throw new Error(`Never: ${what} (last answer: ${JSON.stringify(answer)})`);
  return answer;
}
