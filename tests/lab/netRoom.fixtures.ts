import { readFileSync } from 'node:fs';
import { createServer, connect, type Server } from 'node:net';
import { once } from 'node:events';
import { availableParallelism, loadavg } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { filterProblem, namespacesProblem } from '../../infra/netlab/commands.ts';
import type { Line } from '../../infra/netlab/line.ts';
import { openNetLab, type NetLab } from '../../infra/netlab/netlab.ts';
import type { Person } from '../e2e/harness/browser.ts';
import { startKinroom, type Kinroom } from '../e2e/harness/kinroom.ts';
import { below } from '../launcher/processes.ts';

/** A Kinroom that families reach over lines of their own, and a facilitator on the same machine as the server. */
export type NetRoom = {
  kinroom: Kinroom;
  /** Where families find this machine. */
  host: string;
  addLine(): Line;
  /** Closed at the end, whatever happens. */
  people: Person[];
  /** The UDP port that the SFU takes media at. */
  mediaPort: number;
};

/** What a lab returns where it can't run: why, in words. */
export type Skipped = { skipped: string[] };

/** `filter`: packets must be filtered, too. `minutes`: after so long something hangs, and the lab fails. */
export type Needs = { filter: boolean; minutes: number };

/** How busy the machine was: with more than its cores can do, figures tell little about the product. */
type Machine = { cores: number; loadBefore: number; loadAfter: number };

const CLOSE_WITHIN = 15_000;

/**
 * Starts Kinroom with its media address in a lab of network namespaces, does the work and removes everything: after a
 * failure and a Ctrl-C, too. Where this computer can't do it, says so and returns what was skipped and why.
 */
export async function inNetRoom<T extends object>(
  needs: Needs,
  work: (room: NetRoom) => Promise<T>,
): Promise<(T & { machine: Machine }) | Skipped> {
  const problem = namespacesProblem() ?? (needs.filter ? filterProblem() : null);
  if (problem !== null) {
    say(`Skipped: ${problem}.`);
    return { skipped: [problem] };
  }
  const lab = openNetLab();
  const leaveNothing = (): void => clearAway(lab);
  const stop = (): never => process.exit(130);
  // Stays until the end: what could not be closed in time is ended with this process.
  process.once('exit', leaveNothing).once('SIGINT', stop).once('SIGTERM', stop);
  const late = new AbortController();
  const people: Person[] = [];
  let relay: Server | null = null;
  let kinroom: Kinroom | null = null;
  try {
    process.env['NODE_IP'] = lab.host;
    kinroom = await startKinroom();
    const ports = sfuPorts(kinroom.sfu());
    relay = await openSignalling(lab.host, ports.http);
    const loadBefore = load();
    const figures = await Promise.race([
      work({ kinroom, host: lab.host, addLine: lab.addLine, people, mediaPort: ports.udp }),
      sleep(needs.minutes * 60_000, null, { signal: late.signal }).then(() => {
        throw new Error(`The lab did not end within ${needs.minutes} minutes.`);
      }),
    ]);
    return { ...figures, machine: { cores: availableParallelism(), loadBefore, loadAfter: load() } };
  } finally {
    late.abort();
    delete process.env['NODE_IP'];
    const closed = Promise.all(people.map((person) => person.close().catch(() => {})));
    await Promise.race([closed, sleep(CLOSE_WITHIN, null, { ref: false })]);
    relay?.close();
    lab.close();
    await kinroom?.stop();
    process.off('SIGINT', stop).off('SIGTERM', stop);
  }
}

function load(): number {
  return Math.round((loadavg()[0] ?? 0) * 10) / 10;
}

/** Progress for whoever waits; the figures alone go to the standard output. */
export function say(line: string): void {
  console.error(`${new Date().toISOString().slice(11, 19)}  ${line}`);
}

/** Without waiting: for a process that is about to end. */
function clearAway(lab: NetLab): void {
  lab.close();
  for (const { pid } of below(process.pid)) {
    try {
      process.kill(pid, 'SIGTERM');
    } catch {
      // It has ended by itself.
    }
  }
}

/** The ports are in the configuration that the SFU was started with; nothing prints them. */
function sfuPorts(pid: number): { http: number; udp: number } {
  const variables = readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0');
  const text = variables.find((one) => one.startsWith('LIVEKIT_CONFIG='))?.slice('LIVEKIT_CONFIG='.length);
  const config = JSON.parse(text ?? '{}') as { port: number; rtc: { udp_port: number } };
  return { http: config.port, udp: config.rtc.udp_port };
}

/** The SFU takes signalling from this machine only; in the lab this stands where a proxy would. */
async function openSignalling(host: string, port: number): Promise<Server> {
  const server = createServer((outside) => {
    const inside = connect(port, '127.0.0.1');
    for (const [one, other] of [
      [outside, inside],
      [inside, outside],
    ] as const) {
      one.pipe(other);
      one.on('error', () => other.destroy()).on('close', () => other.destroy());
    }
  });
  server.listen(port, host);
  await once(server, 'listening');
  server.unref();
  return server;
}
