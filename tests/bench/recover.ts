import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive } from '../launcher/processes.ts';
import { isInRoom, joinWith, letIn } from '../e2e/harness/room.ts';
import { until } from '../e2e/harness/until.ts';
import { median } from '../lab/figures.fixtures.ts';
import { launch, takeFrames, type Browser } from './browser.fixtures.ts';
import { joinBare, openStage, rounded, type Stage } from './stage.fixtures.ts';

/** The first one only warms up. */
const OUTAGES = 6;
/** The launcher starts an SFU again at once only when the one before had run for ten seconds. */
const BETWEEN_MS = 12_000;
/** Pictures shown shortly before the outage, so that the gap has a beginning. */
const BEFORE_MS = 400;
/** So many pictures in a row are a film again. */
const PICTURES = 10;
const MOST_RATIO = 0.5;

type Pair = [Browser, Browser];

export type RecoverFigures = {
  kinroomMs: number;
  bareMs: number;
  ratio: number;
  samples: { kinroomMs: number[]; bareMs: number[] };
  passed: boolean;
};

/**
 * How long remote pictures stand still when the SFU is killed and the launcher starts it again: two people in Kinroom, and
 * two on bare livekit-client pages with that library's own reconnect. One pair is there at a time, and they take turns, so
 * that neither is slowed down by the other. Each browser gives a sample an outage: the longest gap between two remote
 * pictures, ms.
 */
export async function measure(): Promise<RecoverFigures> {
  const stage = await openStage();
  const browsers: Browser[] = [];
  const samples: RecoverFigures['samples'] = { kinroomMs: [], bareMs: [] };
  try {
    for (let count = 0; count < 4; count += 1) browsers.push(await launch());
    const kinroomPair = browsers.slice(0, 2) as Pair;
    const barePair = browsers.slice(2) as Pair;
    await meetInKinroom(stage, kinroomPair);
    for (let outage = 0; outage < OUTAGES; outage += 1) {
      const kinroom = await surviveOutage(stage, kinroomPair);
      const addresses = await stepAside(kinroomPair);
      await meetBare(stage, barePair);
      const bare = await surviveOutage(stage, barePair);
      await stepAside(barePair);
      await comeBack(kinroomPair, addresses);
      console.error(
        `${outage === 0 ? 'warm-up' : `outage ${outage}`}: Kinroom ${kinroom.join(' ')} ms, bare ${bare.join(' ')} ms`,
      );
      if (outage === 0) continue;
      samples.kinroomMs.push(...kinroom);
      samples.bareMs.push(...bare);
    }
  } finally {
    await Promise.all(browsers.map((browser) => browser.close()));
    await stage.close();
  }
  const [kinroomMs, bareMs] = [median(samples.kinroomMs), median(samples.bareMs)];
  const ratio = rounded(kinroomMs / bareMs, 2);
  return { kinroomMs, bareMs, ratio, samples, passed: ratio <= MOST_RATIO };
}

/** Leaves both pages empty; resolves to where they were. */
async function stepAside(pair: Pair): Promise<string[]> {
  const addresses = pair.map(({ page }) => page.url());
  await Promise.all(pair.map(({ page }) => page.goto('about:blank')));
  return addresses;
}

/** A reload, as it were: both were let in already. */
async function comeBack(pair: Pair, addresses: string[]): Promise<void> {
  for (const [index, { page }] of pair.entries()) {
    await page.goto(addresses[index] ?? '');
    await until('they are back in the room', () => isInRoom(page));
  }
}

async function meetInKinroom({ kinroom }: Stage, [ruth, family]: Pair): Promise<void> {
  await joinWith(ruth.page, kinroom, 'facilitator');
  await until('the facilitator is in', () => isInRoom(ruth.page));
  await joinWith(family.page, kinroom, 'family 1');
  await letIn(ruth.page, 'Maya');
  await until('the family is in', () => isInRoom(family.page));
}

async function meetBare(stage: Stage, people: Pair): Promise<void> {
  for (const [index, person] of people.entries()) {
    await stage.openBare(person);
    await joinBare(person, stage.sfu, `person ${index}`);
  }
}

/** Kills the SFU once everybody sees everybody; each browser's longest gap, once all see each other again. */
async function surviveOutage({ kinroom }: Stage, browsers: Browser[]): Promise<number[]> {
  await picturesSince(browsers, Date.now());
  await sleep(BETWEEN_MS);
  await Promise.all(browsers.map(({ page }) => takeFrames(page)));
  const pid = kinroom.sfu();
  await sleep(BEFORE_MS);
  process.kill(pid, 'SIGKILL');
  await until('the SFU is dead', () => !isAlive(pid));
  const shown = await picturesSince(browsers, Date.now());
  return shown.map((moments) => longestGap(moments));
}

/** Waits until every browser has shown some pictures after this moment (ms since 1970); all that were shown meanwhile. */
async function picturesSince(browsers: Browser[], since: number): Promise<number[][]> {
  return Promise.all(
    browsers.map(async ({ page }) => {
      const shown: number[] = [];
      await until('pictures', async () => {
        shown.push(...(await takeFrames(page)));
        return shown.filter((moment) => moment > since).length > PICTURES;
      });
      return shown;
    }),
  );
}

function longestGap(moments: number[]): number {
  return Math.round(Math.max(...moments.slice(1).map((moment, index) => moment - (moments[index] ?? moment))));
}
