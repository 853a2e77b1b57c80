import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { member } from '../../client/keys/testRoom.fixtures.ts';
import { launchPerson, type Person } from './harness/browser.ts';
import { startKinroom, type Kinroom } from './harness/kinroom.ts';
import { decodedTracks, heldTracks, hears } from './harness/measure.ts';
import { fillIn, isInRoom, isWaiting, joinWith, letIn } from './harness/room.ts';
import { until } from './harness/until.ts';

const laptop = { width: 1280, height: 800 };
const phone = { width: 390, height: 844 };

let kinroom: Kinroom;
let ruth: Person;
let other: Person;
const opened: Person[] = [];

beforeAll(async () => {
  kinroom = await startKinroom();
  ruth = await launchPerson({ name: 'Ruth', tone: 440, colour: { red: 190, green: 60, blue: 50 }, viewport: laptop });
  other = await launchPerson({ name: 'Other', tone: 710, colour: { red: 40, green: 150, blue: 60 }, viewport: laptop });
});
afterAll(async () => {
  await Promise.all([ruth, other].map((person) => person?.close()));
  await kinroom?.stop();
});
afterEach(async () => {
  for (const person of [ruth, other, ...opened]) person.assertNoForeignRequests();
  for (const person of opened.splice(0)) await person.close();
});

async function launch(options: Partial<Parameters<typeof launchPerson>[0]>): Promise<Person> {
  const person = await launchPerson({
    name: 'Somebody',
    tone: 1_190,
    colour: { red: 50, green: 60, blue: 190 },
    viewport: laptop,
    ...options,
  });
  opened.push(person);
  return person;
}

const shows = (person: Person, text: RegExp | string) => async (): Promise<boolean> =>
  (await person.page.getByText(text).count()) > 0;

test('a wrong link says so and what to do, and asks for no camera', async () => {
  await other.page.goto(`${kinroom.link('family 1').slice(0, -6)}zzzzzz`);
  await until('the refusal', shows(other, /not one of ours/));
  await until('what to do', shows(other, /ask the person who sent it/i));
  expect(await heldTracks(other.page, 'video')).toBe(0);
  await other.page.goto(`${kinroom.url}/somewhere`);
  await until('no link', shows(other, /open the link you were sent/i));
});

test('before staff are there a family reads that the room is being made ready', async () => {
  await joinWith(other.page, kinroom, 'family 1');
  await until('waiting', () => isWaiting(other.page));
  await until('the words', shows(other, /getting ready/i));
  expect(await isInRoom(other.page)).toBe(false);
});

test('several links live in one browser, each with a seat of its own', async () => {
  await joinWith(ruth.page, kinroom, 'facilitator');
  await until('Ruth is in', () => isInRoom(ruth.page));
  const second = await other.context.newPage();
  await joinWith(second, kinroom, 'family 2');
  await until('family 2 waits', () => isWaiting(second));
  await letIn(ruth.page, 'Maya', 'Priya');
  await until('family 1 is in', () => isInRoom(other.page));
  await until('family 2 is in', () => isInRoom(second));
  await until('both pictures are decoded', async () => (await decodedTracks(ruth.page)) === 2);
  await second.close();
});

test('the same link in a second tab asks which one to use, and the one that is chosen has the seat', async () => {
  const second = await other.context.newPage();
  await second.goto(kinroom.link('family 1'));
  await until('the question', async () => (await second.getByText(/open in another tab/i).count()) > 0);
  expect(await isInRoom(other.page)).toBe(true);
  await second.getByRole('button', { name: /use this tab/i }).click();
  await until('the first tab stepped back', shows(other, /open in another tab/i));
  expect(await heldTracks(other.page, 'video')).toBe(0);
  await fillIn(second);
  await until('the second tab is in without waiting', () => isInRoom(second));
  await second.close();
});

test('the same link on a second device asks, takes over, waits at the door, and the first one is told', async () => {
  await other.page.goto(kinroom.link('family 1'));
  await fillIn(other.page);
  await until('back in', () => isInRoom(other.page));
  const second = await launch({ viewport: phone });
  await joinWith(second.page, kinroom, 'family 1');
  await until('the question', shows(second, /already here on another device/i));
  expect(await isInRoom(other.page)).toBe(true);
  await second.page.getByRole('button', { name: /use this device/i }).click();
  await until('the new device waits', () => isWaiting(second.page));
  await until('the first device is told', shows(other, /went on with another device/i));
  expect(await heldTracks(other.page, 'audio')).toBe(0);
  await until('staff see the different device', shows(ruth, /different device/i));
  await letIn(ruth.page, 'Maya');
  const confirm = ruth.page.getByRole('dialog').getByRole('button', { name: /^Let/ });
  await until('a changed device is confirmed', async () => (await confirm.count()) > 0);
  await confirm.click();
  await until('in again', () => isInRoom(second.page));
});

