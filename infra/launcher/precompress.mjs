import { readdir, readFile, writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';

/** Fonts and pictures are packed already. */
const TEXT = new Set(['.css', '.html', '.js', '.svg']);

/**
 * Puts `NAME.gz` and `NAME.br` beside every text file below the folder, as small as those formats get, so that a server
 * packs nothing while people wait.
 * @param {string} folder
 */
export async function precompress(folder) {
  const names = await readdir(folder, { recursive: true });
  await Promise.all(
    names
      .filter((name) => TEXT.has(extname(name)))
      .map(async (name) => {
        const file = join(folder, name);
        const bytes = await readFile(file);
        // Brotli's own default is its best; gzip's is not.
        const [gz, br] = await Promise.all([promisify(gzip)(bytes, { level: 9 }), promisify(brotliCompress)(bytes)]);
        await Promise.all([writeFile(`${file}.gz`, gz), writeFile(`${file}.br`, br)]);
      }),
  );
}
