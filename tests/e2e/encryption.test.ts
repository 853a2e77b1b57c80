import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchMediaPerson, type MediaPerson } from './harness/mediaPerson.ts';
import { arrivedTracks, energy, gained, hears, inbound, shows } from './harness/measure.ts';
import { servePages } from './harness/pages.ts';
import { startSfu, type Sfu } from './harness/sfu.ts';
import { until } from './harness/until.ts';

const ROOM = 'group';
const WATCH = 2_000;

let sfu: Sfu;
let pages: Awaited<ReturnType<typeof servePages>>;
/** A member with the key. */
let anna: MediaPerson;
/** Has valid tokens; whether the key, too, each test says. */
let eve: MediaPerson;

beforeAll(async () => {
  [sfu, pages] = await Promise.all([startSfu(), servePages()]);
  const place = { pages: pages.url, sfu, room: ROOM };
  [anna, eve] = await Promise.all([
    launchMediaPerson({ ...place, name: 'anna', tone: 440, colour: { red: 200, green: 40, blue: 40 } }),
    launchMediaPerson({ ...place, name: 'eve', tone: 710, colour: { red: 40, green: 180, blue: 40 } }),
  ]);
  await anna.page.evaluate(() => window.media.devices.start());
  await enter(anna, 7);
  await anna.sees('herself connected', ({ state, encrypted }) => state === 'connected' && encrypted);
});

afterAll(async () => {
  await Promise.all([anna, eve].map((person) => person?.close()));
  await Promise.all([sfu?.close(), pages?.close()]);
});

async function enter(person: MediaPerson, keySeed: number): Promise<void> {
  const members = [anna, eve].map(({ identity }) => identity);
  await person.page.evaluate(([roster, seed]) => window.media.enter({ members: roster, keySeed: seed }), [
    members,
    keySeed,
  ] as const);
}

/** Eve comes with a client of another make: no encryption at all. */
async function asStranger(identity = eve.identity): Promise<MediaPerson['page']> {
  const page = await eve.context.newPage();
  await page.goto(`${pages.url}stranger.html`);
  await page.waitForFunction(() => 'stranger' in window);
  const token = await sfu.mintToken(identity, ROOM, { canPublishData: true });
  await page.evaluate(([url, pass]) => window.stranger.join(url, pass), [sfu.url, token] as const);
  return page;
}

async function packets(page: MediaPerson['page'], kind: 'audio' | 'video'): Promise<number> {
  const tracks = await inbound(page);
  return tracks.filter((track) => track.kind === kind).reduce((sum, track) => sum + track.packetsReceived, 0);
}

async function expectNothingDecoded(page: MediaPerson['page']): Promise<void> {
  const tracks = await gained(page, WATCH);
  expect(tracks.map(({ framesDecoded, totalAudioEnergy }) => framesDecoded + totalAudioEnergy)).toEqual(
    tracks.map(() => 0),
  );
}

test('a valid token without the key gets packets and decodes nothing; with the key it decodes', async () => {
  await enter(eve, 8);
  await eve.sees('a picture offered', ({ participants }) => participants[anna.identity]?.picture === true);
  await until(
    'packets of both kinds',
    async () => (await packets(eve.page, 'video')) > 20 && (await packets(eve.page, 'audio')) > 50,
  );
  await expectNothingDecoded(eve.page);
  expect(await energy(eve.page, WATCH)).toBe(0);

  await eve.page.evaluate(() => window.media.setKey(7, 0));
  expect(await shows(eve.page, `[data-identity="${anna.identity}"]`, anna.colour)).toBe(true);
  expect(await hears(eve.page, anna.tone)).toBe(true);
  await eve.page.evaluate(() => window.media.close());
});

