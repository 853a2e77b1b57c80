import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type BrowserContext, type Page } from 'playwright-core';
import { FLAGS } from '../e2e/harness/browser.ts';

/** Chromium's own test picture: a camera of usual speed, so that nobody waits for the next picture of a slow one. */
const CAMERA = [
  '--autoplay-policy=no-user-gesture-required',
  '--use-fake-ui-for-media-stream',
  '--use-fake-device-for-media-stream=fps=30',
];

export type Browser = { context: BrowserContext; page: Page; close(): Promise<void> };

type Noted = Window & { noted: { firstFrame: number | null; frames: number[]; lastPress: number } };

/** A Chromium process of its own with a fresh profile; its pages note presses and remote pictures from the start. */
export async function launch(): Promise<Browser> {
  const profile = await mkdtemp(join(tmpdir(), 'kinroom-bench-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env['CHROME_PATH'] ?? '/usr/bin/chromium',
    args: [...FLAGS, ...CAMERA],
    viewport: { width: 1280, height: 800 },
  });
  // tsx names functions by a helper that no page has.
  await context.addInitScript('globalThis.__name = (named) => named');
  await context.addInitScript(noteFrames);
  return {
    context,
    page: context.pages()[0] ?? (await context.newPage()),
    async close() {
      await context.close();
      await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/**
 * Runs in the page before its own scripts. Times are ms since 1970 by the page's monotonic clock, which all browsers of one
 * machine share: the last press, and for every picture of a remote track the moment it was shown.
 */
function noteFrames(): void {
  const now = (): number => performance.timeOrigin + performance.now();
  const noted: Noted['noted'] = { firstFrame: null, frames: [], lastPress: 0 };
  (window as unknown as Noted).noted = noted;
  window.addEventListener('click', () => (noted.lastPress = now()), { capture: true });
  const remoteTracks = new Set<string>();
  window.RTCPeerConnection = new Proxy(RTCPeerConnection, {
    construct(Connection, [configuration]: [RTCConfiguration | undefined]) {
      const connection = new Connection(configuration);
      connection.addEventListener('track', ({ track }) => remoteTracks.add(track.id));
      return connection;
    },
  });
  const isRemote = ({ srcObject }: HTMLVideoElement): boolean =>
    srcObject instanceof MediaStream && srcObject.getVideoTracks().some(({ id }) => remoteTracks.has(id));
  const watched = new WeakSet<HTMLVideoElement>();
  function watch(video: HTMLVideoElement): void {
    if (watched.has(video)) return;
    watched.add(video);
    function note(): void {
      if (isRemote(video)) {
        noted.firstFrame ??= now();
        noted.frames.push(now());
      }
      video.requestVideoFrameCallback(note);
    }
    video.requestVideoFrameCallback(note);
  }
  new MutationObserver(() => document.querySelectorAll('video').forEach(watch)).observe(document, {
    childList: true,
    subtree: true,
  });
}

/** When the page showed its first remote picture, ms since 1970; waits for it. */
export async function firstFrame(page: Page): Promise<number> {
  await page.waitForFunction(() => (window as unknown as Noted).noted.firstFrame !== null, undefined, {
    timeout: 30_000,
  });
  return page.evaluate(() => (window as unknown as Noted).noted.firstFrame ?? 0);
}

/** When something was pressed last in the page, ms since 1970. */
export function lastPress(page: Page): Promise<number> {
  return page.evaluate(() => (window as unknown as Noted).noted.lastPress);
}

/** Every moment at which the page showed a remote picture since the last call, ms since 1970. */
export function takeFrames(page: Page): Promise<number[]> {
  return page.evaluate(() => (window as unknown as Noted).noted.frames.splice(0));
}
