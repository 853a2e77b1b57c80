import { io } from 'socket.io-client';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { protocolVersion } from '#shared/socketEvents.ts';
import { connect, join, type Peer } from './peer.ts';
import { startServer, type ServerProcess } from './serverProcess.ts';

let server: ServerProcess;
const peers: Peer[] = [];

async function joined(label: string, name?: string): Promise<Peer> {
  const peer = await join(server, label, name);
  peers.push(peer);
  return peer;
}

/** Ruth leads, family 1 and 2 are in the room. */
async function gathering() {
  const [ruth, maya, priya] = await Promise.all([joined('facilitator'), joined('family 1'), joined('family 2')]);
  for (const peer of [ruth, maya, priya]) expect(await peer.enter()).toMatchObject({ ok: true });
  await ruth.until((view) => view.people[ruth.personId] !== undefined);
  expect(await ruth.open()).toMatchObject({ ok: true });
  await ruth.until((view) => view.people[ruth.personId]?.status === 'admitted');
  expect(await ruth.admit(maya, priya)).toMatchObject({ ok: true });
  await maya.until((view) => view.people[maya.personId]?.status === 'admitted');
  return { ruth, maya, priya };
}

afterEach(() => {
  for (const peer of peers.splice(0)) peer.close();
});

beforeEach(async () => {
  server = await startServer();
});
afterEach(() => server.stop());

test('V2 P3 staff see who waits, families only who is inside, and nobody gets a token before admission', async () => {
  const { ruth, maya, priya } = await gathering();
  const dan = await joined('family 3');
  await dan.enter();
  await ruth.until((view) => view.people[dan.personId]?.status === 'waiting');
  expect(ruth.names()[dan.personId]?.name).toBe('Dan');
  expect(Object.keys(maya.view().people).toSorted()).toEqual(
    [ruth, maya, priya].map((peer) => peer.personId).toSorted(),
  );
  expect(JSON.stringify([maya.view(), maya.names(), maya.seen])).not.toContain(dan.personId);
  await expect.poll(() => Object.keys(dan.names()).toSorted()).toEqual([ruth.personId, dan.personId].toSorted());
  const token = (peer: Peer) => peer.socket.timeout(5_000).emitWithAck('mediaToken', 'group');
  expect(await token(dan)).toMatchObject({ ok: false, refused: 'notInRoom' });
  const given = await token(maya);
  if (!given.ok) throw new Error(given.refused);
  const claims = JSON.parse(Buffer.from(given.token.split('.')[1] ?? '', 'base64url').toString()) as {
    video: object;
  };
  expect(Object.keys(claims.video)).not.toEqual(expect.arrayContaining(['roomRecord']));
  for (const right of ['roomRecord', 'roomAdmin', 'hidden', 'recorder']) expect(claims.video).not.toHaveProperty(right);
});

test('V2 whoever is let in is given the token just before the view that says so, and nobody else is', async () => {
  const { ruth, maya, priya } = await gathering();
  const dan = await joined('family 3');
  await dan.enter();
  await ruth.until(({ people }) => people[dan.personId]?.status === 'waiting');
  const told: string[] = [];
  for (const [name, { socket }] of Object.entries({ ruth, maya, priya, dan })) {
    socket.onAny((message: string) => told.push(`${name} ${message}`));
  }
  await ruth.admit(dan);
  await dan.until(({ people }) => people[dan.personId]?.status === 'admitted');
  await maya.until(({ people }) => people[dan.personId] !== undefined);
  expect(told.filter((line) => line.startsWith('dan')).slice(0, 2)).toEqual(['dan mediaToken', 'dan view']);
  expect(told.filter((line) => line.endsWith('mediaToken'))).toEqual(['dan mediaToken']);
});

test('E3 E4 kill -9 in a running session: nothing acknowledged is missing, and a repeated command is applied once', async () => {
  const { ruth, maya } = await gathering();
  expect(await ruth.give({ type: 'start' }, 'start')).toMatchObject({ ok: true });
  const first = ruth.view().agenda.segments[0]?.segmentId ?? '';
  const moved = await ruth.give({ type: 'next', seen: first }, 'next');
  await server.killAndRestart();
  await maya.until((view) => view.agenda.current !== null && view.agenda.current.segmentId !== first);
  expect(await ruth.give({ type: 'next', seen: first }, 'next')).toEqual(moved);
  expect(await ruth.give({ type: 'next', seen: first }, 'another-press')).toMatchObject({ refused: 'alreadyMoved' });
  expect(maya.view().agenda).toEqual(ruth.view().agenda);
  expect(maya.view().people[maya.personId]?.status).toBe('admitted');
});

