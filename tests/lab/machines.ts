import { setTimeout as sleep } from 'node:timers/promises';
import { startRedis, redisBinary, type TestRedis } from '../../server/nodes/redis.fixtures.ts';
import { openPostgres } from '../../server/storage/postgres.ts';
import { postgresFolder, startPostgres, type TestPostgres } from '../../server/storage/postgres.fixtures.ts';
import { launchPerson, type Person } from '../e2e/harness/browser.ts';
import { startKinroom, type Kinroom } from '../e2e/harness/kinroom.ts';
import { isInRoom, joinWith, letIn } from '../e2e/harness/room.ts';
import { until } from '../e2e/harness/until.ts';
import { join, type Peer } from '../protocol/peer.ts';
import { longestPause, median, numberFrom } from './figures.fixtures.ts';
import { watched, watchPages } from './watch.fixtures.ts';

const MACHINES = ['server', 'sfu', 'redis', 'postgres'] as const;
type Machine = (typeof MACHINES)[number];

/** Database and Redis stay away for so long; server and SFU are started again by the launcher at once. */
const AWAY_MS = 3_000;
/** What comes after the last sign of life still belongs to an outage. */
const AFTER_MS = 2_000;
const GIVE_UP_MS = 60_000;
const LAPTOP = { width: 1440, height: 900 };

/** One outage as people saw it, ms from the kill on. */
type Outage = {
  machine: Machine;
  /** How long a picture stood still, at the worst of both pages. */
  picture: number;
  /** From a press on *Pause* or *Resume* right after the kill until every page and socket had it. */
  press: number;
  /** For how long a banner spoke of it; 0: nobody was told of anything. */
  banner: number;
  said: string[];
};

type Setting = { postgres: TestPostgres; redis: TestRedis; kinroom: Kinroom };

/**
 * A session of two browsers and three sockets, while server, SFU, Redis and PostgreSQL are killed in turn: how long each
 * outage was as people saw it, and whether every press counted once.
 */
export async function measure(args: string[]): Promise<object> {
  const rounds = numberFrom(args, 'rounds', 9);
  if (postgresFolder === null || redisBinary === null) {
    const skipped = ['PostgreSQL and Redis have to be installed on this machine'];
    console.error(`Skipped: ${skipped[0]}.`);
    return { skipped };
  }
  const [postgres, redis] = await Promise.all([startPostgres(), startRedis()]);
  const database = await postgres.database();
  const kinroom = await startKinroom({ DATABASE_URL: database, REDIS_URL: redis.url });
  const people = await Promise.all([
    launchPerson({ name: 'Ruth', tone: 440, colour: { red: 190, green: 60, blue: 50 }, viewport: LAPTOP }),
    launchPerson({ name: 'Maya', tone: 710, colour: { red: 40, green: 150, blue: 60 } }),
  ]);
  const [ruth, maya] = people;
  let peers: Peer[] = [];
  try {
    for (const { context } of people) await watchPages(context, ['Ruth', 'Maya']);
    peers = await gather(kinroom, ruth, maya);
    const outages: Outage[] = [];
    for (let round = 0; round < rounds; round += 1) {
      for (const machine of MACHINES) {
        const seen = await fail(machine, { postgres, redis, kinroom }, people, peers);
        outages.push(seen);
        console.error(`${machine}: picture ${seen.picture} ms, press ${seen.press} ms, banner ${seen.banner} ms`);
      }
    }
    const presses = await pressesStored(database);
    const reloaded = (await Promise.all(people.map(({ page }) => watched(page)))).some(
      ({ screens }) => screens.length > 8,
    );
    const medians = MACHINES.map((machine) => summary(machine, outages));
    return {
      passed: presses === outages.length && !reloaded,
      medians,
      presses,
      given: outages.length,
      samples: outages,
    };
  } finally {
    for (const peer of peers) peer.close();
    await Promise.all(people.map((person) => person.close()));
    await kinroom.stop();
    await Promise.all([postgres.stop(), redis.stop()]);
  }
}

