import { setTimeout as sleep } from 'node:timers/promises';

/** Throws for no values: a lab without samples has no figures. */
export function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.ceil(sorted.length / 2) - 1];
  if (upper === undefined || lower === undefined) throw new Error('No samples.');
  return (upper + lower) / 2;
}

/** Of pictures drawn at these times, the longest pause that touches the span, ms; one that lasts is counted to its end. */
export function longestPause(times: number[], from: number, to: number): number {
  const before = times.findLast((time) => time <= from) ?? from;
  const inside = times.filter((time) => time > before && time <= to);
  const after = times.find((time) => time > to) ?? to;
  const marks = [before, ...inside, after];
  return Math.max(...marks.slice(1).map((mark, index) => mark - (marks[index] ?? mark)));
}

/** When pictures came again after the first pause of at least this length (ms) since a moment; null while none has ended. */
export function endOfPause(times: number[], since: number, pause: number): number | null {
  return (
    times.find((time, index) => time > since && time - Math.max(since, times[index - 1] ?? since) >= pause) ?? null
  );
}

/** Asks until there is an answer, and returns it; null when there was none in this time (ms). */
export async function within<T>(ms: number, ask: () => Promise<T | null>): Promise<T | null> {
  const deadline = Date.now() + ms;
  for (;;) {
    const answer = await ask().catch(() => null);
    if (answer !== null || Date.now() > deadline) return answer;
    await sleep(100);
  }
}

/** A whole number from the command line, else the usual one. Throws, naming it, when it is none. */
export function numberFrom(args: string[], name: string, usual: number): number {
  const text = args.find((arg) => arg.startsWith(`--${name}=`))?.slice(name.length + 3);
  if (text === undefined) return usual;
  const number = Number(text);
  if (Number.isInteger(number) && number >= 0) return number;
  throw new Error(`--${name}=${text}: say a whole number.`);
}
