import { sql } from 'kysely';
import { loneBus, type NodeMessage } from '../../server/nodes/bus.ts';
import { unwatched } from '../../server/metrics/watch.fixtures.ts';
import { handshake } from '../../server/realtime/handshake.ts';
import { liveRooms } from '../../server/realtime/rooms.ts';
import { storageHealth } from '../../server/sessions/health.ts';
import { sessionRegistry } from '../../server/sessions/registry.ts';
import type { LossyBus } from './simulationBus.ts';
import type { DatabaseWeather, Disk } from './simulationDatabase.ts';
import type { Host, ServerEnd } from './socketPair.ts';

/** As in server/main.ts. */
const POLL_MS = 2_000;

export type NodeOptions = {
  name: string;
  disk: Disk;
  /** What other nodes are reached by; null for a node that is the only one. */
  bus: LossyBus | null;
  weather: Omit<DatabaseWeather, 'alive' | 'committed'> & { committed(node: SimulatedNode): boolean };
  /** A message went out to a socket: a moment in which the node may be killed. */
  onEmitted(node: SimulatedNode, name: string): void;
  /** The node is gone: every connection to it ends. */
  onKilled(node: SimulatedNode): void;
  trace(line: string): void;
};

/** A server: the product's own parts, wired as server/main.ts does. */
export type SimulatedNode = Host & {
  name: string;
  alive(): boolean;
  /** As kill -9: all that is in memory is gone at once. */
  kill(): void;
  busIsUp(): void;
  busIsDown(): void;
};

/** Comes back with the node before it takes connections; `ready` rejects when it could not read what it needs. */
export function startNode(options: NodeOptions): { node: SimulatedNode; ready: Promise<void> } {
  const { name, disk, weather, trace } = options;
  const now = (): number => Date.now();
  let alive = true;
  const shared = options.bus !== null;
  const { db, abandon } = disk.open(
    { ...weather, alive: () => alive, committed: () => weather.committed(node) },
    shared,
  );
  const onError = (error: unknown): void => trace(`${name} ! ${alive ? String(error) : 'dead'}`);

  const health = storageHealth(
    async () => void (await sql`select 1`.execute(db)),
    (storing) => rooms.storing(storing),
  );
  const notStored = (error: unknown): void => {
    onError(error);
    health.failed();
  };
  const hear = (from: string, message: NodeMessage): void => {
    if (message.type === 'stored') sessions.ring(message.sessionId, message.seq);
    else rooms.hear(from, message);
  };
  const bus = options.bus?.join({ name, alive: () => alive, hear }) ?? loneBus;
  const sessions = sessionRegistry({
    db,
    shared,
    now,
    onSteps: (session, steps) => rooms.steps(session, steps),
    onStored: (sessionId, seq) => bus.send({ type: 'stored', sessionId, seq }),
    onEffects: () => {},
    storing: health.storing,
    onError: notStored,
  });
  const rooms = liveRooms({
    db,
    bus,
    livekit: { url: 'ws://sfu', mintToken: (identity, room) => Promise.resolve(`${identity} in ${room}`) },
    now,
    storing: health.storing,
    watch: unwatched,
    onError,
    multicast(sockets, event, ...message) {
      for (const socket of sockets) socket.emit(event, ...message);
    },
  });
  const shakeHands = handshake({ db, sessions, publicUrl: null, now, watch: unwatched });
  let polling: NodeJS.Timeout;

  const node: SimulatedNode = {
    name,
    alive: () => alive,
    arrive: (socket, next) => void shakeHands(socket, (error) => alive && next(error?.message ?? null)),
    opened: (socket: ServerEnd) => rooms.accept(socket),
    emitted: (event) => options.onEmitted(node, event),
    busIsUp() {
      bus.send({ type: 'who' });
      rooms.busIsUp();
    },
    busIsDown: rooms.busIsDown,
    kill() {
      if (!alive) return;
      trace(`${name} killed`);
      alive = false;
      abandon();
      void bus.close();
      clearTimeout(polling);
      health.stop();
      sessions.close();
      rooms.close();
      options.onKilled(node);
    },
  };

  function poll(): void {
    polling = setTimeout(() => {
      void sessions.poll().catch(notStored).finally(poll);
    }, POLL_MS);
  }

  async function start(): Promise<void> {
    await sessions.wake();
    if (options.bus === null) return;
    poll();
    node.busIsUp();
  }
  return { node, ready: start() };
}
