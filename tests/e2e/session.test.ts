import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { launchPerson, type Person } from './harness/browser.ts';
import { startKinroom, type Kinroom } from './harness/kinroom.ts';
import { decodedTracks, energy, gained, heldTracks, hears, inbound } from './harness/measure.ts';
import { fillIn, fourWords, isInRoom, isWaiting, joinWith, letIn, minutesLeft, segment } from './harness/room.ts';
import { until } from './harness/until.ts';

const LISTEN = 1_500;
const laptop = { width: 1440, height: 900 };
const phone = { width: 390, height: 844 };

let kinroom: Kinroom;
let ruth: Person;
let maya: Person;
let priya: Person;
const everybody = (): Person[] => [ruth, maya, priya];

beforeAll(async () => {
  kinroom = await startKinroom();
  [ruth, maya, priya] = await Promise.all([
    launchPerson({ name: 'Ruth', tone: 440, colour: { red: 190, green: 60, blue: 50 }, viewport: laptop }),
    launchPerson({
      name: 'Maya',
      tone: 710,
      colour: { red: 40, green: 150, blue: 60 },
      viewport: laptop,
      clockAhead: 5,
    }),
    launchPerson({ name: 'Priya', tone: 1_190, colour: { red: 50, green: 60, blue: 190 }, viewport: phone }),
  ]);
});
afterAll(async () => {
  await Promise.all(everybody().map((person) => person?.close()));
  await kinroom?.stop();
});
afterEach(() => {
  for (const person of everybody()) {
    person.assertNoForeignRequests();
    // While the server is dead the browser itself notes each try to reach it.
    expect(person.errors().filter((error) => !error.includes('ERR_CONNECTION_REFUSED'))).toEqual([]);
  }
});

async function expectMeeting(): Promise<void> {
  for (const person of everybody()) {
    await until(`${person.name} decodes both others`, async () => (await decodedTracks(person.page)) === 2);
    for (const other of everybody()) {
      if (other !== person)
        expect([person.name, other.name, await hears(person.page, other.tone)]).toEqual([
          person.name,
          other.name,
          true,
        ]);
    }
  }
}

async function sameSegment(title: string): Promise<void> {
  for (const { page, name } of everybody())
    await until(`${name} is at ${title}`, async () => (await segment(page)) === title);
}

const microphone = (person: Person) => person.page.getByRole('button', { name: /^Mic/ });

/** How often this page was loaded: to see that nothing reloads it behind people's backs. */
const loads = (person: Person) => person.page.evaluate(() => performance.timeOrigin);

test('families wait unseen, and see nobody but who leads', async () => {
  await joinWith(maya.page, kinroom, 'family 1');
  await until('Maya waits', () => isWaiting(maya.page));
  await joinWith(ruth.page, kinroom, 'facilitator');
  await until('Ruth opens the room by coming', () => isInRoom(ruth.page));
  await joinWith(priya.page, kinroom, 'family 2');
  await until('Priya waits', () => isWaiting(priya.page));
  await until(
    'Ruth sees both',
    async () => (await ruth.page.getByRole('button', { name: /^Let in all 2/ }).count()) === 1,
  );
  expect(await maya.page.getByText('Priya').count()).toBe(0);
  expect(await inbound(maya.page)).toEqual([]);
  expect([...maya.tokens(), ...priya.tokens()]).toEqual([]);
});

test('let in, all see and hear each other and read the same four words', async () => {
  await ruth.page.getByRole('button', { name: /^Let in all 2/ }).click();
  for (const person of [maya, priya]) await until(`${person.name} is in`, () => isInRoom(person.page));
  await expectMeeting();
  const words = await Promise.all(everybody().map(({ page }) => fourWords(page)));
  expect(new Set(words).size).toBe(1);
});

test('the agenda moves on all screens, and a clock that is five minutes wrong shows the right time', async () => {
  await ruth.page.getByRole('button', { name: /^Start/ }).click();
  await sameSegment('Arrive and settle');
  await ruth.page.getByRole('button', { name: 'Next', exact: true }).click();
  await sameSegment('Home play stories');
  const left = await Promise.all(everybody().map(({ page }) => minutesLeft(page)));
  for (const minutes of left) expect(Math.abs(minutes - 15)).toBeLessThanOrEqual(1);
  await ruth.page.getByRole('button', { name: '+2 min' }).click();
  await until('Maya has two minutes more', async () => (await minutesLeft(maya.page)) >= 16);
  await ruth.page.getByRole('button', { name: /^Pause/ }).click();
  await until('Priya sees the pause', async () => (await priya.page.getByText(/paused/i).count()) > 0);
  await ruth.page.getByRole('button', { name: /^Resume/ }).click();
});

