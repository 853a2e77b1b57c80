import { setTimeout as sleep } from 'node:timers/promises';
import type { Line } from '../../infra/netlab/line.ts';
import type { Person } from '../e2e/harness/browser.ts';
import { hears } from '../e2e/harness/measure.ts';
import { isInRoom, minutesLeft, segment } from '../e2e/harness/room.ts';
import { until } from '../e2e/harness/until.ts';
import { median, numberFrom, within } from './figures.fixtures.ts';
import { bringIn, openRoom } from './netPeople.fixtures.ts';
import { inNetRoom, say, type Skipped } from './netRoom.fixtures.ts';
import { watched } from './watch.fixtures.ts';

/** What most samples are taken with, s: below and above the heartbeat of the session's connection. */
const NAPS = [5, 15, 30, 45];
/** A laptop that wakes has no network for a moment, ms. */
const NETWORK_AFTER = 2_000;
const GIVE_UP = 60_000;

type Sleeper = { person: Person; line: Line };

/** One sleep, ms; null: it never happened. */
type Sleep = {
  seconds: number;
  name: string;
  muted: boolean;
  /** From the network being back to Ruth's picture, to Ruth seeing them, and to the agenda being right. */
  pictureMs: number | null;
  seenMs: number | null;
  agendaMs: number | null;
  /** From falling asleep until Ruth read that they are reconnecting. */
  toldMs: number | null;
  reloaded: boolean;
  /** Their microphone was off before and on, or heard, after. */
  unmuted: boolean;
  /** The greatest number of seats with their name that Ruth ever saw. */
  seats: number;
};

/**
 * Laptops that sleep: every process of the browser stands still and the Wi-Fi is off, while the session goes on. One for
 * `--minutes=10`, and meanwhile another `--naps=9` times for seconds.
 */
export async function measure(args: string[]): Promise<object | Skipped> {
  const minutes = numberFrom(args, 'minutes', 10);
  const naps = numberFrom(args, 'naps', 9);
  return inNetRoom({ filter: false, minutes: minutes + 10 }, async (room) => {
    const ruth = await openRoom(room);
    const [long, short] = [room.addLine(), room.addLine()];
    const priya: Sleeper = { line: long, person: await bringIn(room, ruth, 'Priya', long) };
    const dan: Sleeper = { line: short, person: await bringIn(room, ruth, 'Dan', short) };
    await ruth.page.getByRole('button', { name: /^Start/ }).click();
    await until('the session runs', async () => (await segment(dan.person.page)) !== '');
    const sleeps: Sleep[] = [];
    await setMicrophone(priya, false);
    const longSleep = sleepAndWake(ruth, priya, minutes * 60, async () => {
      await ruth.page.getByRole('button', { name: 'Next', exact: true }).click();
      for (let nap = 0; nap < naps; nap++) {
        await setMicrophone(dan, nap % 2 === 1);
        sleeps.push(await sleepAndWake(ruth, dan, NAPS[nap % NAPS.length] ?? 5));
        say(`nap ${nap + 1} of ${naps}: ${JSON.stringify(sleeps.at(-1))}`);
      }
    });
    sleeps.push(await longSleep);
    say(`${minutes} minutes: ${JSON.stringify(sleeps.at(-1))}`);
    return { passed: sleeps.every(isGood), minutes, medians: medians(sleeps), samples: sleeps };
  });
}

async function sleepAndWake(
  ruth: Person,
  { person, line }: Sleeper,
  seconds: number,
  meanwhile = async (): Promise<void> => {},
): Promise<Sleep> {
  const { page, name } = person;
  const { began } = await watched(page);
  const muted = await isMuted(person);
  line.setWifi(false);
  line.setAsleep(true);
  const asleep = Date.now();
  await Promise.all([sleep(seconds * 1_000), meanwhile()]);
  line.setAsleep(false);
  await sleep(NETWORK_AFTER);
  line.setWifi(true);
  const back = Date.now();
  const since = (moment: number | null): number | null => (moment === null ? null : moment - back);
  const drawn = (by: Person, of: string) =>
    within(GIVE_UP, async () => (await watched(by.page)).frames[of]?.find((time) => time > back) ?? null);
  const [picture, seen, agenda] = await Promise.all([
    drawn(person, 'Ruth'),
    drawn(ruth, name),
    within(GIVE_UP, async () => ((await sameAgenda(ruth, person)) ? Date.now() : null)),
  ]);
  await sleep(2_000);
  const hers = await watched(ruth.page);
  const told = hers.seats.find((seat) => seat.name === name && seat.at > asleep && seat.words === 'Reconnecting');
  return {
    seconds,
    name,
    muted,
    pictureMs: since(picture),
    seenMs: since(seen),
    agendaMs: since(agenda),
    toldMs: told ? told.at - asleep : null,
    reloaded: (await watched(page)).began !== began || !(await isInRoom(page)),
    unmuted: muted && (!(await isMuted(person)) || (await hears(ruth.page, person.tone, 1_500))),
    seats: hers.mostSeats[name] ?? 0,
  };
}

async function sameAgenda(ruth: Person, person: Person): Promise<boolean> {
  const [hers, theirs] = await Promise.all([ruth, person].map(({ page }) => segment(page)));
  const [left, leftThere] = await Promise.all([ruth, person].map(({ page }) => minutesLeft(page)));
  // Their minutes may tick over between the two looks.
  return hers === theirs && Math.abs((left ?? 0) - (leftThere ?? Number.NaN)) <= 1;
}

async function isMuted({ page }: Person): Promise<boolean> {
  return page.getByRole('button', { name: /^Mic off/ }).isVisible();
}

async function setMicrophone({ person }: Sleeper, on: boolean): Promise<void> {
  if ((await isMuted(person)) === on) await person.page.getByRole('button', { name: /^Mic/ }).click();
  await until('the microphone as wanted', async () => (await isMuted(person)) !== on);
}

function isGood({ pictureMs, seenMs, agendaMs, reloaded, unmuted, seats }: Sleep): boolean {
  return [pictureMs, seenMs, agendaMs].every((ms) => ms !== null) && !reloaded && !unmuted && seats === 1;
}

function medians(sleeps: Sleep[]): object {
  const of = (pick: (one: Sleep) => number | null): number | null => {
    const values = sleeps.flatMap((one) => pick(one) ?? []);
    return values.length === 0 ? null : median(values);
  };
  return {
    pictureMs: of((one) => one.pictureMs),
    seenMs: of((one) => one.seenMs),
    agendaMs: of((one) => one.agendaMs),
    toldMs: of((one) => one.toldMs),
  };
}
