// A process of its own, so that the launcher doesn't carry the bundler's memory through the whole session.
import { resolve } from 'node:path';
import { build } from 'vite';
import { precompress } from './precompress.mjs';
import { trim } from './trim.mjs';

// Whatever it is outside: with another value React's development version would be built, half as fast and twice the size.
process.env.NODE_ENV = 'production';

const root = resolve(import.meta.dirname, '../..');
const configFile = resolve(root, 'vite.config.ts');

await build({ configFile, logLevel: 'warn', plugins: [trim()], worker: { plugins: () => [trim()] } });
await precompress(resolve(root, 'dist/client'));
await build({ configFile, logLevel: 'warn', build: { ssr: 'server/main.ts', outDir: 'dist/server' } });
await build({ configFile, logLevel: 'warn', build: { ssr: 'infra/launcher/main.ts', outDir: 'dist/launcher' } });
