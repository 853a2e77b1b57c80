import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchPerson, type Person } from './harness/browser.ts';
import { startKinroom, type Kinroom } from './harness/kinroom.ts';
import { decodedTracks, hears } from './harness/measure.ts';
import { fillIn, isInRoom, isWaiting, joinWith, letIn, segment } from './harness/room.ts';
import { until } from './harness/until.ts';

const laptop = { width: 1280, height: 800 };
let kinroom: Kinroom;
let ruth: Person;
let tom: Person;
let priya: Person;

beforeAll(async () => {
  kinroom = await startKinroom();
  [ruth, tom, priya] = await Promise.all([
    launchPerson({ name: 'Ruth', tone: 440, colour: { red: 190, green: 60, blue: 50 }, viewport: laptop }),
    launchPerson({ name: 'Tom', tone: 710, colour: { red: 40, green: 150, blue: 60 }, viewport: laptop }),
    launchPerson({ name: 'Priya', tone: 1_190, colour: { red: 50, green: 60, blue: 190 } }),
  ]);
  // A phone: something is put aside by locking it, which a page sees as being hidden.
  await priya.context.addInitScript(() => {
    const { matchMedia } = window;
    window.matchMedia = (query) => matchMedia(query === '(pointer: coarse)' ? 'all' : query);
  });
});
afterAll(async () => {
  await Promise.all([ruth, tom, priya].map((person) => person?.close()));
  await kinroom?.stop();
});

/** Locks or unlocks the phone, as far as a page can see it. */
async function setHidden(person: Person, hidden: boolean): Promise<void> {
  await person.page.evaluate(
    (state) => {
      Object.defineProperty(document, 'visibilityState', { value: state, configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    },
    hidden ? 'hidden' : 'visible',
  );
}

test('a colleague needs one tap the first time, and none on the device that is known', async () => {
  await joinWith(ruth.page, kinroom, 'facilitator');
  await until('Ruth is in', () => isInRoom(ruth.page));
  await joinWith(tom.page, kinroom, 'co-facilitator');
  await until('Tom waits', () => isWaiting(tom.page));
  await letIn(ruth.page, 'Tom');
  await until('Tom is in', () => isInRoom(tom.page));
  await tom.page.getByRole('button', { name: 'Leave' }).first().click();
  await tom.page
    .getByRole('dialog')
    .getByRole('button', { name: /^Leave/ })
    .click();
  await tom.page.getByRole('button', { name: /come back/i }).click();
  await fillIn(tom.page);
  await until('Tom is in by himself', () => isInRoom(tom.page));
});

test('a locked phone: back soon, the seat is kept, one tap returns, microphone off', async () => {
  await joinWith(priya.page, kinroom, 'family 2');
  await letIn(ruth.page, 'Priya');
  await until('Priya is in', () => isInRoom(priya.page));
  expect(await hears(ruth.page, priya.tone)).toBe(true);
  await setHidden(priya, true);
  await until('Ruth reads it', async () => (await ruth.page.getByText('Back soon').count()) > 0);
  expect(await hears(ruth.page, priya.tone, 1_500)).toBe(false);
  await setHidden(priya, false);
  const back = priya.page.getByRole('button', { name: /back/i }).last();
  await until('the way back', async () => (await back.count()) > 0);
  expect(await ruth.page.getByText('Back soon').count()).toBeGreaterThan(0);
  await back.click();
  await until('Ruth reads it no more', async () => (await ruth.page.getByText('Back soon').count()) === 0);
  await until('Ruth decodes both', async () => (await decodedTracks(ruth.page)) === 2);
  expect(await hears(ruth.page, priya.tone, 1_500)).toBe(false);
  await priya.page.getByRole('button', { name: /^Mic/ }).click();
  expect(await hears(ruth.page, priya.tone)).toBe(true);
});

test('the SFU is killed: everybody is back with picture and sound, and nobody is unmuted by it', async () => {
  await ruth.page.getByRole('button', { name: /^Start/ }).click();
  await until('the session runs', async () => (await segment(tom.page)) === 'Arrive and settle');
  await priya.page.getByRole('button', { name: /^Mic/ }).click();
  await until('Priya is silent', async () => !(await hears(ruth.page, priya.tone, 1_000)));
  process.kill(kinroom.sfu(), 'SIGKILL');
  await until('another SFU runs', () => kinroom.sfu() > 0);
  for (const person of [ruth, tom, priya]) {
    await until(`${person.name} decodes both others`, async () => (await decodedTracks(person.page)) === 2);
  }
  expect(await hears(ruth.page, tom.tone)).toBe(true);
  expect(await hears(ruth.page, priya.tone, 1_500)).toBe(false);
  expect(await segment(priya.page)).toBe('Arrive and settle');
});

test('one facilitator is gone for good: the other takes the lead with a tap and goes on', async () => {
  await ruth.page.close();
  await tom.page.getByRole('button', { name: /take the lead/i }).click();
  const sure = tom.page.getByRole('dialog').getByRole('button', { name: /take the lead/i });
  if ((await sure.count()) > 0) await sure.click();
  await tom.page.getByRole('button', { name: 'Next', exact: true }).click();
  await until('Priya sees it', async () => (await segment(priya.page)) === 'Home play stories');
});
