import { readFileSync } from 'node:fs';
import { createServer, connect, type Server } from 'node:net';
import { once } from 'node:events';
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

/**
 * Starts Kinroom with its media address in a lab of network namespaces, does the work and removes everything: after a
 * failure and a Ctrl-C, too. Where this computer can't do it, says so and returns what was skipped and why.
 */
export async function inNetRoom<T extends object>(
  needs: { filter: boolean },
  work: (room: NetRoom) => Promise<T>,
): Promise<T | Skipped> {
  const problem = namespacesProblem() ?? (needs.filter ? filterProblem() : null);
  if (problem !== null) {
    say(`Skipped: ${problem}.`);
    return { skipped: [problem] };
  }
  const lab = openNetLab();
  const leaveNothing = (): void => clearAway(lab);
  const stop = (): never => process.exit(130);
  process.once('exit', leaveNothing).once('SIGINT', stop).once('SIGTERM', stop);
  const people: Person[] = [];
  let relay: Server | null = null;
  let kinroom: Kinroom | null = null;
  try {
    process.env['NODE_IP'] = lab.host;
    kinroom = await startKinroom();
    const ports = sfuPorts(kinroom.sfu());
    relay = await openSignalling(lab.host, ports.http);
    return await work({ kinroom, host: lab.host, addLine: lab.addLine, people, mediaPort: ports.udp });
  } finally {
    delete process.env['NODE_IP'];
    await Promise.all(people.map((person) => person.close().catch(() => {})));
    relay?.close();
    lab.close();
    await kinroom?.stop();
    process.off('exit', leaveNothing).off('SIGINT', stop).off('SIGTERM', stop);
  }
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
