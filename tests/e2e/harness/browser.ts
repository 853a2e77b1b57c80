import { mkdtemp, rm } from 'node:fs/promises';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type BrowserContext, type Page } from 'playwright-core';
import { writePicture, writeTone, type Colour, type PictureKind } from './fakeMedia.ts';
import { hookConnections } from './measure.ts';
import { hookSockets } from './signal.ts';

/** What a call in a headless Chromium needs, and what keeps Chromium itself from talking to its maker. */
export const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export type PersonOptions = {
  name: string;
  /** The sound of their microphone, Hz. Choose tones that are no multiples of each other. */
  tone: number;
  /** The colour of their camera's picture. */
  colour: Colour;
  /** `none`: a machine without a camera; `denied`: the person says no to camera and microphone. */
  camera?: 'fake' | 'none' | 'denied';
  /** `tcpOnly`: their network lets no UDP through. */
  network?: 'open' | 'tcpOnly';
  /** What their camera sees; see fakeMedia. */
  picture?: PictureKind;
  /** How wrong this machine's clock is, minutes (positive: it is ahead). */
  clockAhead?: number;
  viewport?: { width: number; height: number };
};

/** One person: a Chromium process of their own with a profile of its own. */
export type Person = {
  name: string;
  tone: number;
  colour: Colour;
  context: BrowserContext;
  page: Page;
  /** Throws when any page of theirs asked a host other than this machine. */
  assertNoForeignRequests(): void;
  /** Uncaught errors and console errors so far. */
  errors(): string[];
  /** Every JSON Web Token that came past in addresses, answers and web socket frames. */
  tokens(): string[];
  close(): Promise<void>;
};

/** Starts a browser for this person. The caller closes it. */
export async function launchPerson(options: PersonOptions): Promise<Person> {
  const profile = await mkdtemp(join(tmpdir(), 'kinroom-person-'));
  const sound = join(profile, 'tone.wav');
  const picture = join(profile, 'picture.y4m');
  await Promise.all([writeTone(sound, options.tone), writePicture(picture, options.colour, options.picture)]);
  const context = await chromium.launchPersistentContext(join(profile, 'chromium'), {
    executablePath: process.env['CHROME_PATH'] ?? '/usr/bin/chromium',
    args: [...FLAGS, ...networkFlags(options), ...deviceFlags(options, sound, picture)],
    viewport: options.viewport ?? { width: 800, height: 600 },
  });
  const seen = watch(context);
  await Promise.all([hookConnections(context), hookSockets(context)]);
  await context.addInitScript(shiftClock, (options.clockAhead ?? 0) * 60_000);
  const page = context.pages()[0] ?? (await context.newPage());
  seen.follow(page);
  return {
    name: options.name,
    tone: options.tone,
    colour: options.colour,
    context,
    page,
    assertNoForeignRequests() {
      const foreign = [...seen.hosts].filter((host) => !ownHosts().has(host));
      if (foreign.length > 0) throw new Error(`${options.name} asked foreign hosts: ${foreign.join(', ')}`);
    },
    errors: () => [...seen.errors],
    tokens: () => [...seen.tokens],
    async close() {
      await context.close();
      await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

function networkFlags({ network = 'open' }: PersonOptions): string[] {
  return network === 'open'
    ? []
    : ['--force-webrtc-ip-handling-policy', '--webrtc-ip-handling-policy=disable_non_proxied_udp'];
}

function deviceFlags({ camera = 'fake' }: PersonOptions, sound: string, picture: string): string[] {
  return [
    camera === 'none' ? '--use-fake-device-for-media-stream=device-count=0' : '--use-fake-device-for-media-stream',
    `--use-file-for-fake-audio-capture=${sound}`,
    ...(camera === 'none' ? [] : [`--use-file-for-fake-video-capture=${picture}`]),
    camera === 'denied' ? '--deny-permission-prompts' : '--use-fake-ui-for-media-stream',
    '--autoplay-policy=no-user-gesture-required',
  ];
}

/** Runs in the page. */
function shiftClock(ms: number): void {
  if (ms === 0) return;
  const Real = Date;
  globalThis.Date = class extends Real {
    constructor(...when: [] | [number]) {
      super(...(when.length === 0 ? ([Real.now() + ms] as const) : when));
    }
    static override now(): number {
      return Real.now() + ms;
    }
  } as DateConstructor;
}

const TOKEN = /eyJ[\w-]+\.eyJ[\w-]+\.[\w-]+/g;

function watch(context: BrowserContext) {
  const hosts = new Set<string>();
  const errors: string[] = [];
  const tokens = new Set<string>();

  function search(text: string): void {
    for (const [token] of text.matchAll(TOKEN)) tokens.add(token);
  }

  function ask(address: string): void {
    const { protocol, hostname } = new URL(address);
    if (['http:', 'https:', 'ws:', 'wss:'].includes(protocol)) hosts.add(hostname);
    search(address);
  }

  function follow(page: Page): void {
    page.on('pageerror', (error) => errors.push(String(error)));
    page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
    page.on('websocket', (socket) => {
      ask(socket.url());
      // Byte by byte, since LiveKit's frames are protobuf with the token as text inside.
      for (const way of ['framereceived', 'framesent'] as const) {
        socket.on(way as 'framereceived', ({ payload }) => {
          search(typeof payload === 'string' ? payload : payload.toString('latin1'));
        });
      }
    });
  }

  context.on('page', follow);
  context.on('request', (request) => {
    ask(request.url());
    search(JSON.stringify(request.headers()) + (request.postData() ?? ''));
  });
  context.on('response', (response) => {
    if (!/json|text\/plain/.test(response.headers()['content-type'] ?? '')) return;
    // The body of an answer to a page that has gone can't be read any more.
    void response.text().then(search, () => undefined);
  });
  return { hosts, errors, tokens, follow };
}

function ownHosts(): Set<string> {
  const own = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  return new Set(['localhost', '127.0.0.1', '[::1]', ...own.map(({ address }) => address)]);
}
