import type { SessionState } from '#shared/session/state.ts';
import { card, cast, ticks } from '#shared/session/session.fixtures.ts';
import { cookieOf, devicesOf, names, plantCourse, SESSION } from './simulationCourse.ts';
import type { Disk } from './simulationDatabase.ts';
import { checkAnswers, checkLog, checkPages, checkShown, checkViews, type End } from './simulationEnd.ts';
import { openNetwork } from './simulationNetwork.ts';
import { openPage, type Given, type Page } from './simulationPage.ts';
import { act, type SimulatedPerson } from './simulationPeople.ts';
import { planOf, type Plan, type Settings } from './simulationPlan.ts';
import { seeded, virtualTime } from './simulationTime.ts';
import { traceOf } from './simulationTrace.ts';
import { truthOf } from './simulationTruth.ts';

const START = 1_800_000_000_000;
/** Longer than the slowest thing that is only noticed after a while: a dead connection, then a lost person. */
const CALM_MS = 40_000;

export type Run = {
  /** Follows from everything that happened, in order. */
  hash: string;
  /** What was met on the way, e.g. 'killed after a commit'. */
  met: ReadonlySet<string>;
};

/** Runs one evening that follows from its seed. Throws, with the last of what happened, when a promise is broken. */
export async function simulate(seed: number, settings: Settings, disk: Disk): Promise<Run> {
  const random = seeded(seed);
  const plan = planOf(random.fork('plan'), settings);
  const luck = random.fork('people');
  const given: Given[] = [];
  const copies = new Map<string, number>();
  let failure: unknown;
  let calm = false;
  let pages = 0;
  let commands = 0;

  await plantCourse(disk, START, plan.endsByItself);
  const time = virtualTime(START);
  const trace = traceOf(() => time.now() - START);
  const undo = stubBrowser(() => `command-${(commands += 1)}`);
  const truth = truthOf(disk, SESSION, names);
  truth.read();

  /** The first failure counts; what follows from it is of no interest. */
  function fail(error: unknown): void {
    failure ??= error;
    trace.stop();
  }
  const network = openNetwork({
    plan,
    nodes: settings.nodes,
    random,
    disk,
    trace,
    isCalm: () => calm,
    onCommand: (id) => void copies.set(id, (copies.get(id) ?? 0) + 1),
    onCommit() {
      try {
        truth.read();
      } catch (error) {
        fail(error);
      }
    },
  });

  const people: SimulatedPerson[] = cast.map(({ personId, role }) => {
    return { viewer: { personId, role }, devices: devicesOf(personId), pages: [] };
  });
  const openPages = (): Page[] => people.flatMap((one) => one.pages.filter((page) => page.closedBy() === null));

  function open(person: SimulatedPerson, deviceId: string): Page {
    const { viewer } = person;
    const cookie = cookieOf(viewer.personId, deviceId);
    pages += 1;
    const page = openPage({
      id: `page ${pages} of ${deviceId}`,
      viewer,
      deviceId,
      truth,
      trace,
      fail,
      dial: (ends) => network.dial({ personId: viewer.personId, deviceId, cookie }, ends),
      noticedAfter: () => (calm ? 50 : luck.pick([20, 300, 3_000])),
      jitter: () => luck.next(),
      nextCommandId: () => `command-${commands + 1}`,
      onGiven: (one) => void given.push(one),
    });
    person.pages.push(page);
    return page;
  }

  function live(person: SimulatedPerson): void {
    setTimeout(
      () => {
        if (calm) return;
        act(person, luck, { open });
        live(person);
      },
      luck.between(50, plan.idleMs),
    );
  }

  async function pass(ms: number): Promise<void> {
    for (let left = ms; left > 0 && failure === undefined; left -= 250) await time.pass(Math.min(250, left));
    if (failure !== undefined) throw failure;
  }

  function mayComeLater({ commandId, outcome }: Given): boolean {
    // E3: a refusal is not kept, so a copy that comes later is decided anew. A WebSocket makes no copies.
    if (plan.wild && (copies.get(commandId) ?? 0) > 1) return true;
    // Stored, and the connection broke before the server knew: it can only say that it could not save it.
    return plan.unheardCommit > 0 && typeof outcome === 'object' && !outcome.ok && outcome.refused === 'busy';
  }

  try {
    for (const person of people) live(person);
    await pass(plan.actsMs);
    calm = true;
    trace.line('it is calm');
    network.calmDown();
    for (const page of openPages()) page.connection.backSoon(false);
    await pass(CALM_MS);
    const end: End = { disk, truth, given, pages: openPages(), mayComeLater };
    checkPages(end);
    if (plan.wild) {
      // What got lost last is noticed at the next event, or on coming back.
      if (truth.state().phase === 'ended' || luck.chance(0.5)) network.cutAll();
      else somethingHappens(end.pages, truth.state());
      await pass(10_000);
      checkPages(end);
    }
    checkViews(end, names);
    if (plan.wild) {
      network.cutAll();
      await pass(15_000);
    }
    checkShown(end);
    checkLog(end);
    checkAnswers(end);
    for (const { type } of truth.log) trace.meet(`event ${type}`);
    for (const { outcome } of given) if (typeof outcome === 'object') trace.meet(outcome.ok ? 'ok' : outcome.refused);
    return { hash: trace.hash(), met: trace.met };
  } catch (error) {
    throw new Error(report(seed, settings, plan, error, trace.lines()), { cause: error });
  } finally {
    trace.stop();
    for (const page of openPages()) page.close(true);
    network.stop();
    // What still waits for the database goes away, so that it does not reach into the next run.
    await time.pass(100);
    time.restore();
    undo();
  }
}

/** Any command that is sure to change something, so that everybody hears of a number. */
function somethingHappens(pages: Page[], { people }: SessionState): void {
  const inside = pages.find(({ viewer, deviceId }) => people[viewer.personId]?.device.deviceId === deviceId);
  if (inside !== undefined) return void inside.give({ type: 'leave' });
  const [page] = pages;
  void page?.give({ type: 'enter', device: card(page.deviceId), ticks, takeOver: true });
}

/** The few things of a browser that a connection uses, and ids of commands that follow from the seed. */
function stubBrowser(nextId: () => string): () => void {
  const { randomUUID } = crypto;
  const window = { addEventListener: () => {}, removeEventListener: () => {} };
  Object.assign(globalThis, { window, document: { ...window, visibilityState: 'visible' } });
  crypto.randomUUID = nextId as typeof randomUUID;
  return () => {
    crypto.randomUUID = randomUUID;
    Reflect.deleteProperty(globalThis, 'window');
    Reflect.deleteProperty(globalThis, 'document');
  };
}

function report(seed: number, { nodes }: Settings, plan: Plan, failure: unknown, lines: string[]): string {
  const file = nodes === 1 ? 'fuzz.test.ts' : 'fuzzNodes.test.ts';
  const what = failure instanceof Error ? failure.message : String(failure);
  const again = `Again: FUZZ_SEED=${seed} npx vitest run tests/protocol/${file}`;
  return [`seed ${seed}: ${what}`, ...lines, JSON.stringify(plan), again].join('\n');
}
