import { launchPerson, type Person, type PersonOptions } from './browser.ts';
import type { Sfu } from './sfu.ts';
import { until } from './until.ts';
import type { PlainSnapshot } from '../pages/media.ts';

/** Somebody on the page that drives client/media directly. */
export type MediaPerson = Person & {
  identity: string;
  snapshot(): Promise<PlainSnapshot | null>;
  /** Waits until their snapshot is as wanted, and returns it. */
  sees(what: string, wanted: (snapshot: PlainSnapshot) => boolean): Promise<PlainSnapshot>;
};

/** Starts a browser whose media page can mint tokens for `room`; its devices are not started yet. */
export async function launchMediaPerson(
  options: PersonOptions & { pages: string; sfu: Sfu; room: string },
): Promise<MediaPerson> {
  const person = await launchPerson(options);
  const identity = `${options.name}#laptop`;
  await person.context.exposeFunction('mint', async () => ({
    url: options.sfu.url,
    token: await options.sfu.mintToken(identity, options.room),
  }));
  await person.page.goto(`${options.pages}media.html`);
  await person.page.waitForFunction(() => 'media' in window);

  async function snapshot(): Promise<PlainSnapshot | null> {
    return person.page.evaluate(() => window.media.snapshot());
  }

  return {
    ...person,
    identity,
    snapshot,
    sees: (what, wanted) =>
      until(`${options.name} sees ${what}`, async () => {
        const now = await snapshot();
        return now && wanted(now) ? now : null;
      }),
  };
}
