import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './run.mjs';

/**
 * What a package-lock.json, or npm's own record in node_modules, says of one package.
 * @typedef {{ version?: string, optional?: boolean, devOptional?: boolean }} LockedPackage
 */

/**
 * True when node_modules holds what package-lock.json asks for, by npm's record of its last finished install: times of
 * files say little after a checkout or a copy.
 * @param {string} root
 */
export function isInstalled(root) {
  const locked = readPackages(join(root, 'package-lock.json'));
  const installed = readPackages(join(root, 'node_modules/.package-lock.json'));
  if (locked === null || installed === null) return false;
  for (const [path, wanted] of Object.entries(locked)) {
    if (path === '') continue;
    const found = installed[path];
    // npm leaves out optional packages that are made for another platform.
    if (found === undefined && (wanted.optional || wanted.devOptional)) continue;
    if (found === undefined || found.version !== wanted.version || !existsSync(join(root, path))) return false;
  }
  return Object.keys(installed).every((path) => path in locked);
}

/**
 * Runs `npm ci` when something is missing; false, after a line that says so, when that fails.
 * @param {string} root
 */
export async function ensureInstalled(root) {
  if (isInstalled(root)) return true;
  console.error('Installing what Kinroom needs (npm ci). This takes a minute or so, once.');
  // Under NODE_ENV=production npm would leave out what the build needs.
  const args = ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];
  const npm = process.env['npm_execpath'];
  const code = npm?.endsWith('.js')
    ? await run(process.execPath, [npm, ...args], { cwd: root })
    : await run('npm', args, { cwd: root });
  if (code === 0) return true;
  console.error(
    'npm ci did not get everything. Check the network and the lines above, then run the same command again.',
  );
  return false;
}

/**
 * @param {string} file
 * @returns {Record<string, LockedPackage> | null}
 */
function readPackages(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages ?? null;
  } catch {
    return null;
  }
}
