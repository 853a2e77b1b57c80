import type { BrowserContext } from 'playwright-core';
import { gzipSync } from 'node:zlib';

export type Fetched = { address: string; gzipBytes: number };

/**
 * Notes everything that a browser with an empty cache fetches over HTTP from now on, each address once: packed with gzip's
 * level 9, fonts and pictures as they are where packing makes them no smaller. The answer is called when it is time to add up.
 */
export function weigh(context: BrowserContext): () => Promise<Fetched[]> {
  const bodies = new Map<string, Promise<number>>();
  context.on('response', (response) => {
    const { pathname } = new URL(response.url());
    // A HEAD request (to the SFU, see prepareConnection) has no body.
    const hasBody = response.ok() && response.request().method() !== 'HEAD';
    if (hasBody && !bodies.has(pathname)) bodies.set(pathname, response.body().then(packed));
  });
  return () => Promise.all([...bodies].map(async ([address, bytes]) => ({ address, gzipBytes: await bytes })));
}

function packed(body: Buffer): number {
  return Math.min(body.length, gzipSync(body, { level: 9 }).length);
}
