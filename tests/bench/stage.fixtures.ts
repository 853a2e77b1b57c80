import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AccessToken } from 'livekit-server-sdk';
import { build, preview } from 'vite';
import { startKinroom, type Kinroom } from '../e2e/harness/kinroom.ts';
import type { Browser } from './browser.fixtures.ts';

/** Where a bare page finds Kinroom's own SFU, and who it may be there. */
export type BareSfu = { url: string; mintToken(identity: string): Promise<string> };

export type Stage = {
  kinroom: Kinroom;
  sfu: BareSfu;
  /** Opens the bare page in a browser. */
  openBare(browser: Browser): Promise<void>;
  close(): Promise<void>;
};

const BARE_ROOM = 'bare';

/** Kinroom as `npm start` starts it, and a bare livekit-client page that meets its own kind on the same SFU. */
export async function openStage(): Promise<Stage> {
  const [kinroom, page] = await Promise.all([startKinroom(), serveBarePage()]);
  return {
    kinroom,
    sfu: sfuOf(kinroom.sfu()),
    async openBare({ page: tab }) {
      await tab.goto(page.url);
      await tab.waitForFunction(() => 'bare' in window);
      await tab.evaluate(() => window.bare.prepare());
    },
    async close() {
      await Promise.all([kinroom.stop(), page.close()]);
    },
  };
}

/**
 * The launcher gives the keys of its SFU to nobody but that process and the server, so they are read from the process.
 * The keys stay the same when the launcher starts it again.
 */
function sfuOf(pid: number): BareSfu {
  const environment = readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0');
  const text = environment.find((line) => line.startsWith('LIVEKIT_CONFIG='))?.slice('LIVEKIT_CONFIG='.length);
  if (text === undefined) throw new Error('The SFU does not say how it was started: this bench needs Linux.');
  const config = JSON.parse(text) as { port: number; keys: Record<string, string> };
  const [key = '', secret = ''] = Object.entries(config.keys)[0] ?? [];
  return {
    url: `ws://localhost:${config.port}`,
    mintToken(identity) {
      const token = new AccessToken(key, secret, { identity, ttl: 3_600 });
      token.addGrant({ room: BARE_ROOM, roomJoin: true, canSubscribe: true, canPublish: true });
      return token.toJwt();
    },
  };
}

/** Connects a bare page under this name; resolves to when it began to, ms since 1970, once it has published. */
export async function joinBare({ page }: Browser, sfu: BareSfu, identity: string): Promise<number> {
  const token = await sfu.mintToken(identity);
  return page.evaluate(([url, pass]) => window.bare.join(url, pass), [sfu.url, token] as const);
}

async function serveBarePage(): Promise<{ url: string; close(): Promise<void> }> {
  const outDir = await mkdtemp(join(tmpdir(), 'kinroom-bare-'));
  const root = join(import.meta.dirname, 'pages');
  const config = {
    configFile: false as const,
    root,
    logLevel: 'error' as const,
    publicDir: false as const,
    build: { outDir, chunkSizeWarningLimit: 1_000, rolldownOptions: { input: join(root, 'bare.html') } },
    worker: { format: 'es' as const },
    preview: { host: '127.0.0.1', port: 0 },
  };
  await build(config);
  const server = await preview(config);
  const address = server.httpServer.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/bare.html`,
    async close() {
      await server.close();
      await rm(outDir, { recursive: true, force: true });
    },
  };
}

export function rounded(value: number, digits = 0): number {
  return Number(value.toFixed(digits));
}
