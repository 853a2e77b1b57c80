import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * The address to import a built part from.
 * @param {string} root
 * @param {'launcher' | 'server'} part
 */
export function bundle(root, part) {
  return pathToFileURL(join(root, 'dist', part, 'main.js')).href;
}

/**
 * The script behind an installed tool's command, to be run with this same Node: unlike node_modules/.bin it needs no shell.
 * @param {string} root
 * @param {string} packageName
 * @param {string} [command] when the package has several
 */
export function toolScript(root, packageName, command = packageName) {
  const file = join(root, 'node_modules', packageName, 'package.json');
  const { bin } = JSON.parse(readFileSync(file, 'utf8'));
  const script = typeof bin === 'string' ? bin : bin[command];
  return join(dirname(file), script);
}
