import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { expect, onTestFinished, test } from 'vitest';
import { precompress } from './precompress.mjs';

test('text gets a gzip and a Brotli beside it, which unpack to the same; a font gets none', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'kinroom-precompress-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, 'assets'));
  const text = 'export const room = 1;\n'.repeat(200);
  writeFileSync(join(folder, 'assets/room.js'), text);
  writeFileSync(join(folder, 'letters.woff2'), 'packed already');
  await precompress(folder);
  expect(readdirSync(folder)).toEqual(['assets', 'letters.woff2']);
  expect(readdirSync(join(folder, 'assets'))).toEqual(['room.js', 'room.js.br', 'room.js.gz']);
  const packed = (end: string) => readFileSync(join(folder, `assets/room.js.${end}`));
  expect(gunzipSync(packed('gz')).toString()).toBe(text);
  expect(brotliDecompressSync(packed('br')).toString()).toBe(text);
  expect(packed('br').length).toBeLessThan(text.length / 10);
});
