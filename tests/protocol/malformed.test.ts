import { readdirSync, readFileSync } from 'node:fs';
import { join as path } from 'node:path';
import type { Socket } from 'socket.io-client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { messages, socketAuth } from '#shared/socketEvents.schema.ts';
import { addressOf, ask, connected, socketOf, startCrowd, type Crowd } from './crowd.fixtures.ts';
import { damages, malformed, socketDamages, travelled } from './malformed.fixtures.ts';
import { join, type Peer } from './peer.ts';

const SEED = 20_261_123;
const MESSAGES = 5_000;
/** Below what one socket may send in ten seconds. */
const OF_ONE_SOCKET = 100;
/** From those who are in the room, one of them with the lead: theirs would change most. */
const OF_THE_ROOM = 10;
/** Longer ones end the connection: they have a test of their own below. */
const LONGEST_BYTES = 60_000;

type Name = keyof typeof messages;
const names = Object.keys(messages) as Name[];

let crowd: Crowd;
let ruth: Peer;
let maya: Peer;
let before: string;
let free: Crowd['seats'];

beforeAll(async () => {
  crowd = await startCrowd(Math.ceil(MESSAGES / OF_ONE_SOCKET) * names.length + FRAMES.length + 2);
  free = [...crowd.seats];
  [ruth, maya] = await Promise.all([join(crowd.server, 'facilitator'), join(crowd.server, 'family 1')]);
  await Promise.all([ruth.enter(), maya.enter()]);
  await ruth.until((view) => view.people[ruth.personId] !== undefined);
  await ruth.open();
  await ruth.until((view) => view.people[ruth.personId]?.status === 'admitted');
  await ruth.admit(maya);
  expect(await ruth.give({ type: 'start' })).toMatchObject({ ok: true });
  await maya.until((view) => view.phase === 'running');
  before = crowd.dump();
});
afterAll(async () => {
  ruth.close();
  maya.close();
  await crowd.stop();
});

/** Sockets of seats that nobody has used yet. */
async function sockets(count: number): Promise<Socket[]> {
  const made = free.splice(0, count).map((seat) => socketOf(crowd.server, seat));
  await Promise.all(made.map(connected));
  return made;
}

/** Argument lists for this message that its schema refuses. */
function* wrongArguments(name: Name): Generator<{ how: string; args: unknown[] }> {
  for (const { how, value } of malformed(messages[name], SEED, socketDamages)) {
    const args = Array.isArray(value) ? value : [value];
    // socket.io's client itself loses such a key when there are bytes beside it, and many bytes end the connection.
    if (how.includes('bytes') && /prototype|long list/.test(how)) continue;
    if (messages[name].safeParse(travelled(args)).success) continue;
    if (Buffer.byteLength(JSON.stringify(args)) < LONGEST_BYTES) yield { how, args };
  }
}