test('the server is killed in the middle: media never stops, nobody reloads, and the evening goes on where it was', async () => {
  const before = await Promise.all(everybody().map(loads));
  const pid = kinroom.server();
  const sfu = kinroom.sfu();
  process.kill(pid, 'SIGKILL');
  for (const person of everybody()) {
    const tracks = (await gained(person.page, 2_000)).filter(({ kind }) => kind === 'video');
    expect(tracks).toHaveLength(2);
    for (const { framesDecoded } of tracks) expect(framesDecoded).toBeGreaterThan(0);
  }
  await until('another server runs', () => kinroom.server() > 0 && kinroom.server() !== pid);
  await sameSegment('Home play stories');
  await ruth.page.getByRole('button', { name: 'Next', exact: true }).click();
  await sameSegment('How did the first one feel?');
  expect(kinroom.sfu()).toBe(sfu);
  expect(await Promise.all(everybody().map(loads))).toEqual(before);
});

test('a person who is muted reloads and comes straight back, silent until they unmute', async () => {
  await microphone(maya).click();
  await until('silence', async () => !(await hears(ruth.page, maya.tone, 1_000)));
  await maya.page.reload();
  await until('Maya is back by herself', () => isInRoom(maya.page));
  await until('Maya decodes both', async () => (await decodedTracks(maya.page)) === 2);
  await until('Ruth decodes both again', async () => (await decodedTracks(ruth.page)) >= 2);
  expect(await segment(maya.page)).toBe('How did the first one feel?');
  await microphone(ruth).click();
  await microphone(priya).click();
  for (const person of everybody()) {
    await until(`${person.name} hears nothing`, async () => (await energy(person.page, LISTEN)) === 0);
  }
  for (const person of everybody()) await microphone(person).click();
  await expectMeeting();
});

test('the facilitator reloads: the key comes back to her without a hand, and the lead is still hers', async () => {
  await ruth.page.reload();
  await until('Ruth is back by herself', () => isInRoom(ruth.page));
  await expectMeeting();
  await ruth.page.getByRole('button', { name: 'Next', exact: true }).click();
  await sameSegment('Clips from home, first family');
  const words = await Promise.all(everybody().map(({ page }) => fourWords(page)));
  expect(new Set(words).size).toBe(1);
});

test('the camera goes off with its light, and leaving means the door again', async () => {
  const camera = priya.page.getByRole('button', { name: /^Camera/ });
  await camera.click();
  await until('the light is off', async () => (await heldTracks(priya.page, 'video')) === 0);
  await until(
    'Ruth sees one picture less',
    async () => (await gained(ruth.page, 1_000)).filter((t) => t.framesDecoded > 0).length === 1,
  );
  await camera.click();
  await until(
    'Ruth sees it again',
    async () => (await gained(ruth.page, 1_000)).filter((t) => t.framesDecoded > 0).length === 2,
  );
  await priya.page.getByRole('button', { name: 'Leave' }).first().click();
  await priya.page
    .getByRole('dialog')
    .getByRole('button', { name: /^Leave/ })
    .click();
  await until('Priya has left', async () => (await priya.page.getByText('You’ve left the room').count()) === 1);
  expect(await heldTracks(priya.page, 'video')).toBe(0);
  await priya.page.getByRole('button', { name: /come back/i }).click();
  await fillIn(priya.page);
  await until('Priya waits', () => isWaiting(priya.page));
  await letIn(ruth.page, 'Priya');
  await until('Priya is in', () => isInRoom(priya.page));
  await expectMeeting();
});

test('no token that reached a browser may record, hide or manage', () => {
  const tokens = everybody().flatMap((person) => person.tokens());
  expect(tokens.length).toBeGreaterThanOrEqual(3);
  for (const token of tokens) {
    const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as { video?: object };
    for (const right of ['roomRecord', 'roomAdmin', 'hidden', 'recorder']) {
      expect([right, Reflect.get(claims.video ?? {}, right) ?? false]).toEqual([right, false]);
    }
  }
});

test('the end is the end for everybody', async () => {
  await ruth.page.getByRole('button', { name: /^End/ }).first().click();
  await ruth.page.getByRole('dialog').getByRole('button', { name: /^End/ }).last().click();
  for (const { page, name } of everybody()) {
    await until(
      `${name} sees the end`,
      async () => (await page.getByText(/camera and microphone are off/i).count()) === 1,
    );
    expect(await heldTracks(page, 'audio')).toBe(0);
  }
});
