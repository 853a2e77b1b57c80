import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { filterProblem } from '../../infra/netlab/commands.ts';
import type { Line } from '../../infra/netlab/line.ts';
import { goodLine, lossy } from '../../infra/netlab/profiles.ts';
import type { Person } from '../e2e/harness/browser.ts';
import { decodedTracks, heldTracks, openConnections } from '../e2e/harness/measure.ts';
import { fillIn } from '../e2e/harness/room.ts';
import { until } from '../e2e/harness/until.ts';
import { median, numberFrom, within } from './figures.fixtures.ts';
import { bringIn, launchOn, linkOf, openRoom } from './netPeople.fixtures.ts';
import { inNetRoom, say, type NetRoom, type Skipped } from './netRoom.fixtures.ts';
import { watched } from './watch.fixtures.ts';

const GIVE_UP = 60_000;
const OTHER_TAB = /open in another tab/i;
const OTHER_DEVICE = /went on with another device/i;

/** What the place taken next is like: another tab of the browser, or another device while this one's line is bad. */
type Kind = 'tab' | 'deviceAfterLoss' | 'deviceAfterCut';

/** One change of place. ms from the tap to the first picture there, and to the words on the place that was left. */
type Switch = {
  kind: Kind;
  pictureMs: number | null;
  saidMs: number | null;
  /** They had to go through the join page once more. */
  joinedAgain: boolean;
  /** Nothing of the place that was left goes on: no connection for media, no camera. */
  leftClean: boolean;
  /** The greatest number of seats with their name that the facilitator ever saw, and of pictures she got then. */
  seats: number;
  pictures: number;
};

type Quiet = { kind: Kind; newSockets: number; screenChanges: number; seats: number; pictures: number };

/** One seat, two tabs and two devices: one has it, the other says so, and they don't take it from each other by themselves. */
export async function measure(args: string[]): Promise<object | Skipped> {
  const rounds = numberFrom(args, 'rounds', 9);
  const quietSeconds = numberFrom(args, 'quiet', 30);
  return inNetRoom({ filter: false, minutes: 15 }, async (room) => {
    const ruth = await openRoom(room);
    const line = room.addLine();
    const priya = await bringIn(room, ruth, 'Priya', line);
    const switches: Switch[] = [];
    const quiet: Quiet[] = [];

    const tab = await priya.context.newPage();
    await tab.goto(linkOf(room, 'Priya'));
    await until('the second tab says so', () => saysSo(tab, OTHER_TAB));
    quiet.push(await stayQuiet('tab', ruth, [priya.page, tab], quietSeconds));
    let [here, there] = [priya.page, tab];
    for (let round = 0; round < rounds; round++) {
      switches.push(await takeOver({ kind: 'tab', ruth, from: here, to: there, says: OTHER_TAB }));
      [here, there] = [there, here];
      say(`tab ${round + 1} of ${rounds}: ${JSON.stringify(switches.at(-1))}`);
    }
    quiet.push(await stayQuiet('tab', ruth, [here, there], quietSeconds));
    await there.close();

    const devices = await secondDevice(room, ruth, { page: here, line });
    for (let round = 0; round < rounds; round++) {
      const kind = round % 2 === 0 || filterProblem() !== null ? 'deviceAfterCut' : 'deviceAfterLoss';
      switches.push(await changeDevice({ kind, ruth, devices, isFirst: round === 0 }));
      devices.reverse();
      say(`device ${round + 1} of ${rounds}: ${JSON.stringify(switches.at(-1))}`);
      if (round < 2)
        quiet.push(
          await stayQuiet(
            kind,
            ruth,
            devices.map(({ page }) => page),
            quietSeconds,
          ),
        );
    }
    const fine = switches.every(
      (one) => one.pictureMs !== null && one.saidMs !== null && one.leftClean && one.seats === 1,
    );
    const calm = quiet.every((one) => one.screenChanges + one.newSockets === 0 && one.pictures === 1);
    return { passed: fine && calm, medians: medians(switches), quietSeconds, quiet, samples: switches };
  });
}

type Device = { page: Page; line: Line };

async function secondDevice(room: NetRoom, ruth: Person, first: Device): Promise<Device[]> {
  const line = room.addLine();
  const other = await launchOn(room, 'Priya', line);
  await other.page.goto(linkOf(room, 'Priya'));
  await until('one seat only', async () => (await decodedTracks(ruth.page)) === 1);
  return [first, { page: other.page, line }];
}

