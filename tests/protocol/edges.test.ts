import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect as dial, type AddressInfo } from 'node:net';
import { io } from 'socket.io-client';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { protocolVersion } from '#shared/socketEvents.ts';
import { ask, connected, socketOf, startCrowd, type Crowd } from './crowd.fixtures.ts';
import { join, type Peer } from './peer.ts';

// Real processes, beside whatever else this computer does.
const OUTSIDE = '203.0.113.77';
const METRICS_TOKEN = 'a-token-for-the-figures';

const cleanUp: (() => unknown)[] = [];
let crowd: Crowd;
let sfu: ReturnType<typeof createServer>;

beforeAll(async () => {
  sfu = createServer((_request, response) => void response.end('OK')).listen(0, '127.0.0.1');
  await once(sfu, 'listening');
  crowd = await startCrowd(12, { LIVEKIT_URL: `ws://127.0.0.1:${(sfu.address() as AddressInfo).port}` });
});
afterEach(async () => {
  for (const end of cleanUp.splice(0)) await end();
});
afterAll(async () => {
  sfu.close();
  await crowd.stop();
});

async function joined(label: string): Promise<Peer> {
  const peer = await join(crowd.server, label);
  cleanUp.push(peer.close);
  return peer;
}

async function socketIn(seat = crowd.seats[0]) {
  if (!seat) throw new Error('no seat');
  const socket = socketOf(crowd.server, seat);
  cleanUp.push(() => socket.disconnect());
  await connected(socket);
  return socket;
}

/** One figure of this process; 0 while it has never been counted. */
async function figure(name: string): Promise<number> {
  const text = await (await fetch(`${crowd.server.url}/metrics`)).text();
  const line = text.split('\n').find((one) => one.startsWith(`${name} `));
  return line === undefined ? 0 : Number(line.slice(name.length + 1));
}

test('another website gets no socket', async () => {
  const [seat] = crowd.seats;
  const socket = io(crowd.server.url, {
    auth: { protocol: protocolVersion, personId: seat?.personId, deviceId: seat?.deviceId },
    extraHeaders: { cookie: seat?.cookie ?? '', origin: 'https://evil.example' },
    transports: ['websocket'],
    reconnection: false,
    forceNew: true,
  });
  cleanUp.push(() => socket.disconnect());
  await expect(connected(socket)).rejects.toThrow('websocket error');
});

test('messages are limited for each device, also one that comes back for more', async () => {
  const answers: unknown[] = [];
  for (let round = 0; round < 3; round += 1) {
    const socket = await socketIn(crowd.seats[1]);
    answers.push(...(await Promise.all(Array.from({ length: 60 }, () => ask(socket, 'catchUp', [0])))));
    socket.disconnect();
  }
  const codes = answers.map((answer) => (answer as { refused?: string }).refused ?? 'ok');
  expect(codes.filter((code) => code === 'ok')).toHaveLength(120);
  expect(codes.filter((code) => code === 'tooMany')).toHaveLength(60);
  const other = await socketIn(crowd.seats[2]);
  expect(await ask(other, 'catchUp', [0])).toMatchObject({ type: 'view' });
});

test('wrong cookies are limited for each address, and right ones are not', async () => {
  const [, , , seat, wrong] = crowd.seats;
  if (!seat || !wrong) throw new Error('no seats');
  const before = await figure('kinroom_sockets_turned_away_total{code="busy"}');
  const codes = new Map<string, number>();
  for (let count = 0; count < 70; count += 1) {
    const socket = socketOf(crowd.server, { ...wrong, cookie: seat.cookie });
    const code = await connected(socket).catch(({ message }: Error) => message);
    codes.set(String(code), (codes.get(String(code)) ?? 0) + 1);
    socket.disconnect();
  }
  expect(Object.fromEntries(codes)).toEqual({ signedOut: 60, busy: 10 });
  expect((await figure('kinroom_sockets_turned_away_total{code="busy"}')) - before).toBe(10);
  await socketIn(seat);
});

