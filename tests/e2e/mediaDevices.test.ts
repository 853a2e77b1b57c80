import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { Person, PersonOptions } from './harness/browser.ts';
import { launchMediaPerson, type MediaPerson } from './harness/mediaPerson.ts';
import { energySent, heldTracks, hears } from './harness/measure.ts';
import { servePages } from './harness/pages.ts';
import { startSfu, type Sfu } from './harness/sfu.ts';
import { until } from './harness/until.ts';

const ROOM = 'group';

let sfu: Sfu;
let pages: Awaited<ReturnType<typeof servePages>>;
const open: Person[] = [];

beforeAll(async () => {
  [sfu, pages] = await Promise.all([startSfu(), servePages()]);
});

afterEach(async () => {
  await Promise.all(open.splice(0).map((person) => person.close()));
});

afterAll(async () => {
  await Promise.all([sfu?.close(), pages?.close()]);
});

async function launch(name: string, tone: number, more: Partial<PersonOptions> = {}): Promise<MediaPerson> {
  const colour = { red: 200, green: 40, blue: 40 };
  const person = await launchMediaPerson({ pages: pages.url, sfu, room: ROOM, name, tone, colour, ...more });
  open.push(person);
  return person;
}

async function start({ page }: MediaPerson) {
  await page.evaluate(() => window.media.devices.start());
  return page.evaluate(() => window.media.state());
}

async function enter({ page }: MediaPerson): Promise<void> {
  await page.evaluate((members) => window.media.enter({ members, keySeed: 7 }), ['anna#laptop', 'ben#laptop']);
}

test('without a camera one joins with sound only', async () => {
  const [anna, ben] = await Promise.all([launch('anna', 440, { camera: 'none' }), launch('ben', 710)]);
  expect(await start(anna)).toMatchObject({ camera: 'missing', microphone: 'on', options: { camera: [] } });
  await Promise.all([enter(anna), enter(ben)]);
  await ben.sees('anna with sound only', ({ participants }) => {
    const { picture, microphone } = participants[anna.identity] ?? {};
    return picture === false && microphone === 'on';
  });
  expect(await hears(ben.page, anna.tone)).toBe(true);
});

test('sound that the browser blocks is told, and starts with a tap', async () => {
  const [anna, ben] = await Promise.all([launch('anna', 440), launch('ben', 710)]);
  // Chromium always plays the sound of a call; Safari and Firefox don't before a tap, and answer like this.
  await ben.page.evaluate(() => {
    const { play } = HTMLAudioElement.prototype;
    HTMLAudioElement.prototype.play = () => Promise.reject(new DOMException('', 'NotAllowedError'));
    document
      .querySelector('#tap')!
      .addEventListener('click', () => Object.assign(HTMLAudioElement.prototype, { play }), {
        capture: true,
      });
  });
  await start(anna);
  await Promise.all([enter(anna), enter(ben)]);
  await ben.sees('that sound is blocked', ({ audioBlocked }) => audioBlocked);
  await ben.page.locator('#tap').click();
  await ben.sees('that sound plays', ({ audioBlocked }) => !audioBlocked);
});

test('denied devices are blocked, and mended by themselves once the person allows them', async () => {
  const { page, context, ...anna } = await launch('anna', 440, { camera: 'denied' });
  expect(await start({ page, context, ...anna })).toMatchObject({ camera: 'blocked', microphone: 'blocked' });
  await context.grantPermissions(['camera', 'microphone']);
  await until('both are on', async () => {
    const { camera, microphone } = await page.evaluate(() => window.media.state());
    return camera === 'on' && microphone === 'on';
  });
  await until('a level', () => page.evaluate(() => window.media.devices.level() > 0.1));
});

test('off is off: no level, no light, and still so after another choice and a reload', async () => {
  const anna = await launch('anna', 440);
  const { page } = anna;
  const { options } = await start(anna);
  expect(options.microphone.length).toBeGreaterThan(1);
  expect(options.microphone.every(({ label }) => label !== '')).toBe(true);
  await until('a level', () => page.evaluate(() => window.media.devices.level() > 0.1));
  await page.evaluate(() => {
    window.media.setOn('microphone', false);
    window.media.setOn('camera', false);
  });
  expect(await page.evaluate(() => window.media.devices.level())).toBe(0);
  expect(await heldTracks(page, 'video')).toBe(0);

  const other = options.microphone.at(-1)!.deviceId;
  await page.evaluate((deviceId) => window.media.devices.choose('microphone', deviceId), other);
  await until('the other microphone', () =>
    page.evaluate((id) => window.media.state().chosen.microphone === id, other),
  );
  expect(await page.evaluate(() => window.media.state())).toMatchObject({ camera: 'off', microphone: 'off' });

  expect(await page.evaluate(() => window.media.devices.audioTrack()?.enabled)).toBe(false);

  await page.reload();
  await page.waitForFunction(() => 'media' in window);
  expect(await start(anna)).toMatchObject({ camera: 'off', microphone: 'off', chosen: { microphone: other } });
  expect(await heldTracks(page, 'video')).toBe(0);
  await enter(anna);
  await anna.sees('herself', ({ state }) => state === 'connected');
  await until('the muted microphone is published', async () => {
    const { tracks } = await sfu.rooms.getParticipant(ROOM, anna.identity);
    return tracks.length === 1 && tracks[0]?.muted;
  });
  expect(await energySent(page)).toBe(0);
});

test('a device that is lost gives way to another, on as it was; a lost microphone comes back muted', async () => {
  const anna = await launch('anna', 440);
  const { page } = anna;
  await start(anna);
  await enter(anna);
  await page.evaluate(() => {
    const lost = window.media.devices.audioTrack()!;
    lost.stop();
    lost.dispatchEvent(new Event('ended'));
  });
  await until('another microphone', () => page.evaluate(() => window.media.state().microphone === 'on'));
  await until('it is sent', async () => (await energySent(page)) > 0);

  // The phone rings: nothing can be had now.
  await page.evaluate(() => {
    const { getUserMedia } = navigator.mediaDevices;
    navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', 'NotReadableError'));
    setTimeout(() => Object.assign(navigator.mediaDevices, { getUserMedia }), 1_000);
    for (const track of [window.media.devices.audioTrack()!, window.media.devices.videoTrack()!]) {
      track.stop();
      track.dispatchEvent(new Event('ended'));
    }
  });
  await until('both are in use', () =>
    page.evaluate(() => window.media.state().microphone === 'inUse' && window.media.state().camera === 'inUse'),
  );
  await page.waitForTimeout(1_200);
  await page.evaluate(() => navigator.mediaDevices.dispatchEvent(new Event('devicechange')));
  await until('the camera is back, the microphone muted', () =>
    page.evaluate(() => window.media.state().camera === 'on' && window.media.state().microphone === 'off'),
  );
});
