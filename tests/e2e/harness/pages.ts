import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, preview, type InlineConfig } from 'vite';
import { trim } from '../../../infra/launcher/trim.mjs';

const PAGES = ['media', 'stranger'];

/** Builds the pages of tests/e2e/pages, with client/media as it is, and serves them. `url` ends with a slash. */
export async function servePages(): Promise<{ url: string; close(): Promise<void> }> {
  const outDir = await mkdtemp(join(tmpdir(), 'kinroom-pages-'));
  const root = fileURLToPath(new URL('../pages', import.meta.url));
  const config: InlineConfig = {
    configFile: false,
    root,
    logLevel: 'error',
    publicDir: false,
    build: { outDir, rolldownOptions: { input: PAGES.map((page) => join(root, `${page}.html`)) } },
    // What these tests find out has to hold for the libraries as they are shipped.
    plugins: [trim()],
    worker: { format: 'es', plugins: () => [trim()] },
    preview: { host: '127.0.0.1', port: 0 },
  };
  await build(config);
  const server = await preview(config);
  const address = server.httpServer.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/`,
    async close() {
      await server.close();
      await rm(outDir, { recursive: true, force: true });
    },
  };
}