test('every message that the server listens to has a schema', () => {
  const folder = path(import.meta.dirname, '../../server/realtime');
  const sources = readdirSync(folder).filter((file) => !file.includes('.test.'));
  const text = sources.map((file) => readFileSync(path(folder, file), 'utf8')).join('\n');
  const listened = [...text.matchAll(/\bon(?:<[^>]*>)?\((?:socket, )?'(\w+)'/g)].map((match) => match[1] ?? '');
  const ofSocketIo = ['connection', 'disconnect', 'disconnecting', 'error'];
  expect(new Set(listened.filter((name) => !ofSocketIo.includes(name)))).toEqual(new Set(names));
});

test.each(names)(`${MESSAGES} malformed %s: each gets a code, and nothing changes`, async (name) => {
  const wrong = wrongArguments(name);
  const crowdSockets = await sockets(Math.ceil(MESSAGES / OF_ONE_SOCKET));
  const senders = [ruth.socket as unknown as Socket, maya.socket as unknown as Socket, ...crowdSockets];
  const say = 'That message could not be read. Reload the page, then try again.';
  const right = JSON.stringify({ ok: false, refused: 'badRequest', say });
  const hows = new Set<string>();
  const wrongly: string[] = [];
  let sent = 0;
  for (const [index, socket] of senders.entries()) {
    const asked: Promise<void>[] = [];
    for (let count = index < 2 ? OF_THE_ROOM : OF_ONE_SOCKET; count > 0; count -= 1) {
      const { how, args } = wrong.next().value as { how: string; args: unknown[] };
      hows.add(how);
      sent += 1;
      // Some ask for no answer; they may do no harm either.
      if (count % 20 === 0) socket.emit(name, ...args);
      const answer = ask(socket, name, args).then(JSON.stringify, String);
      const look = (said: string): void => {
        if (said !== right) wrongly.push(`${how}: ${said} to ${JSON.stringify(args).slice(0, 300)}`);
      };
      asked.push(answer.then(look));
    }
    await Promise.all(asked);
    if (wrongly.length > 0) break;
  }
  expect(wrongly.slice(0, 5)).toEqual([]);
  expect(sent).toBeGreaterThanOrEqual(MESSAGES);
  for (const damage of Object.keys(socketDamages)) expect(hows).toContain(damage);
  expect(crowd.dump()).toBe(before);
  expect(await crowd.alive()).toBe(true);
  for (const socket of senders) expect(socket.connected).toBe(true);
  for (const socket of crowdSockets) socket.disconnect();
});

test('a hello that cannot be read lets nobody in', async () => {
  const [seat] = crowd.seats;
  if (!seat) throw new Error('no seat');
  const outcomes = new Set<string>();
  const wrong = malformed(socketAuth, SEED, damages);
  for (let count = 0; count < 200; count += 1) {
    const { value } = wrong.next().value as { value: unknown };
    const socket = socketOf(crowd.server, { ...seat, address: addressOf(1_000 + count) });
    socket.auth = value ?? {};
    const outcome = new Promise<string>((resolve) => {
      socket.once('connect', () => resolve('let in'));
      socket.once('connect_error', ({ message }) => resolve(message));
      // What is not even an object is closed by socket.io itself.
      socket.io.once('close', (reason) => reason === 'transport close' && resolve('closed'));
    });
    outcomes.add(await outcome);
    socket.disconnect();
  }
  expect([...outcomes].toSorted()).toEqual(['closed', 'oldPage']);
  expect(crowd.dump()).toBe(before);
});

/** One a line, as engine.io sends it: packet types, then JSON. */
const FRAMES = `4
42
42[
42[]
42{}
42"command"
42["command",NaN]
42["disconnect"]
42["connect"]
42["__proto__",1]
429999999["command"]
45-1[]
451-["command",{"_placeholder":true,"num":7}]
451-["command"]
40/admin,
41
43
44{"message":"x"}
9
${'2'.repeat(100)}
${'4'.repeat(10_000)}
`.split('\n');

test('bytes that are no message end at most the connection that sent them', async () => {
  for (const frame of FRAMES) {
    const [socket] = await sockets(1);
    if (!socket) throw new Error('no socket');
    const { transport } = socket.io.engine as unknown as { transport: { ws: { send(text: string): void } } };
    transport.ws.send(frame);
    // Either it goes on and answers, or it is over.
    const over = new Promise((resolve) => socket.once('disconnect', resolve));
    await Promise.race([
      over,
      socket
        .timeout(1_000)
        .emitWithAck('clock')
        .catch(() => null),
    ]);
    socket.disconnect();
  }
  const [large, many] = await sockets(2);
  if (!large || !many) throw new Error('no sockets');
  const ended = [large, many].map((socket) => new Promise((resolve) => socket.once('disconnect', resolve)));
  large.emit('command', { commandId: 'x', command: { type: 'leave', more: 'x'.repeat(70_000) } });
  many.emit(
    'command',
    Array.from({ length: 50 }, () => Buffer.from('x')),
  );
  expect(await Promise.all(ended)).toEqual(['transport close', 'transport close']);
  expect(ruth.socket.connected && maya.socket.connected).toBe(true);
  expect(crowd.dump()).toBe(before);
  expect(await crowd.alive()).toBe(true);
});

test('the same room answers a sound message, and the comparison sees what it changes', async () => {
  expect(await ruth.give({ type: 'pause' })).toMatchObject({ ok: true });
  expect(crowd.dump()).not.toBe(before);
});
