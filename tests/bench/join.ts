import { setTimeout as sleep } from 'node:timers/promises';
import { isInRoom, isWaiting, joinWith } from '../e2e/harness/room.ts';
import { until } from '../e2e/harness/until.ts';
import { median } from '../lab/figures.fixtures.ts';
import { firstFrame, lastPress, launch, type Browser } from './browser.fixtures.ts';
import { quietMoment } from './quiet.fixtures.ts';
import { joinBare, openStage, rounded, type Stage } from './stage.fixtures.ts';
import { weigh, type Fetched } from './weight.fixtures.ts';

/**
 * Evenings of the demo's six families, the first of each only to warm up: twenty samples of each side. With ten, the bare
 * page's median is a matter of luck: half of its first pictures are lost, and come 350 ms later.
 */
const EVENINGS = 4;
const FAMILIES = 6;
/** How long somebody stands there before it begins, ms: what a page does in advance has been done by then. */
const READY_MS = 2_000;
/** How long to wait for a moment in which the machine has nothing else to do, ms. */
const PATIENCE_MS = 5_000;

const MOST_RATIO = 1.2;
const MOST_KB = 260;

export type JoinFigures = {
  admitToFrameMs: number;
  bareMs: number;
  ratio: number;
  /** Everything one family's browser fetched up to the call screen, gzip. */
  gzipKB: number;
  samples: { admitToFrameMs: number[]; bareMs: number[] };
  passed: boolean;
};

/**
 * *Let in* pressed on the facilitator's page until her picture is shown on the family's, beside a bare livekit-client page
 * that is ready to go: connect until the other's picture is shown. Both encrypted by the same worker, both publishing
 * camera and microphone, on one SFU, in pairs whose order alternates; every sample in a fresh browser with an empty profile.
 */
export async function measure(): Promise<JoinFigures> {
  const samples: JoinFigures['samples'] = { admitToFrameMs: [], bareMs: [] };
  let weight: Fetched[] = [];
  for (let evening = 0; evening < EVENINGS; evening += 1) weight = await oneEvening(samples);
  const [admitToFrameMs, bareMs] = [median(samples.admitToFrameMs), median(samples.bareMs)];
  const ratio = rounded(admitToFrameMs / bareMs, 2);
  const gzipKB = rounded(weight.reduce((sum, { gzipBytes }) => sum + gzipBytes, 0) / 1_000, 1);
  return { admitToFrameMs, bareMs, ratio, gzipKB, samples, passed: ratio <= MOST_RATIO && gzipKB <= MOST_KB };
}

/** Adds a pair of samples for each family but the first; resolves to what the last one's browser had to fetch. */
async function oneEvening(samples: JoinFigures['samples']): Promise<Fetched[]> {
  const stage = await openStage();
  const [ruth, publisher] = await Promise.all([launch(), launch()]);
  let weight: Fetched[] = [];
  try {
    await joinWith(ruth.page, stage.kinroom, 'facilitator');
    await until('the facilitator is in', () => isInRoom(ruth.page));
    for (let family = 1; family <= FAMILIES; family += 1) {
      const pair = { kinroom: 0, bare: 0 };
      const sides = family % 2 === 0 ? (['kinroom', 'bare'] as const) : (['bare', 'kinroom'] as const);
      for (const side of sides) {
        if (side === 'bare') pair.bare = await connectToFrame(stage, publisher);
        else [pair.kinroom, weight] = await admitToFrame(stage, ruth, family);
      }
      console.error(`${family === 1 ? 'warm-up' : 'sample'}: Kinroom ${pair.kinroom} ms, bare ${pair.bare} ms`);
      if (family === 1) continue;
      samples.admitToFrameMs.push(pair.kinroom);
      samples.bareMs.push(pair.bare);
    }
  } finally {
    await Promise.all([ruth.close(), publisher.close()]);
    await stage.close();
  }
  return weight;
}

async function admitToFrame(stage: Stage, ruth: Browser, number: number): Promise<[ms: number, weight: Fetched[]]> {
  const family = await launch();
  try {
    const weight = weigh(family.context);
    await joinWith(family.page, stage.kinroom, `family ${number}`);
    await until('the family waits', () => isWaiting(family.page));
    const letIn = ruth.page.getByRole('button', { name: /^Let in / }).first();
    await until('they are at the door', () => letIn.isVisible());
    await ready();
    await letIn.click();
    const shown = await firstFrame(family.page);
    const ms = rounded(shown - (await lastPress(ruth.page)));
    const fetched = await weight();
    await leave(family);
    return [ms, fetched];
  } finally {
    await family.close();
  }
}

/** So that the next family meets nobody but the facilitator. */
async function leave({ page }: Browser): Promise<void> {
  await page.getByRole('button', { name: 'Leave' }).first().click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Leave/ })
    .click();
  await until('they have left', async () => (await page.getByText('You’ve left the room').count()) === 1);
}

async function connectToFrame(stage: Stage, publisher: Browser): Promise<number> {
  const joiner = await launch();
  try {
    await stage.openBare(publisher);
    await joinBare(publisher, stage.sfu, 'publisher');
    await stage.openBare(joiner);
    await ready();
    const began = await joinBare(joiner, stage.sfu, 'joiner');
    return rounded((await firstFrame(joiner.page)) - began);
  } finally {
    await joiner.close();
    await publisher.page.evaluate(() => window.bare.leave());
  }
}

async function ready(): Promise<void> {
  await sleep(READY_MS);
  await quietMoment(PATIENCE_MS);
}