test('a client without encryption gets packets and neither the picture nor the sound', async () => {
  const page = await asStranger();
  await until('packets', async () => (await packets(page, 'video')) > 20 && (await packets(page, 'audio')) > 50);
  expect((await gained(page, WATCH)).map(({ framesDecoded }) => framesDecoded)).toEqual([0, 0]);
  expect(await shows(page, 'video', anna.colour, WATCH)).toBe(false);
  expect(await hears(page, anna.tone, WATCH)).toBe(false);
  await page.close();
});

test('what a member sends in the clear is refused and counted: tracks, and a message', async () => {
  const page = await asStranger();
  const witness = await asStranger('witness#laptop');
  await page.evaluate(() => window.stranger.publish({ claim: false }));
  const now = await anna.sees('two refused tracks', ({ refusedTracks }) => refusedTracks === 2);
  expect(now.participants[eve.identity]).toMatchObject({ picture: false, microphone: 'off', speaking: false });
  await anna.sees('the stranger', ({ strangers }) => strangers.join() === 'witness#laptop');

  await page.evaluate(() => window.stranger.send('kiwi-needle'));
  await until('the message reaches others', () =>
    witness.evaluate(() => window.stranger.received().includes('kiwi-needle')),
  );
  expect(await witness.evaluate(() => [...document.querySelectorAll('video')].length)).toBeGreaterThan(0);
  expect(await packets(anna.page, 'video')).toBe(0);
  expect(await anna.page.evaluate(() => window.media.everSaid() + document.body.innerText)).not.toContain(
    'kiwi-needle',
  );
  await page.close();
  await witness.close();
});

test('what the server sends unasked is not played', async () => {
  const page = await asStranger();
  await page.evaluate(() => window.stranger.publish({ claim: false }));
  const { tracks } = await sfu.rooms.getParticipant(ROOM, eve.identity);
  const before = await arrivedTracks(anna.page);
  const sids = tracks.map(({ sid }) => sid);
  await sfu.rooms.updateSubscriptions(ROOM, anna.identity, sids, true);
  await until('both tracks are sent', async () => (await arrivedTracks(anna.page)) === before + 2);
  await until('both are sent back', async () => (await inbound(anna.page)).length === 0);
  await expectNothingDecoded(anna.page);
  expect(await anna.page.locator('audio').count()).toBe(0);
  await page.close();
});

test('clear frames in a track that says it is encrypted are dropped, also after a track that says it is clear', async () => {
  const page = await asStranger();
  await page.evaluate(() => window.stranger.publish({ claim: true }));
  await anna.sees("eve's picture offered", ({ participants }) => participants[eve.identity]?.picture === true);
  // livekit-client's worker stops decrypting somebody's tracks as soon as one of them is announced as clear.
  await page.evaluate(() => window.stranger.publish({ claim: false }));
  await until(
    'packets of both kinds',
    async () => (await packets(anna.page, 'video')) > 20 && (await packets(anna.page, 'audio')) > 50,
  );
  await expectNothingDecoded(anna.page);
  await page.close();
});

test('as long as the encryption worker has not confirmed, nothing is published', async () => {
  const page = await eve.context.newPage();
  await page.route('**/encryption.worker*', (route) => route.abort());
  await page.goto(`${pages.url}media.html`);
  await page.waitForFunction(() => 'media' in window);
  await page.evaluate(() => window.media.devices.start());
  await page.evaluate(() => window.media.enter({ members: [], keySeed: 7 }));
  const me = await until('she is in the room', async () => {
    const present = await sfu.rooms.listParticipants(ROOM);
    return present.find(({ identity }) => identity === eve.identity);
  });
  await sleep(WATCH);
  expect((await sfu.rooms.getParticipant(ROOM, me.identity)).tracks).toEqual([]);
  expect(await page.evaluate(() => window.media.snapshot())).toMatchObject({ state: 'connecting', encrypted: false });
  // Whoever did get the confirmation has published in that time.
  expect((await sfu.rooms.getParticipant(ROOM, anna.identity)).tracks).toHaveLength(2);
  await page.close();
});
