import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { register } from 'tsx/esm/api';
import { findBrowser } from './browser.mjs';
import { ensureBuilt } from './build.mjs';
import { bundle } from './paths.mjs';

/**
 * `npm run bench -- NAME` and `npm run lab -- NAME`: runs tests/bench/NAME.ts or tests/lab/NAME.ts, whose `measure`
 * returns the figures. They are printed last, as one line of JSON. Returns the exit code: 1 also when the figures say
 * `passed: false`; what a lab had to skip stands in them and is no failure.
 * @param {string} root
 * @param {'bench' | 'lab'} kind
 * @param {string[]} args
 */
export async function measure(root, kind, [name = '', ...rest]) {
  const folder = join(root, 'tests', kind);
  const names = namesIn(folder);
  if (!names.includes(name)) {
    console.error(`Say which: ${names.join(', ')}. For example: npm run ${kind} -- ${names[0]}`);
    return 1;
  }
  const browser = await findBrowser(root);
  if (browser === null || !(await ensureBuilt(root))) return 1;
  const { sfuForTests } = await import(bundle(root, 'launcher'));
  const sfu = await sfuForTests(root);
  if (sfu === null) return 1;
  Object.assign(process.env, { CHROME_PATH: browser, LIVEKIT_SERVER_BINARY: sfu });

  register();
  const { measure: run } = await import(pathToFileURL(join(folder, `${name}.ts`)).href);
  const figures = { name, ...(await run(rest)) };
  console.log(JSON.stringify(figures));
  return figures.passed === false ? 1 : 0;
}

/** @param {string} folder */
function namesIn(folder) {
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder).filter((file) => /^[a-z][a-zA-Z]*\.ts$/.test(file));
  return files.map((file) => file.slice(0, -'.ts'.length)).toSorted();
}
