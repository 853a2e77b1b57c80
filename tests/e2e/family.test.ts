import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { WebSocketRoute } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { weigh, type Fetched } from '../bench/weight.fixtures.ts';
import { launchPerson, type Person } from './harness/browser.ts';
import { startKinroom, type Kinroom } from './harness/kinroom.ts';
import { decodedTracks, energySent, hears } from './harness/measure.ts';
import { isInRoom, isWaiting, joinWith, letIn } from './harness/room.ts';
import { until } from './harness/until.ts';

/** What everything up to the call may weigh, gzip, bytes. */
const BUDGET = 260_000;
const laptop = { width: 1280, height: 800 };
const assets = join(import.meta.dirname, '../../dist/client/assets');

let kinroom: Kinroom;
let ruth: Person;
let maya: Person;
let fetchedBy: () => Promise<Fetched[]>;
/** The sealed boxes on their way to Maya, as long as they are held back. */
let held: (() => void)[] | null = [];
let mediaSockets: string[];

beforeAll(async () => {
  kinroom = await startKinroom();
  [ruth, maya] = await Promise.all([
    launchPerson({ name: 'Ruth', tone: 440, colour: { red: 190, green: 60, blue: 50 }, viewport: laptop }),
    launchPerson({ name: 'Maya', tone: 710, colour: { red: 40, green: 150, blue: 60 }, viewport: laptop }),
  ]);
  fetchedBy = weigh(maya.context);
  mediaSockets = [];
  maya.page.on('websocket', (socket) => /\/rtc/.test(socket.url()) && mediaSockets.push(socket.url()));
  await maya.context.routeWebSocket(/\/socket\.io\//, holdBoxes);
});
afterAll(async () => {
  await Promise.all([ruth, maya].map((person) => person?.close()));
  await kinroom?.stop();
});

function holdBoxes(page: WebSocketRoute): void {
  page.connectToServer().onMessage((message) => {
    if (held !== null && message.toString().startsWith('42["box"')) held.push(() => page.send(message));
    else page.send(message);
  });
}

const scripts = (fetched: Fetched[]): string[] =>
  fetched.map(({ address }) => address).filter((address) => address.endsWith('.js'));

/** How many connections for media this page ever made. */
const connectionsMade = ({ page }: Person): Promise<number> =>
  page.evaluate(() => (window as unknown as { connections: unknown[] }).connections.length);

test('who waits has everything for the call but no token, and has not entered the media server', async () => {
  await joinWith(ruth.page, kinroom, 'facilitator');
  await until('Ruth is in', () => isInRoom(ruth.page));
  await joinWith(maya.page, kinroom, 'family 1');
  await until('Maya waits', () => isWaiting(maya.page));
  for (const part of ['room', 'mediaRoom', 'encryption.worker']) {
    await until(`${part} is loaded`, async () => scripts(await fetchedBy()).some((one) => one.includes(`/${part}-`)));
  }
  await sleep(1_000);
  expect(maya.tokens()).toEqual([]);
  expect(mediaSockets).toEqual([]);
  expect(await connectionsMade(maya)).toBe(0);
});

test('let in while the key is on its way: connected, but nothing of camera or microphone leaves the device', async () => {
  await letIn(ruth.page, 'Maya');
  await until('a box is held', () => held?.length);
  await until('Maya is connected to the SFU', async () =>
    maya.page.evaluate(() =>
      (window as unknown as { connections: RTCPeerConnection[] }).connections.some(
        ({ connectionState }) => connectionState === 'connected',
      ),
    ),
  );
  await sleep(2_000);
  expect(await isInRoom(maya.page)).toBe(false);
  expect(await sendingTracks(maya)).toBe(0);
  expect(await energySent(maya.page)).toBe(0);
  expect(await decodedTracks(ruth.page)).toBe(0);

  for (const pass of held ?? []) pass();
  held = null;
  await until('Maya is in', () => isInRoom(maya.page));
  // So that the silence above meant something.
  await until('Ruth sees her', async () => (await decodedTracks(ruth.page)) === 1);
  await until('Maya sees Ruth', async () => (await decodedTracks(maya.page)) === 1);
  expect(await hears(ruth.page, maya.tone)).toBe(true);
  expect(await sendingTracks(maya)).toBe(2);
  // The SFU would name STUN servers of others, which would learn everybody's address.
  expect(await serversAsked(maya)).toEqual([]);
});

test('a family’s browser is given nothing of staff, no word list, and no more than 260 kB', async () => {
  const fetched = await fetchedBy();
  const text = (name: string): string => readFileSync(join(assets, name), 'utf8');
  const theirs = scripts(fetched).map((address) => text(address.replace('/assets/', '')));
  const others = readdirSync(assets).filter(
    (name) => name.endsWith('.js') && !scripts(fetched).includes(`/assets/${name}`),
  );
  // Words of the facilitator's console, of her sheet on a phone, and of the list for the four words.
  for (const marker of ['Take the lead?', 'People and agenda', 'Is this really', 'abandon']) {
    expect([marker, theirs.some((one) => one.includes(marker))]).toEqual([marker, false]);
    expect([marker, others.some((name) => text(name).includes(marker))]).toEqual([marker, true]);
  }
  // What livekit-client would write to a log holds identities; its encryption worker would print data messages.
  expect(theirs.filter((one) => one.includes('signal connecting to'))).toEqual([]);
  const bytes = fetched.reduce((sum, { gzipBytes }) => sum + gzipBytes, 0);
  expect(bytes).toBeGreaterThan(150_000);
  expect(bytes).toBeLessThanOrEqual(BUDGET);
  expect([...ruth.errors(), ...maya.errors()]).toEqual([]);
  maya.assertNoForeignRequests();
});

/** The servers that this page's connections ask about its own address. */
function serversAsked({ page }: Person): Promise<unknown[]> {
  return page.evaluate(() =>
    (window as unknown as { connections: RTCPeerConnection[] }).connections.flatMap(
      (connection) => connection.getConfiguration().iceServers ?? [],
    ),
  );
}

/** How many tracks this page gives its connections to send. */
async function sendingTracks({ page }: Person): Promise<number> {
  return page.evaluate(
    () =>
      (window as unknown as { connections: RTCPeerConnection[] }).connections
        .filter(({ connectionState }) => connectionState !== 'closed')
        .flatMap((connection) => connection.getSenders())
        .filter(({ track }) => track !== null).length,
  );
}
