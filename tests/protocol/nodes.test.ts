import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { SealedBox } from '#shared/session/roster.ts';
import { redisBinary, startRedis, type TestRedis } from '../../server/nodes/redis.fixtures.ts';
import { postgresFolder, startPostgres, type TestPostgres } from '../../server/storage/postgres.fixtures.ts';
import { connect, join, type Peer } from './peer.ts';
import { startServer, type ServerProcess } from './serverProcess.ts';

const installed = postgresFolder !== null && redisBinary !== null;
let postgres: TestPostgres;
let redis: TestRedis;
let servers: ServerProcess[] = [];
const peers: Peer[] = [];

beforeAll(async () => {
  if (!installed)
    return void process.stderr.write('PostgreSQL or Redis is not installed: tests of nodes are skipped.\n');
  [postgres, redis] = await Promise.all([startPostgres(), startRedis()]);
});
afterAll(() => Promise.all([postgres?.stop(), redis?.stop()]));

async function startTwo(more: NodeJS.ProcessEnv): Promise<void> {
  const env = { DATABASE_URL: await postgres.database(), ...more };
  servers = await Promise.all([startServer(env), startServer(env)]);
}

async function joined(node: number, label: string): Promise<Peer> {
  const peer = await join(node === 0 ? first() : second(), label);
  peers.push(peer);
  return peer;
}

const first = (): ServerProcess => servers[0] as ServerProcess;
const second = (): ServerProcess => servers[1] as ServerProcess;

/** Ruth leads on the first node; Maya is there too, Priya on the second, all in the room. */
async function gathering() {
  const [ruth, maya, priya] = await Promise.all([
    joined(0, 'facilitator'),
    joined(0, 'family 1'),
    joined(1, 'family 2'),
  ]);
  for (const peer of [ruth, maya, priya]) expect(await peer.enter()).toMatchObject({ ok: true });
  expect(await ruth.open()).toMatchObject({ ok: true });
  await ruth.until((view) => view.people[ruth.personId]?.status === 'admitted');
  expect(await ruth.admit(maya, priya)).toMatchObject({ ok: true });
  for (const peer of [maya, priya]) await peer.until((view) => view.people[peer.personId]?.status === 'admitted');
  return { ruth, maya, priya };
}

afterEach(async () => {
  for (const peer of peers.splice(0)) peer.close();
  await Promise.all(servers.splice(0).map((server) => server.stop()));
});

