import type { BrowserContext, Page } from 'playwright-core';

type Said = { at: number; words: string };

/** What a page showed its person since it was loaded. All times are this machine's clock, ms since 1970. */
export type Watched = {
  /** Differs after a reload. */
  began: number;
  /** When pictures of each person were drawn. */
  frames: Record<string, number[]>;
  /** How each person's seat looked: `here`, or the word that stood on it. Only changes. */
  seats: (Said & { name: string })[];
  /** The greatest number of seats that bore one name at a time. */
  mostSeats: Record<string, number>;
  /** What stood in the banners above the room. Only changes; empty while there was none. */
  banners: Said[];
  /** The heading of each screen. Only changes. */
  screens: Said[];
  /** WebSockets that the page opened: to our server, or to the SFU. */
  sockets: { at: number; to: 'server' | 'sfu' }[];
};

type WatchedWindow = Window & { watched: Watched };

/** Makes every page of this browser keep a diary for `watched`. Call it before the first page is opened. */
export async function watchPages(context: BrowserContext, names: string[]): Promise<void> {
  // The loader that runs labs wraps functions in a helper of its own, which a page doesn't have.
  const helper = 'globalThis.__name ??= (wrapped) => wrapped;';
  await context.addInitScript({ content: `${helper} (${keepDiary.toString()})(${JSON.stringify(names)});` });
}

/** Runs in the page. */
function keepDiary(people: string[]): void {
  const diary: Watched = {
    began: performance.timeOrigin,
    frames: Object.fromEntries(people.map((name) => [name, []])),
    seats: [],
    mostSeats: {},
    banners: [],
    screens: [],
    sockets: [],
  };
  (window as unknown as WatchedWindow).watched = diary;
  const standings = ['Reconnecting', 'Back soon', 'Coming in', 'is waiting', 'Seat kept', 'Weak connection'];
  const followed = new WeakSet<HTMLVideoElement>();
  const last = new Map<string, string>();

  window.WebSocket = new Proxy(WebSocket, {
    construct(Socket, args: [string]) {
      diary.sockets.push({ at: Date.now(), to: new URL(args[0]).pathname.startsWith('/rtc') ? 'sfu' : 'server' });
      return new Socket(...args);
    },
  });

  function follow(video: HTMLVideoElement, name: string): void {
    if (followed.has(video)) return;
    followed.add(video);
    const drawn = (): void => {
      diary.frames[name]?.push(Date.now());
      video.requestVideoFrameCallback(drawn);
    };
    video.requestVideoFrameCallback(drawn);
  }

  /** Whether this is new for its place. */
  function isNews(place: string, words: string): boolean {
    const news = (last.get(place) ?? '') !== words;
    last.set(place, words);
    return news;
  }

  function look(): void {
    const at = Date.now();
    const seats = [...document.querySelectorAll('[aria-label="People in their seats"] li')];
    for (const name of people) {
      const theirs = seats.filter(({ textContent }) => textContent?.includes(name));
      diary.mostSeats[name] = Math.max(diary.mostSeats[name] ?? 0, theirs.length);
      const [seat] = theirs;
      const words = seat ? (standings.find((one) => seat.textContent?.includes(one)) ?? 'here') : 'no seat';
      if (seats.length > 0 && isNews(`seat ${name}`, words)) diary.seats.push({ at, name, words });
      for (const video of seat?.querySelectorAll('video') ?? []) follow(video, name);
    }
    const banners = [...document.querySelectorAll('.banners b')].map(({ textContent }) => textContent).join(' ');
    if (isNews('banners', banners)) diary.banners.push({ at, words: banners });
    const screen = document.querySelector('h1')?.textContent ?? '';
    if (screen !== '' && isNews('screen', screen)) diary.screens.push({ at, words: screen });
  }
  new MutationObserver(look).observe(document, { subtree: true, childList: true, characterData: true });
}

/** The page's diary until now. */
export function watched(page: Page): Promise<Watched> {
  return page.evaluate(() => (window as unknown as WatchedWindow).watched);
}
