import { fileURLToPath } from 'node:url';

import react from '@vitejs/plugin-react';
import { chromium } from 'playwright-core';
import { createServer } from 'vite';

const here = fileURLToPath(new URL('.', import.meta.url));
const repo = fileURLToPath(new URL('../../', import.meta.url));

/**
 * Serves the gallery and starts one browser for it.
 * @returns {Promise<{ address: string, browser: import('playwright-core').Browser, close(): Promise<void> }>}
 */
export async function openStage() {
  const server = await createServer({
    configFile: false,
    root: here,
    publicDir: `${repo}client/public`,
    cacheDir: `${repo}node_modules/.vite-gallery`,
    plugins: [react()],
    logLevel: 'error',
    // Found in advance: discovering them page by page would reload the page under the test.
    optimizeDeps: { include: ['react', 'react-dom/client', 'react/jsx-dev-runtime', 'react/jsx-runtime'] },
    server: { host: '127.0.0.1', port: 0, fs: { allow: [repo] }, hmr: false, watch: null },
  });
  await server.listen();
  const browser = await chromium.launch({
    executablePath: process.env['CHROME_PATH'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--autoplay-policy=no-user-gesture-required', '--lang=en-GB'],
  });
  return {
    address: server.resolvedUrls?.local[0] ?? '',
    browser,
    async close() {
      await browser.close();
      await server.close();
    },
  };
}

/**
 * Opens the gallery in a page of its own size.
 * @param {{ address: string, browser: import('playwright-core').Browser }} stage
 * @param {{ width: number, height: number }} viewport
 */
export async function openGallery(stage, viewport) {
  const context = await stage.browser.newContext({
    viewport,
    locale: 'en-GB',
    timezoneId: 'Europe/London',
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  await page.goto(stage.address, { timeout: 120_000 });
  await page.waitForFunction(() => window.gallery, undefined, { timeout: 120_000 });
  return page;
}
