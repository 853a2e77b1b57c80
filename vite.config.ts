import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig, type UserConfig } from 'vite';

const client: UserConfig = {
  root: join(import.meta.dirname, 'client'),
  plugins: [react()],
  build: {
    outDir: '../dist/client',
    emptyOutDir: true,
    // The pages' content security policy allows no data: addresses.
    assetsInlineLimit: 0,
    // Every browser that can encrypt media knows modulepreload.
    modulePreload: { polyfill: false },
    // livekit-client alone is half of it.
    chunkSizeWarningLimit: 1000,
    rolldownOptions: {
      output: {
        codeSplitting: {
          // One file for the first page and one for the room: many small ones are packed worse and asked for one by one.
          groups: [
            { name: 'page', test: /\/client\/main\.tsx$/, priority: 2 },
            { name: 'staff', test: /\/client\/facilitator\//, priority: 0 },
            { name: 'room', test: /\/client\/room\/Room\.tsx$/, priority: 1 },
          ],
        },
      },
      checks: { pluginTimings: false },
      onLog(level, log, handle) {
        // The HPKE library asks for Node's crypto only where a page has none of its own: never in a browser.
        if (!/^\S*\s*Module "crypto" has been externalized/.test(log.message)) handle(level, log);
      },
    },
  },
  worker: {
    format: 'es',
    // livekit-client's encryption worker prints every data message in the clear (2.22).
    rolldownOptions: { checks: { pluginTimings: false }, output: { minify: { compress: { dropConsole: true } } } },
  },
};

/** Server and launcher: our own sources in one file, packages stay in node_modules. */
const node: UserConfig = {
  publicDir: false,
  build: {
    target: 'node20',
    emptyOutDir: true,
    sourcemap: true,
    rolldownOptions: { output: { entryFileNames: 'main.js' } },
  },
};

export default defineConfig(({ isSsrBuild }) => (isSsrBuild ? node : client));
