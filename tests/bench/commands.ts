import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { io } from 'socket.io-client';
import type { TestSocket } from '../protocol/peer.ts';
import { AS_BUILT, startServer } from '../protocol/serverProcess.ts';
import { median } from '../lab/figures.fixtures.ts';
import { listen, loadWindow, type Target, type Window } from './commandLoad.fixtures.ts';
import { connectSeat, seedCrowd } from './crowd.fixtures.ts';
import { stores, type Store } from './stores.fixtures.ts';

const SESSIONS = 100;
const SOCKETS = 10;
const RATES = [1, 10];
const WINDOW_MS = 3_000;
const WARM_UP_MS = 4_000;
const SAMPLES = 9;
const MOST_CPU_RATIO = 2.5;

type Running = Target & { stop(): Promise<void> };

/**
 * 100 sessions of 10 sockets, one and ten commands a second each, on each store beside a bare socket.io relay, in turns:
 * until everyone has a command's event (ms), and what a command costs the server (ms of the processor).
 */
export async function measure(args: string[]): Promise<object> {
  const samples = Number(args[0] ?? SAMPLES);
  const targets: Running[] = [await bareRelay()];
  for (const store of await stores()) targets.push(await kinroom(store));
  const rates = [];
  for (const perSecond of RATES) {
    const windows = new Map<string, Window[]>(targets.map(({ name }) => [name, []]));
    for (const target of targets) await loadWindow(target, perSecond, WARM_UP_MS);
    for (let n = 0; n < samples; n += 1) {
      for (const target of targets) windows.get(target.name)?.push(await loadWindow(target, perSecond, WINDOW_MS));
    }
    rates.push(figures(perSecond, windows));
    console.error(JSON.stringify({ ...rates.at(-1), samples: undefined }));
  }
  await Promise.all(targets.map(({ stop }) => stop()));
  const cpuRatio = Math.max(...rates.map((rate) => rate.cpuRatio.sqlite));
  return { cpuRatio, rates, passed: cpuRatio <= MOST_CPU_RATIO };
}

function figures(perSecond: number, windows: Map<string, Window[]>) {
  const of = (name: string, what: keyof Window): number => median((windows.get(name) ?? []).map((one) => one[what]));
  const names = [...windows.keys()];
  const medians = names.map((name) => [
    name,
    { p50Ms: round(of(name, 'p50')), p99Ms: round(of(name, 'p99')), cpuMsPerCommand: round(of(name, 'cpu')) },
  ]);
  const ratios = names
    .filter((name) => name !== 'relay')
    .map((name) => [name, round(of(name, 'cpu') / of('relay', 'cpu'))] as const);
  return {
    perSecond,
    ...(Object.fromEntries(medians) as Record<string, { p50Ms: number; p99Ms: number; cpuMsPerCommand: number }>),
    cpuRatio: Object.fromEntries(ratios) as Record<Store['name'], number>,
    samples: Object.fromEntries(windows),
  };
}

async function kinroom(store: Store): Promise<Running> {
  const seeding = await store.open();
  const crowd = await seedCrowd(seeding.db, SESSIONS, SOCKETS);
  await seeding.close();
  const server = await startServer(store.env, AS_BUILT);
  const sessions: TestSocket[][] = [];
  for (const { seats } of crowd) sessions.push(await Promise.all(seats.map((seat) => connectSeat(server.url, seat))));
  for (const socket of sessions.flat()) listen(socket);
  return {
    name: store.name,
    pid: server.pid(),
    sessions,
    async stop() {
      for (const socket of sessions.flat()) socket.disconnect();
      await server.stop();
      await store.remove();
    },
  };
}

async function bareRelay(): Promise<Running> {
  const script = join(import.meta.dirname, 'bareRelay.fixtures.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', script], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const [port] = (await once(child, 'message')) as [number];
  const sessions: TestSocket[][] = [];
  for (let n = 0; n < SESSIONS; n += 1) {
    const connect = async (): Promise<TestSocket> => {
      const options = { auth: { session: `bare-${n}` }, transports: ['websocket'], forceNew: true };
      const socket: TestSocket = io(`http://localhost:${port}`, options);
      await new Promise<void>((done) => void socket.once('view', () => done()));
      listen(socket);
      return socket;
    };
    sessions.push(await Promise.all(Array.from({ length: SOCKETS }, connect)));
  }
  return {
    name: 'relay',
    pid: child.pid ?? 0,
    sessions,
    async stop() {
      for (const socket of sessions.flat()) socket.disconnect();
      child.kill();
      await once(child, 'exit');
    },
  };
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