/** Ruth and Maya in browsers; two more families and Ruth's colleague on sockets; all in the room, the session begun. */
async function gather(kinroom: Kinroom, ruth: Person, maya: Person): Promise<Peer[]> {
  await joinWith(ruth.page, kinroom, 'facilitator');
  await until('Ruth opens the room', () => isInRoom(ruth.page));
  await joinWith(maya.page, kinroom, 'family 1');
  const token = (label: string): string => kinroom.link(label).split('#')[1] ?? '';
  const labels = ['family 2', 'family 3', 'co-facilitator'];
  const peers = await Promise.all(labels.map((label) => join({ url: kinroom.url, token }, label)));
  for (const peer of peers) await peer.enter();
  await letIn(ruth.page, 'Maya', 'Priya', 'Dan');
  await letIn(ruth.page, 'Tom');
  await until('Maya is in', () => isInRoom(maya.page));
  for (const peer of peers) await peer.until((view) => view.people[peer.personId]?.status === 'admitted');
  await ruth.page.getByRole('button', { name: /^Start/ }).click();
  for (const peer of peers) await peer.until((view) => view.phase === 'running');
  await sleep(3_000);
  return peers;
}

async function fail(machine: Machine, setting: Setting, people: Person[], peers: Peer[]): Promise<Outage> {
  const [ruth, maya] = people as [Person, Person];
  const from = Date.now();
  const back = kill(machine, setting);
  const wasPaused = peers[0]?.view().phase === 'paused';
  const wanted = wasPaused ? 'running' : 'paused';
  await ruth.page.getByRole('button', { name: wasPaused ? /^Resume/ : /^Pause/ }).click({ timeout: GIVE_UP_MS });
  const onPage = until(
    'Maya sees it',
    async () => (await maya.page.getByText(/paused/i).count()) > 0 !== wasPaused,
    GIVE_UP_MS,
  );
  await Promise.all([onPage, ...peers.map((peer) => peer.until((view) => view.phase === wanted))]);
  const press = Date.now() - from;
  await back;
  await until('Ruth sees Maya', () => flows(ruth, 'Maya'), GIVE_UP_MS);
  await until('Maya sees Ruth', () => flows(maya, 'Ruth'), GIVE_UP_MS);
  await sleep(AFTER_MS);
  const to = Date.now();
  const diaries = await Promise.all(people.map(({ page }) => watched(page)));
  const picture = Math.max(
    longestPause(diaries[0]?.frames['Maya'] ?? [], from, to),
    longestPause(diaries[1]?.frames['Ruth'] ?? [], from, to),
  );
  const banners = diaries.map((diary) => diary.banners.filter(({ at }) => at >= from));
  const said = [...new Set(banners.flat().flatMap(({ words }) => (words === '' ? [] : [words])))];
  return { machine, picture, press, banner: Math.max(...banners.map((one) => shown(one, to))), said };
}

/** Kills a machine; resolves when it is there again. */
async function kill(machine: Machine, { postgres, redis, kinroom }: Setting): Promise<void> {
  if (machine === 'server' || machine === 'sfu') {
    const pid = kinroom[machine]();
    process.kill(pid, 'SIGKILL');
    await until(`another ${machine} runs`, () => kinroom[machine]() > 0 && kinroom[machine]() !== pid, GIVE_UP_MS);
    return;
  }
  const service = machine === 'redis' ? redis : postgres;
  await service.kill();
  await sleep(AWAY_MS);
  await service.start();
}

async function flows({ page }: Person, name: string): Promise<boolean> {
  const { frames } = await watched(page);
  return (frames[name]?.at(-1) ?? 0) > Date.now() - 500;
}

function shown(banners: { at: number; words: string }[], to: number): number {
  return banners.reduce((sum, { at, words }, n) => sum + (words === '' ? 0 : (banners[n + 1]?.at ?? to) - at), 0);
}

function summary(machine: Machine, outages: Outage[]): object {
  const these = outages.filter((outage) => outage.machine === machine);
  const of = (what: 'picture' | 'press' | 'banner'): number => Math.round(median(these.map((outage) => outage[what])));
  const said = [...new Set(these.flatMap((outage) => outage.said))];
  return { machine, pictureMs: of('picture'), pressMs: of('press'), bannerMs: of('banner'), said };
}

/** How many times the timer was paused or resumed, as the log has it. */
async function pressesStored(database: string): Promise<number> {
  const opened = await openPostgres(database);
  if ('problem' in opened) throw new Error(opened.problem.lines.join(' '));
  const { db, close } = opened.storage;
  const rows = await db.selectFrom('session_events').select('event').execute();
  await close();
  return rows.filter(({ event }) => /"type":"timer(Paused|Resumed)"/.test(event)).length;
}
