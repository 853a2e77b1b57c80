import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { goodLine, lossy } from '../../infra/netlab/profiles.ts';
import { decodedTracks } from '../e2e/harness/measure.ts';
import { until } from '../e2e/harness/until.ts';
import { longestPause, median, numberFrom } from './figures.fixtures.ts';
import { bringIn, openRoom } from './netPeople.fixtures.ts';
import { inNetRoom, say, type Skipped } from './netRoom.fixtures.ts';
import { heard, type Heard } from './transport.fixtures.ts';
import { watched } from './watch.fixtures.ts';

const LOSSES = [0, 5, 20];
const WINDOW = 5_000;
/** After a change the senders need a moment to notice. */
const SETTLE = 5_000;
/** Without a way to go, a lost packet would be sent again in no time: ms each way. */
const DELAY = { delay: 25, jitter: 5 };
/** The fake camera's, per second. */
const SENT_FRAMES = 7;

/** What one person got of the other in five seconds. */
type Window = {
  framesPerSecond: number;
  longestPauseMs: number;
  /** Share of the sound that was made up in place of what was lost, and of that the part nobody could hear: silence. */
  concealed: number;
  concealedSilence: number;
};
type Sample = { lossPercent: number; family: Window; facilitator: Window };
type Outs = { newConnections: number; reloads: number; readReconnecting: number; readWeak: number };

/** 5 and 20 % of packets lost on a family's line, each way: sound and pictures in `--windows=9` windows of five seconds. */
export async function measure(args: string[]): Promise<object | Skipped> {
  const windows = numberFrom(args, 'windows', 9);
  return inNetRoom({ filter: true, minutes: 10 }, async (room) => {
    const ruth = await openRoom(room);
    const line = room.addLine();
    const { page } = await bringIn(room, ruth, 'Priya', line);
    await line.setDelay({ ...DELAY, port: room.mediaPort });
    await page.reload();
    await until('both see each other again', async () => (await decodedTracks(page)) === 1);
    const samples: Sample[] = [];
    const outs: Record<string, Outs> = {};
    for (const lossPercent of LOSSES) {
      const before = await outsOf(page, ruth.page);
      line.setProfile(lossPercent === 0 ? goodLine : lossy(lossPercent));
      await sleep(SETTLE);
      for (let index = 0; index < windows; index++) {
        const [family, facilitator] = await Promise.all([got(page, 'Ruth'), got(ruth.page, 'Priya')]);
        samples.push({ lossPercent, family, facilitator });
      }
      outs[`${lossPercent}%`] = difference(before, await outsOf(page, ruth.page));
      say(`${lossPercent} %: ${JSON.stringify(medians(samples, lossPercent))}`);
    }
    const stayed = Object.values(outs).every(({ reloads, readReconnecting }) => reloads + readReconnecting === 0);
    return {
      passed: stayed,
      sentFramesPerSecond: SENT_FRAMES,
      delayMs: DELAY,
      medians: LOSSES.map((lossPercent) => medians(samples, lossPercent)),
      outs,
      samples,
    };
  });
}

async function got(page: Page, name: string): Promise<Window> {
  const from = Date.now();
  const before = await heard(page);
  await sleep(WINDOW);
  const after = await heard(page);
  const to = Date.now();
  const times = (await watched(page)).frames[name] ?? [];
  const sound = (part: keyof Heard): number => after[part] - before[part];
  const share = (samples: number): number => Number((samples / Math.max(1, sound('total'))).toFixed(4));
  return {
    framesPerSecond: Number((times.filter((at) => at >= from && at < to).length / ((to - from) / 1_000)).toFixed(2)),
    longestPauseMs: longestPause(times, from, to),
    concealed: share(sound('concealed')),
    concealedSilence: share(sound('silent')),
  };
}

function medians(samples: Sample[], lossPercent: number): object {
  const these = samples.filter((sample) => sample.lossPercent === lossPercent);
  const of = (side: 'family' | 'facilitator') =>
    Object.fromEntries(
      (['framesPerSecond', 'longestPauseMs', 'concealed', 'concealedSilence'] as const).map((key) => [
        key,
        median(these.map((sample) => sample[side][key])),
      ]),
    );
  return { lossPercent, family: of('family'), facilitator: of('facilitator') };
}

async function outsOf(family: Page, facilitator: Page): Promise<Outs> {
  const [theirs, hers] = await Promise.all([watched(family), watched(facilitator)]);
  const read = (words: string): number =>
    hers.seats.filter((seat) => seat.name === 'Priya' && seat.words === words).length +
    theirs.seats.filter((seat) => seat.words === words).length;
  return {
    newConnections: theirs.sockets.length,
    reloads: theirs.began,
    readReconnecting: read('Reconnecting'),
    readWeak: read('Weak connection'),
  };
}

function difference(before: Outs, after: Outs): Outs {
  return {
    newConnections: after.newConnections - before.newConnections,
    reloads: after.reloads === before.reloads ? 0 : 1,
    readReconnecting: after.readReconnecting - before.readReconnecting,
    readWeak: after.readWeak - before.readWeak,
  };
}
