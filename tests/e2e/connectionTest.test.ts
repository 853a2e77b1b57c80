import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { launchPerson, type Person, type PersonOptions } from './harness/browser.ts';
import { startKinroom, type Kinroom } from './harness/kinroom.ts';
import { heldTracks, inbound, openConnections } from './harness/measure.ts';
import { until } from './harness/until.ts';

const colour = { red: 190, green: 60, blue: 50 };
const phone = { width: 390, height: 844 };
const titles = [
  'Your browser',
  'Camera and microphone',
  'Our server',
  'The way for picture and sound',
  'Encrypted picture and sound',
];

let kinroom: Kinroom;
const open: Person[] = [];

beforeAll(async () => {
  kinroom = await startKinroom();
});
afterEach(async () => {
  for (const person of open) person.assertNoForeignRequests();
  await Promise.all(open.splice(0).map((person) => person.close()));
});
afterAll(async () => {
  await Promise.all(open.map((person) => person.close()));
  await kinroom?.stop();
});

async function visit(path: string, options: Partial<PersonOptions> = {}): Promise<Person> {
  const person = await launchPerson({ name: 'Somebody', tone: 440, colour, ...options });
  open.push(person);
  await person.page.goto(path.startsWith('http') ? path : `${kinroom.url}${path}`);
  return person;
}

/** Presses the button, waits for the end, and returns the page's words: the result, and of each part its text. */
async function tested({ page }: Person, button = 'Start the test'): Promise<{ result: string; parts: string[] }> {
  await page.getByRole('button', { name: button }).click();
  const result = page.getByRole('region', { name: 'Result' });
  await until('the end of the test', () => result.isVisible(), 90_000);
  const parts = await page.locator('.check-list > li').all();
  const texts = parts.map(async (part) => {
    expect(titles).toContain(((await part.locator('b').textContent()) ?? '').replace(/\..*/, ''));
    return (await part.locator('p').allInnerTexts()).join(' ');
  });
  return { result: await result.getByRole('heading').innerText(), parts: await Promise.all(texts) };
}

type Grant = Record<string, unknown> & { room: string };

function grantsOf(person: Person): Grant[] {
  return person
    .tokens()
    .map(
      (token) => (JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as { video: Grant }).video,
    );
}

/** One room of its own, one way each, nothing that could be recorded or hidden. */
function expectNoMoreRightsThanNeeded(person: Person): void {
  const grants = grantsOf(person);
  expect(grants.length).toBeGreaterThanOrEqual(2);
  expect(new Set(grants.map(({ room }) => room)).size).toBe(1);
  for (const grant of grants) {
    expect(grant.room).toMatch(/^check-/);
    expect([grant['canPublish'], grant['canSubscribe']]).toContain(false);
    for (const right of ['canPublishData', 'roomRecord', 'roomAdmin', 'hidden', 'recorder']) {
      expect([right, grant[right] ?? false]).toEqual([right, false]);
    }
  }
}