test('a camera that was denied or is not there: sound only or only listening, and how to mend it', async () => {
  const denied = await launch({ camera: 'denied' });
  await denied.page.goto(kinroom.link('family 3'));
  await until('how to mend it', shows(denied, /blocking/i));
  await fillIn(denied.page);
  const none = await launch({ camera: 'none', name: 'Nobody' });
  await joinWith(none.page, kinroom, 'family 4');
  await until('both wait', async () => (await isWaiting(denied.page)) && (await isWaiting(none.page)));
  await letIn(ruth.page, 'Dan', 'Grace');
  for (const person of [denied, none]) {
    await until('is in', () => isInRoom(person.page));
    expect(await hears(person.page, ruth.tone)).toBe(true);
  }
});

test('a taster guest comes in with a first name from any device, and is led by the staff of the taster', async () => {
  const lee = await launch({ name: 'Lee', viewport: phone });
  await joinWith(lee.page, kinroom, 'taster', 'Lee');
  await until('Lee waits', () => isWaiting(lee.page));
  const host = await launch({ name: 'Host', tone: 880 });
  await host.page.goto(kinroom.link('facilitator'));
  await host.page.getByRole('link', { name: /taster/i }).click();
  await fillIn(host.page);
  await until('the host is in', () => isInRoom(host.page));
  await until('the host reads the name', shows(host, 'Lee'));
  await letIn(host.page, 'Lee');
  await until('Lee is in', () => isInRoom(lee.page));
  expect(await hears(lee.page, host.tone)).toBe(true);
  expect(await lee.page.getByText(/families/i).count()).toBe(0);
});

test('an app’s own browser is told to use another one before any camera is asked for', async () => {
  const page = await other.context.newPage();
  await page.addInitScript(() => {
    Object.defineProperty(navigator, 'userAgent', {
      value:
        'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 [FBAN/FBIOS;FBAV/480.0]',
    });
  });
  await page.goto(kinroom.link('family 5'));
  await until('the advice', async () => (await page.getByText(/open this in safari/i).count()) > 0);
  expect(await page.getByRole('button', { name: /copy/i }).count()).toBeGreaterThan(0);
  expect(await heldTracks(page, 'video')).toBe(0);
  await page.close();
});

test('a browser that cannot encrypt is not let in', async () => {
  const page = await other.context.newPage();
  await page.addInitScript(() => {
    Reflect.deleteProperty(window, 'RTCRtpScriptTransform');
    Reflect.deleteProperty(RTCRtpSender.prototype, 'createEncodedStreams');
  });
  await page.goto(kinroom.link('family 5'));
  await until('the page for it', async () => (await page.getByText(/can’t keep the call private/i).count()) > 0);
  expect(await heldTracks(page, 'video')).toBe(0);
  await page.close();
});

test('a server that swaps a key at the door is found out: nobody is let in on it', async () => {
  const swapped = (await member('somebody else', 'family')).session.card.hpkeKey;
  const tom = await launch({ name: 'Tom', tone: 990 });
  let swaps = 0;
  await tom.context.routeWebSocket(/socket\.io/, (page) => {
    const server = page.connectToServer();
    server.onMessage((message) => {
      const text = String(message);
      if (!text.startsWith('42["events"')) return page.send(message);
      const packet = JSON.parse(text.slice(2)) as [string, { events: { type: string; person?: ArrivedPerson }[] }];
      for (const event of packet[1].events) {
        if (event.type !== 'personArrived' || event.person?.role !== 'caregiver') continue;
        event.person.device.hpkeKey = swapped;
        swaps += 1;
      }
      page.send(`42${JSON.stringify(packet)}`);
    });
  });
  await joinWith(tom.page, kinroom, 'co-facilitator');
  await letIn(ruth.page, 'Tom');
  await until('Tom is in', () => isInRoom(tom.page));
  const late = await launch({ name: 'Late' });
  await joinWith(late.page, kinroom, 'family 6');
  await until('the swapped key reached Tom', () => swaps > 0);
  await letIn(tom.page, 'Kwame');
  await until('Tom reads why', shows(tom, /could not prove whose it is/i));
  expect(await isWaiting(late.page)).toBe(true);
  await letIn(ruth.page, 'Kwame');
  await until('Ruth, who was told the truth, lets them in', () => isInRoom(late.page));
});

type ArrivedPerson = { role: string; device: { hpkeKey: string } };