test('catch-up answers nothing, the events, or a view', async () => {
  const { ruth, maya } = await gathering();
  const ask = (after: number) => maya.socket.timeout(5_000).emitWithAck('catchUp', after);
  await ruth.give({ type: 'start' });
  await maya.until((view) => view.phase === 'running');
  const { seq } = maya.view();
  expect(await ask(seq)).toEqual({ type: 'nothing' });
  const missed = await ask(seq - 2);
  if (!('type' in missed) || missed.type !== 'events') throw new Error('events were expected');
  expect(missed.events.map(({ seq: one }: { seq: number }) => one)).toEqual([seq - 1, seq]);
  expect(await ask(0)).toMatchObject({ type: 'view', view: { seq } });
  expect(await ask(seq + 50)).toMatchObject({ type: 'view' });
});

test('P2 a second device is asked, takes over, and the first one is told and may do nothing more', async () => {
  const { maya } = await gathering();
  const phone = await joined('family 1');
  expect(await phone.enter()).toMatchObject({ ok: false, refused: 'elsewhere' });
  expect(await phone.give({ type: 'leave' })).toMatchObject({ ok: false, refused: 'elsewhere' });
  expect(await phone.enter(true)).toMatchObject({ ok: true });
  await expect.poll(() => maya.closing).toEqual(['otherDevice']);
  await expect.poll(() => maya.socket.connected).toBe(false);
  await phone.until((view) => view.people[phone.personId]?.status === 'waiting');
});

test('P2 a device that is gone is not asked about', async () => {
  const { maya } = await gathering();
  maya.close();
  const phone = await joined('family 1');
  await expect.poll(async () => (await phone.enter()).ok).toBe(true);
  await phone.until((view) => view.people[phone.personId]?.status === 'waiting');
});

test('a page that only asks which device to use does not keep the other one here', async () => {
  const { ruth, maya } = await gathering();
  const phone = await joined('family 1');
  phone.socket.emit('backSoon', true);
  expect(await phone.enter()).toMatchObject({ ok: false, refused: 'elsewhere' });
  maya.close();
  await expect.poll(() => ruth.presence()[maya.personId], { timeout: 15_000 }).toBe('lost');
  expect(await phone.enter()).toMatchObject({ ok: true });
  await ruth.until((view) => view.people[maya.personId]?.status === 'waiting');
  await expect.poll(() => ruth.presence()[maya.personId]).toBe('here');
  const dan = await joined('family 3');
  await dan.enter();
  await expect.poll(() => ruth.presence()[dan.personId]).toBe('here');
});

test('the same device in a second tab closes the first', async () => {
  const { maya } = await gathering();
  const second = await connect(server, maya);
  peers.push(second);
  await expect.poll(() => maya.closing).toEqual(['otherTab']);
  expect(second.view().people[maya.personId]?.status).toBe('admitted');
});

test('a lost connection is told to those who may see the person, and undone on return', async () => {
  const { ruth, maya, priya } = await gathering();
  priya.close();
  await expect.poll(() => maya.presence()[priya.personId], { timeout: 15_000 }).toBe('lost');
  expect(ruth.view().people[priya.personId]?.status).toBe('admitted');
  peers.push(await connect(server, priya));
  await expect.poll(() => maya.presence()[priya.personId], { timeout: 15_000 }).toBe('here');
  maya.socket.emit('backSoon', true);
  await expect.poll(() => ruth.presence()[maya.personId]).toBe('backSoon');
});

test('boxes and requests for the key go only between devices in the room', async () => {
  const { ruth, maya } = await gathering();
  const dan = await joined('family 3');
  await dan.enter();
  const box = (from: Peer, to: Peer) => ({
    sessionId: from.view().sessionId,
    audience: 'group' as const,
    epoch: 1,
    rosterHash: 'h',
    from: from.who.device.deviceId,
    to: to.who.device.deviceId,
    encapsulated: 'e',
    ciphertext: 'c',
    signature: 's',
  });
  const send = (by: Peer, one: ReturnType<typeof box>) => by.socket.timeout(5_000).emitWithAck('sendBoxes', [one]);
  expect(await send(ruth, box(ruth, maya))).toEqual({ ok: true, delivered: 1 });
  await expect.poll(() => maya.boxes).toEqual([box(ruth, maya)]);
  expect(await send(dan, box(dan, maya))).toMatchObject({ refused: 'notInRoom' });
  expect(await send(maya, box(ruth, maya))).toMatchObject({ refused: 'badRequest' });
  expect(await dan.socket.timeout(5_000).emitWithAck('askForKey', 'group')).toMatchObject({ refused: 'notInRoom' });
  expect(await dan.socket.timeout(5_000).emitWithAck('rosters', { audience: 'group', after: 0 })).toMatchObject({
    refused: 'notInRoom',
  });
  expect(await maya.socket.timeout(5_000).emitWithAck('askForKey', 'group')).toEqual({ ok: true, asked: 2 });
});

