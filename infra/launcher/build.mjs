import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './run.mjs';

const SOURCE_FOLDERS = ['client', 'server', 'shared', 'infra'];
const SOURCE_FILES = ['package.json', 'package-lock.json', 'tsconfig.json', 'vite.config.ts'];

/**
 * A fingerprint of everything that the build reads: contents, since times of files say little after a checkout.
 * @param {string} root
 */
export function sourceStamp(root) {
  const hash = createHash('sha256');
  const inFolders = SOURCE_FOLDERS.flatMap((folder) => filesBelow(root, folder)).filter(
    (file) => !file.includes('.test.'),
  );
  for (const file of [...SOURCE_FILES, ...inFolders.toSorted()]) {
    const bytes = readIfThere(join(root, file));
    if (bytes !== null) hash.update(`${file}\0${bytes.length}\0`).update(bytes);
  }
  return hash.digest('hex');
}

/**
 * Builds client, server and launcher into dist/, with one line of progress; false when that fails.
 * @param {string} root
 */
export async function build(root) {
  const stampFile = join(root, 'dist/.stamp');
  const stamp = sourceStamp(root);
  // Gone while building: a build that was cut off must not pass for a fresh one.
  rmSync(stampFile, { force: true });
  console.error('Building Kinroom.');
  const code = await run(process.execPath, [join(root, 'infra/launcher/viteBuild.mjs')], { cwd: root });
  if (code !== 0) {
    console.error('The build failed; the lines above say where.');
    return false;
  }
  mkdirSync(join(root, 'dist'), { recursive: true });
  writeFileSync(stampFile, stamp);
  return true;
}

/**
 * Builds only what is stale; false when that fails.
 * @param {string} root
 */
export async function ensureBuilt(root) {
  const built = readIfThere(join(root, 'dist/.stamp'))?.toString();
  return built === sourceStamp(root) || build(root);
}

/**
 * @param {string} root
 * @param {string} folder
 * @returns {string[]} paths from the root
 */
function filesBelow(root, folder) {
  try {
    return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) =>
      entry.isDirectory() ? filesBelow(root, join(folder, entry.name)) : [join(folder, entry.name)],
    );
  } catch {
    return [];
  }
}

/** @param {string} file */
function readIfThere(file) {
  try {
    return readFileSync(file);
  } catch {
    return null;
  }
}
