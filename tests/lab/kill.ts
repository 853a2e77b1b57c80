import { connectSeat, seedCrowd, type CrowdSession } from '../bench/crowd.fixtures.ts';
import { stores, type Store } from '../bench/stores.fixtures.ts';
import type { TestSocket } from '../protocol/peer.ts';
import { AS_BUILT, startServer } from '../protocol/serverProcess.ts';

const ROUNDS = 50;
const SESSIONS = 20;
const LEAST_ACKNOWLEDGED = 10_000;
/** Each round goes on until so many are acknowledged, and up to this long after, so that the kill falls anywhere. */
const IN_ROUND = 210;
const LONGER_MS = 300;
/** Below the limit of messages that one connection may send in ten seconds. */
const MOST_IN_ROUND = 100;
const ANSWER_WITHIN_MS = 2_000;

/** What was asked for and answered, per session. */
type Tally = { given: number; acknowledged: { commandId: string; seq: number }[] };

export type KillFigures = {
  store: Store['name'];
  rounds: number;
  acknowledged: number;
  /** Answered ok, and not in the log at the number that was answered. */
  lost: number;
  /** In the log more than once. */
  doubled: number;
  samples: { acknowledged: number[] };
};

/**
 * kill -9 on the server in the middle of a stream of commands, again and again, on each store: what was answered ok is in
 * the log, once. A command whose answer did not come is given again with its id until it is answered.
 */
export async function measure(args: string[]): Promise<object> {
  const rounds = Number(args[0] ?? ROUNDS);
  const results: KillFigures[] = [];
  for (const store of await stores()) {
    results.push(await killRounds(store, rounds));
    await store.remove();
  }
  const clean = results.every(({ lost, doubled }) => lost === 0 && doubled === 0);
  const enough = rounds < ROUNDS || results.every(({ acknowledged }) => acknowledged >= LEAST_ACKNOWLEDGED);
  return { stores: results, passed: clean && enough };
}

async function killRounds(store: Store, rounds: number): Promise<KillFigures> {
  const seeding = await store.open();
  const sessions = await seedCrowd(seeding.db, SESSIONS, 1);
  await seeding.close();
  const tallies = new Map<string, Tally>(sessions.map(({ sessionId }) => [sessionId, { given: 0, acknowledged: [] }]));
  const server = await startServer(store.env, AS_BUILT);
  const sockets = await Promise.all(sessions.map(({ seats }) => connectSeat(server.url, seats[0]!)));
  const perRound: number[] = [];
  let goOn = true;
  const streams = sessions.map((session, n) => stream(session, sockets[n]!, tallies, () => goOn));
  for (let round = 0; round < rounds; round += 1) {
    const before = acknowledgedIn(tallies);
    while (acknowledgedIn(tallies) - before < IN_ROUND) await pause(10);
    await pause(Math.random() * LONGER_MS);
    await server.kill();
    perRound.push(acknowledgedIn(tallies) - before);
    await server.start();
    await Promise.all(sockets.map(connected));
    if (round % 10 === 9) console.error(`${store.name}: ${round + 1} kills, ${acknowledgedIn(tallies)} acknowledged`);
  }
  goOn = false;
  await Promise.all(streams);
  for (const socket of sockets) socket.disconnect();
  await server.stop();
  const found = await compare(store, tallies);
  return {
    store: store.name,
    rounds,
    acknowledged: acknowledgedIn(tallies),
    ...found,
    samples: { acknowledged: perRound },
  };
}

/** Gives one command after the other, each until it is answered. */
async function stream(session: CrowdSession, socket: TestSocket, tallies: Map<string, Tally>, goesOn: () => boolean) {
  const tally = tallies.get(session.sessionId)!;
  let sentOnConnection = 0;
  socket.on('connect', () => {
    sentOnConnection = 0;
  });
  const command = { type: 'addMinutes', segmentId: 's2', minutes: 1 } as const;
  while (goesOn()) {
    const commandId = `c-${(tally.given += 1)}`;
    for (;;) {
      if (!socket.connected || sentOnConnection >= MOST_IN_ROUND) {
        if (!goesOn()) sentOnConnection = 0;
        await pause(20);
        continue;
      }
      sentOnConnection += 1;
      const answer = await socket
        .timeout(ANSWER_WITHIN_MS)
        .emitWithAck('command', { commandId, command })
        .catch(() => null);
      if (answer?.ok) {
        tally.acknowledged.push({ commandId, seq: answer.seq });
        break;
      }
      if (answer && answer.refused !== 'busy' && answer.refused !== 'tooMany') throw new Error(answer.refused);
    }
  }
}

/** Looks into the store itself, without the server's own queries. */
async function compare(store: Store, tallies: Map<string, Tally>): Promise<{ lost: number; doubled: number }> {
  const { db, close } = await store.open();
  let lost = 0;
  let doubled = 0;
  for (const [sessionId, { acknowledged, given }] of tallies) {
    const commands = await db.selectFrom('session_commands').selectAll().where('session_id', '=', sessionId).execute();
    const events = await db.selectFrom('session_events').selectAll().where('session_id', '=', sessionId).execute();
    const added = events.filter(({ event }) => event.includes('"minutesAdded"')).map(({ seq }) => seq);
    for (const { commandId, seq } of acknowledged) {
      const stored = commands.filter((row) => row.command_id === commandId);
      if (stored.length !== 1 || Number(stored[0]?.seq) !== seq || !added.includes(seq)) lost += 1;
    }
    doubled += Math.max(0, added.length - given);
    if (new Set(events.map(({ seq }) => seq)).size !== Math.max(...events.map(({ seq }) => seq))) lost += 1;
  }
  await close();
  return { lost, doubled };
}

function acknowledgedIn(tallies: Map<string, Tally>): number {
  return [...tallies.values()].reduce((sum, { acknowledged }) => sum + acknowledged.length, 0);
}

async function connected(socket: TestSocket): Promise<void> {
  while (!socket.connected) await pause(10);
}

function pause(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms));
}
