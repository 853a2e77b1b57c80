import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findBrowser } from './browser.mjs';
import { ensureBuilt } from './build.mjs';
import { bundle, toolScript } from './paths.mjs';
import { run } from './run.mjs';
import { summarise } from './summary.mjs';

/**
 * `npm test`: gets a browser and the SFU, builds, runs everything, ends with one plain line. The tests are told of both
 * by CHROME_PATH and LIVEKIT_SERVER_BINARY. Arguments go to vitest, e.g. `npm test -- server`. Returns the exit code.
 * @param {string} root
 * @param {string[]} args
 */
export async function test(root, args) {
  const browser = await findBrowser(root);
  if (browser === null) return finish({ passed: 0, failed: 1, skipped: 0 });
  if (!(await ensureBuilt(root))) return finish({ passed: 0, failed: 1, skipped: 0 });
  const { sfuForTests } = await import(bundle(root, 'launcher'));
  const sfu = await sfuForTests(root);
  if (sfu === null) return finish({ passed: 0, failed: 1, skipped: 0 });

  const folder = mkdtempSync(join(tmpdir(), 'kinroom-test-'));
  const report = join(folder, 'report.json');
  const vitest = toolScript(root, 'vitest');
  const code = await run(
    process.execPath,
    [vitest, 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...args],
    { cwd: root, env: { ...process.env, CHROME_PATH: browser, LIVEKIT_SERVER_BINARY: sfu }, stdout: 1 },
  );
  const summary = summarise(report, code);
  rmSync(folder, { recursive: true, force: true });
  return finish(summary);
}

/** @param {{ passed: number, failed: number, skipped: number }} summary */
function finish({ passed, failed, skipped }) {
  console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
  return failed === 0 ? 0 : 1;
}