test('what cannot be read gets badRequest, and a flood tooMany; neither changes anything', async () => {
  const { maya } = await gathering();
  const { seq } = maya.view();
  const raw = maya.socket as unknown as {
    timeout(ms: number): { emitWithAck(...args: unknown[]): Promise<unknown> };
  };
  const bad: [string, unknown][] = [
    ['command', null],
    ['command', { commandId: 'x' }],
    ['command', { commandId: 'x', command: { type: 'start', more: 1 } }],
    ['command', { commandId: '', command: { type: 'start' } }],
    ['catchUp', -1],
    ['mediaToken', 'staff'],
    ['sendBoxes', []],
    ['rosters', {}],
  ];
  for (const [name, input] of bad) {
    expect([name, await raw.timeout(5_000).emitWithAck(name, input)]).toMatchObject([
      name,
      { ok: false, refused: 'badRequest' },
    ]);
  }
  const flood = await Promise.all(Array.from({ length: 200 }, () => raw.timeout(10_000).emitWithAck('catchUp', seq)));
  expect(flood).toContainEqual(expect.objectContaining({ refused: 'tooMany' }));
  expect(maya.view().seq).toBe(seq);
});

test('a flood of what is never stored is refused, too, and not passed on', async () => {
  const { ruth, maya } = await gathering();
  const asked = Array.from({ length: 200 }, () => maya.socket.timeout(20_000).emitWithAck('clock'));
  maya.socket.emit('backSoon', true);
  const answers = await Promise.all(asked);
  expect(new Set(answers.map((answer) => (typeof answer === 'number' ? 'time' : answer.refused)))).toEqual(
    new Set(['time', 'tooMany']),
  );
  expect(ruth.presence()[maya.personId]).not.toBe('backSoon');
});

test('a socket needs its own cookie, its own device and this protocol', async () => {
  const maya = await joined('family 1');
  const priya = await joined('family 2');
  const attempt = (auth: object, cookie: string, origin?: string) =>
    new Promise<string>((done) => {
      const extraHeaders = { cookie, ...(origin ? { origin } : {}) };
      const socket = io(server.url, {
        auth,
        extraHeaders,
        transports: ['websocket'],
        forceNew: true,
        reconnection: false,
      });
      socket.on('connect', () => done('connected'));
      socket.on('connect_error', (error) => done(error.message));
      setTimeout(() => socket.disconnect(), 2_000);
    });
  const auth = { protocol: protocolVersion, personId: maya.personId, deviceId: maya.who.device.deviceId };
  expect(await attempt(auth, maya.cookie)).toBe('connected');
  expect(await attempt(auth, priya.cookie)).toBe('signedOut');
  expect(await attempt({ ...auth, deviceId: priya.who.device.deviceId }, maya.cookie)).toBe('signedOut');
  expect(await attempt({ ...auth, protocol: 0 }, maya.cookie)).toBe('oldPage');
  expect(await attempt({}, maya.cookie)).toBe('oldPage');
  expect(await attempt(auth, maya.cookie, 'https://evil.example')).not.toBe('connected');
});

test('P6 staff who come alone wait for a lost colleague half a minute, then open the room themselves', async () => {
  const { ruth, maya } = await gathering();
  const tom = await joined('co-facilitator');
  await tom.enter();
  await tom.until((view) => view.people[tom.personId] !== undefined);
  expect(await tom.open()).toMatchObject({ refused: 'alreadyOpen' });
  ruth.close();
  expect(await tom.open()).toMatchObject({ refused: 'alreadyOpen' });
  await expect.poll(async () => (await tom.open()).ok, { timeout: 60_000, interval: 2_000 }).toBe(true);
  await tom.until((view) => view.lead === tom.personId);
  await maya.until((view) => view.people[maya.personId]?.status === 'waiting');
  expect(tom.view().people[ruth.personId]).toBeUndefined();
}, 90_000);
