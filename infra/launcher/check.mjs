import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { toolScript } from './paths.mjs';
import { run } from './run.mjs';

/**
 * `npm run check`: types, lint with import boundaries, dead code, format. All of them run, also when one fails, so that
 * one look shows everything. Returns the exit code.
 * @param {string} root
 */
export async function check(root) {
  // Named one by one: oxlint given nothing, or a folder that is not there, can pass without having looked.
  const folders = ['client', 'server', 'shared', 'infra', 'tests'].filter((folder) => existsSync(join(root, folder)));
  const configurations = readdirSync(root).filter((file) => file.endsWith('.config.ts'));

  /** @type {[name: string, tool: string, command: string, args: string[]][]} */
  const steps = [
    ['types', 'typescript', 'tsc', ['--noEmit', '--project', root]],
    ['lint and boundaries', 'oxlint', 'oxlint', [...folders, ...configurations]],
    ['dead code', 'knip', 'knip', []],
    ['format', 'oxfmt', 'oxfmt', ['--check', '.']],
  ];
  const failed = [];
  for (const [name, tool, command, args] of steps) {
    console.log(`Checking ${name}.`);
    const code = await run(process.execPath, [toolScript(root, tool, command), ...args], { cwd: root, stdout: 1 });
    if (code !== 0) failed.push(name);
  }
  console.log(failed.length === 0 ? 'All checks passed.' : `Not passed: ${failed.join(', ')}.`);
  return failed.length === 0 ? 0 : 1;
}
