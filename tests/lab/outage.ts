import { setTimeout as sleep } from 'node:timers/promises';
import type { Line } from '../../infra/netlab/line.ts';
import type { Person } from '../e2e/harness/browser.ts';
import { segment } from '../e2e/harness/room.ts';
import { longestPause, median, numberFrom, within } from './figures.fixtures.ts';
import { bringIn, openRoom } from './netPeople.fixtures.ts';
import { inNetRoom, say, type Skipped } from './netRoom.fixtures.ts';
import { watched, type Watched } from './watch.fixtures.ts';

const LENGTHS = [3, 20, 60];
/** So long after the line is back somebody who is not back counts as lost, ms. */
const GIVE_UP = 60_000;
/** Pictures come seven times a second. */
const FLOWING = 500;

/** How the line goes: the device knows that its Wi-Fi is off; of a cut behind the router nobody is told. */
type Way = 'wifi' | 'uplink';
type Family = { person: Person; line: Line };

/** One outage as people saw it, ms. `late`: how much longer than the line itself was gone. Null: never came back. */
type Outage = {
  seconds: number;
  way: Way;
  name: string;
  /** How long the facilitator's picture stood still at the family's, and theirs at the facilitator's. */
  family: number | null;
  facilitator: number | null;
  late: number | null;
  /** After how long the facilitator read that they are reconnecting; null: never. */
  toldFacilitator: number | null;
  /** After how long the family read that their connection dropped; null: never. */
  toldFamily: number | null;
  reloaded: boolean;
};

/** Families' lines fail together while the session runs: 3, 20 and 60 s, each `--rounds=3` times for three families. */
export async function measure(args: string[]): Promise<object | Skipped> {
  const rounds = numberFrom(args, 'rounds', 3);
  const only = numberFrom(args, 'seconds', 0);
  return inNetRoom({ filter: false, minutes: 15 }, async (room) => {
    const ruth = await openRoom(room);
    const families: Family[] = [];
    for (const name of ['Maya', 'Priya', 'Dan'] as const) {
      const line = room.addLine();
      families.push({ line, person: await bringIn(room, ruth, name, line) });
    }
    await ruth.page.getByRole('button', { name: /^Start/ }).click();
    const outages: Outage[] = [];
    for (const seconds of LENGTHS.filter((one) => only === 0 || one === only)) {
      for (let round = 0; round < rounds; round++) {
        const way: Way = round % 2 === 0 ? 'uplink' : 'wifi';
        const seen = await fail({ ruth, families, seconds, way });
        outages.push(...seen);
        say(`${seconds} s without ${way}: pictures stood still for ${seen.map((one) => one.family).join(', ')} ms`);
      }
    }
    const segments = await Promise.all(
      [ruth, ...families.map(({ person }) => person)].map(({ page }) => segment(page)),
    );
    const back = outages.every(({ late, reloaded }) => late !== null && !reloaded);
    return { passed: back && new Set(segments).size === 1, medians: medians(outages), segments, samples: outages };
  });
}

function medians(outages: Outage[]): object[] {
  return [...new Set(outages.map(({ seconds }) => seconds))].map((seconds) => {
    const these = outages.filter((one) => one.seconds === seconds);
    const of = (pick: (one: Outage) => number | null): number | null => {
      const values = these.map(pick).filter((value) => value !== null);
      return values.length === 0 ? null : median(values);
    };
    return {
      seconds,
      family: of((one) => one.family),
      facilitator: of((one) => one.facilitator),
      late: of((one) => one.late),
      lateAfterUplink: of((one) => (one.way === 'uplink' ? one.late : null)),
      lateAfterWifi: of((one) => (one.way === 'wifi' ? one.late : null)),
    };
  });
}

/** Takes all the families' lines away for so long, and gives them back. */
async function fail(at: { ruth: Person; families: Family[]; seconds: number; way: Way }): Promise<Outage[]> {
  const { ruth, families, seconds, way } = at;
  const began = await Promise.all(families.map(async ({ person }) => (await watched(person.page)).began));
  const set = (line: Line, on: boolean): void => (way === 'wifi' ? line.setWifi(on) : line.setUplink(on));
  for (const { line } of families) set(line, false);
  const from = Date.now();
  await sleep(seconds * 1_000);
  for (const { line } of families) set(line, true);
  const gone = Date.now() - from;
  const seen = await Promise.all(
    families.map(async ({ person }, index): Promise<Outage> => {
      const [family, facilitator] = await Promise.all([
        stoodStill(() => watched(person.page), 'Ruth', from + gone, from),
        stoodStill(() => watched(ruth.page), person.name, from + gone, from),
      ]);
      const [theirs, hers] = await Promise.all([watched(person.page), watched(ruth.page)]);
      const read = hers.seats.find((seat) => seat.name === person.name && seat.at > from && seat.words !== 'here');
      const own = theirs.banners.find((banner) => banner.at > from && banner.words !== '');
      return {
        seconds,
        way,
        name: person.name,
        family,
        facilitator,
        late: family === null || facilitator === null ? null : Math.max(family, facilitator) - gone,
        toldFacilitator: read ? read.at - from : null,
        toldFamily: own ? own.at - from : null,
        reloaded: theirs.began !== began[index],
      };
    }),
  );
  await sleep(4_000);
  return seen;
}

/** Waits until pictures of this person are drawn again; how long they were not, ms. */
async function stoodStill(
  diary: () => Promise<Watched>,
  name: string,
  back: number,
  from: number,
): Promise<number | null> {
  return within(GIVE_UP, async () => {
    const times = (await diary()).frames[name] ?? [];
    const flows = times.filter((time) => time > Math.max(back, Date.now() - FLOWING)).length >= 2;
    return flows ? longestPause(times, from, Date.now()) : null;
  });
}
