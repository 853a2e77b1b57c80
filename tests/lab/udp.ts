import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import type { Line } from '../../infra/netlab/line.ts';
import { goodLine, udpBlocked, type LineProfile } from '../../infra/netlab/profiles.ts';
import type { Kinroom } from '../e2e/harness/kinroom.ts';
import { until } from '../e2e/harness/until.ts';
import { endOfPause, longestPause, median, numberFrom, within } from './figures.fixtures.ts';
import { bringIn, openRoom } from './netPeople.fixtures.ts';
import { inNetRoom, say, type Skipped } from './netRoom.fixtures.ts';
import { transports } from './transport.fixtures.ts';
import { watched } from './watch.fixtures.ts';

/** Longer than any pause that was ever seen, ms. */
const GIVE_UP = 90_000;

type Join = { joinMs: number; mediaMs: number; seenMs: number; over: string };
type Cut = { family: number; facilitator: number; over: string };

/**
 * A line that lets no UDP through: how long joining takes, beside the same line with UDP, in turns; and how long pictures
 * stand still when UDP ends in the middle of a call. `--rounds=9` says how many samples of each.
 */
export async function measure(args: string[]): Promise<object | Skipped> {
  const rounds = numberFrom(args, 'rounds', 9);
  return inNetRoom({ filter: true, minutes: 15 }, async (room) => {
    const ruth = await openRoom(room);
    const line = room.addLine();
    const { page } = await bringIn(room, ruth, 'Priya', line);
    const open: Join[] = [];
    const blocked: Join[] = [];
    const cuts: Cut[] = [];
    for (let round = 1; round <= rounds; round++) {
      open.push(await join(page, ruth.page, line, goodLine));
      blocked.push(await join(page, ruth.page, line, udpBlocked));
      say(`join ${round} of ${rounds}: ${open.at(-1)?.joinMs} ms, without UDP ${blocked.at(-1)?.joinMs} ms`);
    }
    for (let round = 1; round <= rounds; round++) {
      await forgetLines(room.kinroom);
      await join(page, ruth.page, line, goodLine);
      cuts.push(await cut(page, ruth.page, line));
      say(`UDP cut ${round} of ${rounds}: pictures stood still for ${JSON.stringify(cuts.at(-1))} ms`);
    }
    const joinMs = (joins: Join[]) => median(joins.map((one) => one.joinMs));
    const mediaMs = (joins: Join[]) => median(joins.map((one) => one.mediaMs));
    const seenMs = (joins: Join[]) => median(joins.map((one) => one.seenMs));
    return {
      joinMs: { open: joinMs(open), blocked: joinMs(blocked), ratio: joinMs(blocked) / joinMs(open) },
      mediaMs: { open: mediaMs(open), blocked: mediaMs(blocked), ratio: mediaMs(blocked) / mediaMs(open) },
      seenMs: { open: seenMs(open), blocked: seenMs(blocked), ratio: seenMs(blocked) / seenMs(open) },
      stillMs: {
        family: median(cuts.map(({ family }) => family)),
        facilitator: median(cuts.map(({ facilitator }) => facilitator)),
      },
      samples: { open, blocked, cuts },
    };
  });
}

/**
 * Reloads the family's page on a line of this kind. All in ms: from the reload to their first picture, from calling the
 * SFU to it, and from the reload until the facilitator sees them again.
 */
async function join(family: Page, facilitator: Page, line: Line, profile: LineProfile): Promise<Join> {
  line.setProfile(profile);
  await family.reload();
  const first = await until('a picture of Ruth', async () => (await drawn(family, 'Ruth'))[0], GIVE_UP);
  const { began, sockets } = await watched(family);
  const called = sockets.find(({ to }) => to === 'sfu')?.at ?? Number.NaN;
  const seen = await until(
    'a picture of Priya',
    async () => endOfPause(await drawn(facilitator, 'Priya'), began, 500),
    GIVE_UP,
  );
  return {
    joinMs: Math.round(first - began),
    mediaMs: first - called,
    seenMs: Math.round(seen - began),
    over: (await transports(family)).join(' '),
  };
}

async function drawn(page: Page, name: string): Promise<number[]> {
  return (await watched(page)).frames[name] ?? [];
}

/** An SFU remembers for minutes whose UDP failed and offers them TCP at once; a new one doesn't. */
async function forgetLines(kinroom: Kinroom): Promise<void> {
  const before = kinroom.sfu();
  process.kill(before, 'SIGKILL');
  await until('another SFU runs', () => ![0, before].includes(kinroom.sfu()));
  await sleep(2_000);
}

/** Blocks UDP while both see each other, and waits until they do again. */
async function cut(family: Page, facilitator: Page, line: Line): Promise<Cut> {
  await until('Ruth sees Priya', async () => (await drawn(facilitator, 'Priya')).some((at) => at > Date.now() - 500));
  await until('media over UDP', async () => (await transports(family)).join() === 'udp');
  await sleep(2_000);
  line.setProfile(udpBlocked);
  const at = Date.now();
  await sleep(1_500);
  const stillMs = async (page: Page, name: string): Promise<number> => {
    await within(GIVE_UP, async () =>
      (await drawn(page, name)).some((time) => time > Date.now() - 400) ? true : null,
    );
    return longestPause(await drawn(page, name), at, Date.now());
  };
  const [one, other] = await Promise.all([stillMs(family, 'Ruth'), stillMs(facilitator, 'Priya')]);
  return { family: one, facilitator: other, over: (await transports(family)).join(' ') };
}