test('nothing happens before a press; then picture and sound go out and come back, and all ends by itself', async () => {
  const person = await visit('/check', { viewport: phone });
  const { page, context } = person;
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.getByRole('button', { name: 'Start the test' }).waitFor();
  const loaded = () =>
    page.evaluate(() =>
      performance
        .getEntriesByType('resource')
        .map(({ name }) => name)
        .join('\n'),
    );
  expect(await loaded()).not.toMatch(/\/(connectionTest|connection|encryption\.worker|mediaRoom)-|\/api\//);
  expect([await heldTracks(page, 'video'), await openConnections(page), person.tokens()]).toEqual([0, 0, []]);

  await page.getByRole('button', { name: 'Start the test' }).click();
  await until('the picture comes back', async () =>
    (await inbound(page)).some(({ framesDecoded }) => framesDecoded > 5),
  );
  expect(await heldTracks(page, 'video')).toBeGreaterThan(0);
  const result = page.getByRole('region', { name: 'Result' });
  await until('the end of the test', () => result.isVisible(), 90_000);
  expect(await result.getByRole('heading').innerText()).toBe('You are ready');
  await until(
    'the camera is off',
    async () => (await heldTracks(page, 'video')) + (await heldTracks(page, 'audio')) === 0,
  );
  await until('nothing is connected', async () => (await openConnections(page)) === 0);

  await page.getByRole('button', { name: 'Copy the result' }).click();
  const text = await page.evaluate(() => navigator.clipboard.readText());
  expect(text.split('\n')).toHaveLength(titles.length + 2);
  for (const title of titles) expect(text).toMatch(new RegExp(`^\\[ok\\] ${title}: `, 'm'));
  expect(text).toMatch(/^Kinroom connection test: You are ready$/m);
  expect(text).not.toMatch(/fake|localhost|\d+\.\d+\.\d+\.\d+|check-/);
  expect(person.errors()).toEqual([]);
  expectNoMoreRightsThanNeeded(person);
});

test('who says no to camera and microphone is told how to mend it, and can test the rest without', async () => {
  const person = await visit('/check', { camera: 'denied' });
  const { result, parts } = await tested(person);
  expect([result, parts[1]]).toEqual([
    'Something is in the way',
    'Your browser is blocking the camera and microphone.',
  ]);
  expect(parts[4]).toMatch(/^Both went out and came back/);
  expect(await person.page.getByText('Turn on Camera and Microphone.').isVisible()).toBe(true);
  await person.page.reload();
  const without = await tested(person, 'Test without camera and microphone');
  expect([without.result, without.parts[1]]).toEqual(['You are ready', 'Not tested, as you chose.']);
  expect(await heldTracks(person.page, 'audio')).toBe(0);
});

test('no camera and no UDP: it works with sound first, tried with a drawn picture', async () => {
  const person = await visit('/check', { camera: 'none', network: 'tcpOnly' });
  const { result, parts } = await tested(person);
  expect([result, parts[1], parts[3]]).toEqual([
    'It will work, with sound first',
    'We can’t find a camera. Your microphone works.',
    'It works, but may be slower on this network.',
  ]);
  expect(parts[4]).toMatch(/came back/);
});

test('what a network stops is named: our server, the media server, the socket; and a seventh test has to wait', async () => {
  const person = await visit('/check');
  const { page } = person;
  await page.route('**/api/connection-test', (route) => route.abort(), { times: 1 });
  const noServer = await tested(person);
  expect(noServer.parts[2]).toBe('We could not reach Kinroom. Check your connection, then try again.');
  await page.routeWebSocket(/\/rtc/, (socket) => socket.close());
  await page.reload();
  const noMedia = await tested(person);
  expect([noMedia.result, noMedia.parts[3], noMedia.parts[4]]).toEqual([
    'Something is in the way',
    'This network lets no picture and no sound through.',
    'Not tested, because of the above',
  ]);
  await page.routeWebSocket(/\/socket.io\//, (socket) => socket.close());
  await page.reload();
  const noSocket = await tested(person);
  expect(noSocket.parts[2]).toBe('Pages come through, but not the connection that keeps everybody in step.');
  expect(await heldTracks(page, 'audio')).toBe(0);
  await tested(person, 'Test again');
  const seventh = await tested(person, 'Test again');
  expect(seventh.parts[2]).toBe('There were many tests from here. Wait ten minutes, then test again.');
});

test('from the join page one comes here and back, with the same link', async () => {
  const person = await visit(kinroom.link('family 1'), { viewport: { width: 1366, height: 768 } });
  const { page } = person;
  await page.getByRole('link', { name: 'Test your connection first' }).click();
  await page.getByRole('button', { name: 'Back to my invitation' }).click();
  await page.getByRole('button', { name: 'Join the group' }).waitFor();
  expect(page.url()).toBe(kinroom.link('family 1'));
});