/** The line of the device in use goes bad, and its person goes on with the other one; then the line is mended. */
async function changeDevice(at: { kind: Kind; ruth: Person; devices: Device[]; isFirst: boolean }): Promise<Switch> {
  const [from, to] = at.devices;
  if (!from || !to) throw new Error('Two devices are needed.');
  if (at.kind === 'deviceAfterLoss') from.line.setProfile(lossy(20));
  else from.line.setUplink(false);
  await sleep(1_000);
  if (at.isFirst) {
    await fillIn(to.page);
    await until('the second device asks which one to use', () => saysSo(to.page, /already here on another device/i));
  }
  const mend = (): void => (at.kind === 'deviceAfterLoss' ? from.line.setProfile(goodLine) : from.line.setUplink(true));
  return takeOver({ kind: at.kind, ruth: at.ruth, from: from.page, to: to.page, says: OTHER_DEVICE, mend });
}

async function takeOver(at: {
  kind: Kind;
  ruth: Person;
  from: Page;
  to: Page;
  says: RegExp;
  mend?: () => void;
}): Promise<Switch> {
  const { kind, ruth, from, to, says, mend } = at;
  await to.bringToFront();
  const use = to.getByRole('button', { name: /^Use this/ });
  await use.waitFor();
  // Before the press: the other place may have said so by the time that the press returns.
  const pressed = Date.now();
  await use.click();
  let joinedAgain = false;
  const picture = await within(GIVE_UP, async () => {
    if (!joinedAgain && (await isAtJoinPage(to))) {
      joinedAgain = true;
      await fillIn(to);
    }
    await letPriyaIn(ruth.page);
    return (await watched(to)).frames['Ruth']?.find((time) => time > pressed) ?? null;
  });
  const mended = mend ? Date.now() : pressed;
  mend?.();
  const said = await within(GIVE_UP, async () => {
    const { screens } = await watched(from);
    return screens.find(({ at: time, words }) => time > pressed && says.test(words))?.at ?? null;
  });
  await within(GIVE_UP, async () => ((await decodedTracks(ruth.page)) === 1 ? true : null));
  return {
    kind,
    joinedAgain,
    pictureMs: picture === null ? null : picture - pressed,
    saidMs: said === null ? null : said - mended,
    leftClean: (await openConnections(from)) + (await heldTracks(from, 'video')) === 0,
    seats: (await watched(ruth.page)).mostSeats['Priya'] ?? 0,
    pictures: await decodedTracks(ruth.page),
  };
}

/** Leaves both places alone for so long and looks whether anything moves. */
async function stayQuiet(kind: Kind, ruth: Person, pages: Page[], seconds: number): Promise<Quiet> {
  const before = await Promise.all(pages.map(watched));
  await sleep(seconds * 1_000);
  const after = await Promise.all(pages.map(watched));
  const more = (count: (diary: (typeof after)[number]) => number): number =>
    after.reduce((sum, diary, index) => sum + count(diary) - (before[index] ? count(before[index]) : 0), 0);
  const quiet = {
    kind,
    newSockets: more(({ sockets }) => sockets.length),
    screenChanges: more(({ screens }) => screens.length),
    seats: (await watched(ruth.page)).mostSeats['Priya'] ?? 0,
    pictures: await decodedTracks(ruth.page),
  };
  say(`${seconds} s left alone: ${JSON.stringify(quiet)}`);
  return quiet;
}

/** If she stands at the door: a device that staff have not seen is asked about once more. */
async function letPriyaIn(staff: Page): Promise<void> {
  const sure = staff.getByRole('button', { name: 'Let Priya in' });
  const door = staff.getByRole('button', { name: 'Let in Priya' });
  if (await sure.isVisible()) await sure.click();
  else if ((await door.count()) > 0) await door.first().click({ timeout: 2_000 });
}

function isAtJoinPage(page: Page): Promise<boolean> {
  return page.getByRole('button', { name: /^Join the/ }).isVisible();
}

function saysSo(page: Page, words: RegExp): Promise<boolean> {
  return page.getByRole('heading', { name: words }).isVisible();
}

function medians(switches: Switch[]): object {
  const kinds = [...new Set(switches.map(({ kind }) => kind))];
  const of = (kind: Kind, pick: (one: Switch) => number | null): number | null => {
    const values = switches.filter((one) => one.kind === kind).flatMap((one) => pick(one) ?? []);
    return values.length === 0 ? null : median(values);
  };
  return Object.fromEntries(
    kinds.map((kind) => [kind, { pictureMs: of(kind, (one) => one.pictureMs), saidMs: of(kind, (one) => one.saidMs) }]),
  );
}
