import { readFileSync } from 'node:fs';
import type { TestSocket } from '../protocol/peer.ts';

/** A server under load: its process, and the sockets of each session with its lead first. */
export type Target = { name: string; pid: number; sessions: TestSocket[][] };

/**
 * One window of load: how long a command took until everyone had it, ms, and what a command cost the server of the
 * processor, ms. Per command and not per second, since a window takes longer where the load generator falls behind.
 */
export type Window = { p50: number; p99: number; cpu: number };

const COMMAND = { type: 'addMinutes', segmentId: 's2', minutes: 1 } as const;
/** A kernel tick on Linux. */
const TICK_MS = 10;
let count = 0;

/** Gives so many commands a second in each session for a while. Rejects when one is refused or lost. */
export async function loadWindow({ pid, sessions }: Target, perSecond: number, ms: number): Promise<Window> {
  const times: number[] = [];
  const began = performance.now();
  const cpuBefore = cpuTime(pid);
  const every = 1_000 / perSecond;
  await Promise.all(
    sessions.map(async (sockets, n) => {
      // Sessions don't press at the same moment.
      let next = began + (every * n) / sessions.length;
      const running: Promise<void>[] = [];
      while (next < began + ms) {
        await sleepUntil(next);
        running.push(giveOne(sockets, times));
        // A generator that fell behind must not press faster than people may.
        next = Math.max(next + every, performance.now());
      }
      await Promise.all(running);
    }),
  );
  const cpu = (cpuTime(pid) - cpuBefore) / times.length;
  times.sort((a, b) => a - b);
  return { p50: quantile(times, 0.5), p99: quantile(times, 0.99), cpu };
}

/** Resolves when every socket of the session has the event of this command. */
async function giveOne(sockets: TestSocket[], times: number[]): Promise<void> {
  const began = performance.now();
  const lead = sockets[0]!;
  const waiting = waitForAll(sockets);
  const answer = await lead
    .timeout(10_000)
    .emitWithAck('command', { commandId: `b-${(count += 1)}`, command: COMMAND });
  if (!answer.ok) throw new Error(`a command was refused: ${answer.refused}`);
  await waiting.until(answer.seq);
  times.push(performance.now() - began);
}

type Heard = { seq: number; waiting: { seq: number; done: () => void }[] };
const heard = new WeakMap<TestSocket, Heard>();

function waitForAll(sockets: TestSocket[]) {
  return {
    until: (seq: number): Promise<unknown> =>
      Promise.all(
        sockets.map(async (socket) => {
          const ears = listen(socket);
          if (ears.seq < seq) await new Promise<void>((done) => ears.waiting.push({ seq, done }));
        }),
      ),
  };
}

/** Begins to note what a socket receives; once for each. */
export function listen(socket: TestSocket): Heard {
  const known = heard.get(socket);
  if (known) return known;
  const ears: Heard = { seq: 0, waiting: [] };
  heard.set(socket, ears);
  socket.on('events', ({ events }) => {
    ears.seq = events.at(-1)?.seq ?? ears.seq;
    ears.waiting = ears.waiting.filter(({ seq, done }) => {
      if (seq > ears.seq) return true;
      done();
      return false;
    });
  });
  return ears;
}

/** What a process has used of the processor so far, ms. Linux only. */
function cpuTime(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
}

function quantile(sorted: number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

async function sleepUntil(at: number): Promise<void> {
  const left = at - performance.now();
  if (left > 0) await new Promise((done) => setTimeout(done, left));
}