describe.skipIf(!installed)('two nodes on one PostgreSQL and one Redis', () => {
  beforeEach(() => startTwo({ REDIS_URL: redis.url }));

  test('N2 both print the same links, and what happens on one is seen on the other', async () => {
    expect(first().token('family 3')).toBe(second().token('family 3'));
    const { ruth, priya } = await gathering();
    await ruth.give({ type: 'start' });
    await priya.until((view) => view.phase === 'running');
    expect(priya.view().agenda).toEqual(ruth.view().agenda);
    expect(priya.names()[ruth.personId]?.name).toBe('Ruth');
  });

  test('N3 boxes and requests for a key reach devices on the other node, and are counted', async () => {
    const { ruth, maya, priya } = await gathering();
    const { sessionId } = ruth.view();
    const box = {
      sessionId,
      audience: 'group',
      epoch: 1,
      rosterHash: 'h'.repeat(43),
      to: priya.who.device.deviceId,
      from: ruth.who.device.deviceId,
      encapsulated: 'e',
      ciphertext: 'c',
      signature: 's',
    } satisfies SealedBox;
    const answer = await ruth.socket.timeout(5_000).emitWithAck('sendBoxes', [box]);
    expect(answer).toEqual({ ok: true, delivered: 1 });
    await expect.poll(() => priya.boxes).toEqual([box]);
    expect(maya.boxes).toEqual([]);
    const wanted: unknown[] = [];
    ruth.socket.on('keyWanted', (who) => wanted.push(who));
    expect(await priya.socket.timeout(5_000).emitWithAck('askForKey', 'group')).toEqual({ ok: true, asked: 2 });
    await expect
      .poll(() => wanted)
      .toEqual([{ audience: 'group', personId: priya.personId, deviceId: priya.who.device.deviceId }]);
  });

  test('N3 presence is of the whole session, also when a node is killed', async () => {
    const { ruth, priya } = await gathering();
    await expect.poll(() => ruth.presence()[priya.personId]).toBe('here');
    priya.socket.emit('backSoon', true);
    await expect.poll(() => ruth.presence()[priya.personId]).toBe('backSoon');
    priya.socket.emit('backSoon', false);
    await expect.poll(() => ruth.presence()[priya.personId]).toBe('here');
    await second().kill();
    await expect.poll(() => ruth.presence()[priya.personId], { timeout: 30_000 }).toBe('lost');
    const back = await connect(first(), priya);
    peers.push(back);
    await expect.poll(() => ruth.presence()[priya.personId]).toBe('here');
    await second().start();
  });

  test('P2 a second device on the other node is asked, takes over, and the first one is told', async () => {
    const { ruth, maya } = await gathering();
    const phone = await joined(1, 'family 1');
    await expect.poll(async () => (await phone.enter()).ok).toBe(false);
    expect(await phone.enter()).toMatchObject({ refused: 'elsewhere' });
    expect(await phone.enter(true)).toMatchObject({ ok: true });
    await expect.poll(() => maya.closing).toEqual(['otherDevice']);
    await ruth.until((view) => view.people[maya.personId]?.device.deviceId === phone.who.device.deviceId);
  });

  test('the same device connected to the other node closes its first connection', async () => {
    const { priya } = await gathering();
    // The clocks of two nodes may differ: only what is clearly older gives way.
    await new Promise((done) => setTimeout(done, 3_000));
    const again = await connect(first(), priya);
    peers.push(again);
    await expect.poll(() => priya.closing).toEqual(['otherTab']);
    expect(again.closing).toEqual([]);
  });

  test('N2 N3 with Redis gone the log is still read, nobody counts as lost, and all is well when it is back', async () => {
    const { ruth, priya } = await gathering();
    await expect.poll(() => ruth.presence()[priya.personId]).toBe('here');
    await redis.kill();
    expect(await ruth.give({ type: 'start' })).toMatchObject({ ok: true });
    await priya.until((view) => view.phase === 'running');
    await new Promise((done) => setTimeout(done, 13_000));
    expect(ruth.presence()[priya.personId]).toBe('here');
    expect(await priya.socket.timeout(5_000).emitWithAck('askForKey', 'group')).toEqual({ ok: true, asked: 0 });
    await redis.start();
    await expect
      .poll(() => priya.socket.timeout(5_000).emitWithAck('askForKey', 'group'), { timeout: 20_000 })
      .toEqual({ ok: true, asked: 2 });
    expect(ruth.presence()[priya.personId]).toBe('here');
  });
});

describe.skipIf(!installed)('PostgreSQL gone', () => {
  beforeEach(() => startTwo({ REDIS_URL: redis.url }));
  afterEach(() => postgres.start().catch(() => {}));

  test.each(['killed', 'hanging'] as const)(
    'N4 %s: no false ok, everybody is told, and what waited is applied once',
    async (how) => {
      const { ruth, priya } = await gathering();
      const storing: boolean[] = [];
      priya.socket.on('storing', (on) => storing.push(on));
      await ruth.give({ type: 'start' });
      await priya.until((view) => view.phase === 'running');
      const seen = ruth.view().agenda.current?.segmentId ?? '';
      if (how === 'killed') await postgres.kill();
      else postgres.hang(true);
      expect(await ruth.give({ type: 'next', seen }, 'one-press')).toMatchObject({ refused: 'busy' });
      await expect.poll(() => storing, { timeout: 20_000 }).toEqual([false]);
      if (how === 'killed') await postgres.start();
      else postgres.hang(false);
      await expect.poll(() => storing, { timeout: 20_000 }).toEqual([false, true]);
      await expect
        .poll(() => ruth.give({ type: 'next', seen }, 'one-press'), { timeout: 20_000 })
        .toMatchObject({ ok: true });
      expect(await ruth.give({ type: 'next', seen }, 'one-press')).toMatchObject({ ok: true });
      const following = ruth.view().agenda.segments[1]?.segmentId;
      await priya.until((view) => view.agenda.current?.segmentId === following);
      expect(ruth.view().agenda.current?.segmentId).toBe(following);
    },
  );
});
