import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { inNetRoom } from '../lab/netRoom.fixtures.ts';
import { throughLine } from '../lab/netPeople.fixtures.ts';
import { launchPerson, type Person, type PersonOptions } from './harness/browser.ts';
import { startKinroom, type Kinroom } from './harness/kinroom.ts';
import { decodedTracks, gained, heldTracks, hears, inbound } from './harness/measure.ts';
import { isInRoom, joinWith, letIn } from './harness/room.ts';
import { until } from './harness/until.ts';
import { weaken, weakLineProblem } from './harness/weakLine.ts';

const laptop = { width: 1366, height: 768 };
const people = {
  Ruth: { name: 'Ruth', label: 'facilitator', tone: 440, colour: { red: 190, green: 60, blue: 50 } },
  Maya: { name: 'Maya', label: 'family 1', tone: 710, colour: { red: 40, green: 150, blue: 60 } },
  Priya: { name: 'Priya', label: 'family 2', tone: 1_190, colour: { red: 50, green: 60, blue: 190 } },
};

function launch(name: keyof typeof people, more: Partial<PersonOptions> = {}): Promise<Person> {
  const { label: _, ...person } = people[name];
  return launchPerson({ ...person, viewport: laptop, ...more });
}

/** Ruth opens the room and lets the families in; resolves when everybody's pictures move on everybody's screen. */
async function gather(kinroom: Kinroom, ruth: Person, families: Person[]): Promise<void> {
  await joinWith(ruth.page, kinroom, people.Ruth.label);
  await until('Ruth is in', () => isInRoom(ruth.page));
  for (const family of families) {
    await joinWith(family.page, kinroom, people[family.name as keyof typeof people].label);
    await letIn(ruth.page, family.name);
    await until(`${family.name} is in`, () => isInRoom(family.page));
  }
  for (const { name, page } of [ruth, ...families]) {
    await until(`${name} sees everybody`, async () => (await decodedTracks(page)) === families.length);
  }
}

/** What the page's pictures gained in packets in this time (ms), one entry for each picture it receives. */
async function picturePackets({ page }: Person, ms = 2_000): Promise<number[]> {
  return (await gained(page, ms)).filter(({ kind }) => kind === 'video').map(({ packetsReceived }) => packetsReceived);
}

const says = ({ page }: Person, words: string) => page.locator('.banner').getByText(words).first().isVisible();
const press = ({ page }: Person, name: string) => page.getByRole('button', { name }).first().click();
const paused = ({ page }: Person) => page.getByText('Picture paused').count();

describe('sound only, by choice', () => {
  const open: Person[] = [];
  let kinroom: Kinroom;
  let ruth: Person;
  let maya: Person;
  let priya: Person;

  beforeAll(async () => {
    kinroom = await startKinroom();
    [ruth, maya, priya] = await Promise.all([
      launch('Ruth'),
      launch('Maya'),
      launch('Priya', { viewport: { width: 390, height: 844 } }),
    ]);
    open.push(ruth, maya, priya);
    await gather(kinroom, ruth, [maya, priya]);
  });
  afterAll(async () => {
    await Promise.all(open.map((person) => person.close()));
    await kinroom?.stop();
  });
  afterEach(() => {
    for (const person of open) person.assertNoForeignRequests();
  });

  test('one press ends every picture, one’s own too, while the sound goes on', async () => {
    expect(await picturePackets(maya)).toHaveLength(2);
    await press(maya, 'More');
    await press(maya, 'Sound only');
    await until('no picture is received', async () => (await picturePackets(maya)).every((packets) => packets === 0));
    // Nothing of a picture comes any more, in five seconds.
    expect((await picturePackets(maya, 5_000)).reduce((sum, packets) => sum + packets, 0)).toBe(0);
    expect(await hears(maya.page, ruth.tone)).toBe(true);
    expect(await hears(maya.page, priya.tone)).toBe(true);
    expect(await hears(ruth.page, maya.tone)).toBe(true);
    expect(await says(maya, 'you hear everyone; pictures are off to save your connection.')).toBe(true);
    expect(await paused(maya)).toBe(2);
    expect(await heldTracks(maya.page, 'video')).toBe(0);
    await until('Ruth sees one picture less', async () => (await decodedTracks(ruth.page)) === 1);
    expect(await decodedTracks(priya.page)).toBe(1);
  });

  test('a reload changes nothing of it, nor does a new SFU', async () => {
    await maya.page.reload();
    await until('Maya is back', () => isInRoom(maya.page));
    await until('Maya hears Ruth', () => hears(maya.page, ruth.tone));
    process.kill(kinroom.sfu(), 'SIGKILL');
    await until('Maya is out', async () => !(await says(maya, 'you hear everyone')));
    await until('Maya is back again', () => says(maya, 'you hear everyone'));
    await until('Maya hears Priya', () => hears(maya.page, priya.tone));
    expect((await inbound(maya.page)).filter(({ kind }) => kind === 'video')).toEqual([]);
    expect(await heldTracks(maya.page, 'video')).toBe(0);
    await until('Ruth sees Priya', async () => (await decodedTracks(ruth.page)) === 1);
  });

  test('the others’ pictures come back by a press, one’s own only by another, and no microphone opens', async () => {
    await maya.page.getByRole('button', { name: /^Mic on/ }).click();
    await press(maya, 'Turn pictures back on');
    await until('Maya sees both', async () => (await decodedTracks(maya.page)) === 2);
    expect(await maya.page.locator('.banner').count()).toBe(0);
    expect(await heldTracks(maya.page, 'video')).toBe(0);
    expect(await maya.page.getByRole('button', { name: /^Mic off/ }).count()).toBe(1);
    expect(await decodedTracks(ruth.page)).toBe(1);
    await maya.page.getByRole('button', { name: /^Camera off/ }).click();
    await until('Ruth sees both', async () => (await decodedTracks(ruth.page)) === 2);
    expect(await maya.page.getByRole('button', { name: /^Mic off/ }).count()).toBe(1);
  });

  test('on a phone it is two presses, and the control says so while it lasts', async () => {
    await press(priya, 'More');
    await press(priya, 'Sound only');
    await priya.page.getByRole('button', { name: 'Close this message' }).click();
    await until('no picture is received', async () => (await picturePackets(priya)).every((packets) => packets === 0));
    await priya.page.getByRole('button', { name: /^Sound only.*turn pictures back on/ }).click();
    await until('Priya sees both', async () => (await decodedTracks(priya.page)) === 2);
  });
});