test('figures of a real session: people, commands, refusals, rejoins', async () => {
  const [ruth, maya] = [await joined('facilitator'), await joined('family 1')];
  expect(await figure('kinroom_people_connected{kind="family"}')).toBe(1);
  const staff = await figure('kinroom_people_connected{kind="staff"}');
  await ruth.enter();
  await ruth.open();
  expect(await ruth.give({ type: 'start' })).toMatchObject({ ok: true });
  expect(await maya.give({ type: 'start' })).toMatchObject({ refused: 'notInRoom' });
  expect(await figure('kinroom_command_seconds_count{command="start",outcome="ok"}')).toBe(1);
  expect(await figure('kinroom_command_seconds_count{command="start",outcome="refused"}')).toBe(1);
  expect(await figure('kinroom_refusals_total{at="socket",code="notInRoom"}')).toBe(1);
  expect(await figure('kinroom_sessions{phase="running"}')).toBe(1);
  expect(await figure('kinroom_up{part="database"}')).toBe(1);

  const [byMedia, bySocket] = [
    await figure('kinroom_rejoins_total{by="media"}'),
    await figure('kinroom_rejoins_total{by="socket"}'),
  ];
  // The first token came unasked, when she opened the room.
  for (let count = 0; count < 2; count += 1) await ask(ruth.socket, 'mediaToken', ['group']);
  expect((await figure('kinroom_rejoins_total{by="media"}')) - byMedia).toBe(2);
  ruth.socket.io.engine.close();
  await expect.poll(() => figure('kinroom_rejoins_total{by="socket"}')).toBe(bySocket + 1);
  maya.close();
  ruth.close();
  await expect.poll(() => figure('kinroom_people_connected{kind="family"}')).toBe(0);
  expect(await figure('kinroom_people_connected{kind="staff"}')).toBe(staff - 1);
});

test('through the proxy nobody outside sees the figures; whether it is ready anybody may ask', async () => {
  const get = (path: string, from: string) => fetch(crowd.server.url + path, { headers: { 'x-forwarded-for': from } });
  expect((await get('/metrics', OUTSIDE)).status).toBe(404);
  expect((await get('/metrics', '192.168.1.20')).status).toBe(200);
  const ready = await get('/readyz', OUTSIDE);
  expect([ready.status, await ready.json()]).toEqual([200, { ok: true, checks: { database: 'ok', sfu: 'ok' } }]);
});

test('who sends half a request is let go', async () => {
  const socket = dial(Number(new URL(crowd.server.url).port), '127.0.0.1');
  let heard = '';
  socket.on('data', (chunk) => (heard += chunk.toString()));
  socket.write('POST /api/links/open HTTP/1.1\r\nHost: localhost\r\n');
  await once(socket, 'close');
  expect(heard).toMatch(/^HTTP\/1\.1 408 /);
});

test('without its SFU it is not ready, and says so to the log and the figures', async () => {
  sfu.closeAllConnections();
  sfu.close();
  await expect
    .poll(async () => (await (await fetch(`${crowd.server.url}/readyz`)).json()) as object, { timeout: 10_000 })
    .toEqual({ ok: false, checks: { database: 'ok', sfu: 'down' } });
  await expect.poll(() => figure('kinroom_up{part="sfu"}'), { timeout: 20_000, interval: 500 }).toBe(0);
});

test('with a token the figures are for whoever brings it', async () => {
  const guarded = await startCrowd(0, { METRICS_TOKEN });
  cleanUp.push(guarded.stop);
  const get = (headers: Record<string, string>) => fetch(`${guarded.server.url}/metrics`, { headers });
  expect((await get({})).status).toBe(401);
  expect((await get({ authorization: 'Bearer something-else' })).status).toBe(401);
  const answer = await get({ authorization: `Bearer ${METRICS_TOKEN}`, 'x-forwarded-for': OUTSIDE });
  expect([answer.status, await answer.text()]).toEqual([200, expect.stringContaining('kinroom_sessions')]);
});