const problem = weakLineProblem();
if (problem !== null) console.warn(`Not tested here: a weak line makes the pictures fewer. Why: ${problem}.`);

describe.skipIf(problem !== null)('a weak line', () => {
  /** Sound of two people fits through it, their pictures don't. */
  const WEAK = 230;

  test(
    'gives up pictures for the sound, says so, and takes them back when it is good again',
    { timeout: 600_000 },
    async () => {
      process.env['CHROME_PATH'] ??= '/usr/bin/chromium';
      const done = await inNetRoom({ filter: false, minutes: 9 }, async (room) => {
        const line = room.addLine();
        const [ruth, priya] = await Promise.all([
          launch('Ruth', { picture: 'busy' }),
          launch('Priya', { picture: 'busy' }),
        ]);
        const maya = await throughLine(room, line, () => launch('Maya'));
        room.people.push(ruth, priya, maya);
        await gather(room.kinroom, ruth, [maya, priya]);

        weaken(line, WEAK);
        await until('fewer pictures', () => says(maya, 'Showing fewer pictures so that the sound stays good.'), 90_000);
        const pausedThen = await paused(maya);
        const lostThen = await soundLost(maya);
        weaken(line, null);
        await until('all pictures', async () => (await decodedTracks(maya.page)) === 2, 120_000);
        await until('nothing is said any more', async () => (await maya.page.locator('.banner').count()) === 0);
        return { pausedThen, lostThen };
      });
      if ('skipped' in done) throw new Error('Not tested.');
      expect(done.pausedThen).toBe(1);
      // More than a tenth of the sound lost is what pictures are given up for.
      expect(done.lostThen).toBeLessThan(0.1);
    },
  );
});

async function soundLost({ page }: Person): Promise<number> {
  const lost = () =>
    page.evaluate(async () => {
      const sum = { lost: 0, received: 0 };
      for (const connection of (window as unknown as { connections: RTCPeerConnection[] }).connections) {
        if (connection.connectionState === 'closed') continue;
        (await connection.getStats()).forEach(
          (entry: { type: string; kind?: string; packetsLost?: number; packetsReceived?: number }) => {
            if (entry.type !== 'inbound-rtp' || entry.kind !== 'audio') return;
            sum.lost += entry.packetsLost ?? 0;
            sum.received += entry.packetsReceived ?? 0;
          },
        );
      }
      return sum;
    });
  const before = await lost();
  await new Promise((done) => setTimeout(done, 4_000));
  const after = await lost();
  return (after.lost - before.lost) / Math.max(1, after.lost - before.lost + after.received - before.received);
}
