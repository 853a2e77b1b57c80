import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { sourceStamp } from './build.mjs';
import { isInstalled } from './install.mjs';
import { nodeProblem } from './nodeVersion.mjs';
import { summarise } from './summary.mjs';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kinroom-commands-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(file: string, content: unknown): void {
  mkdirSync(join(folder, file, '..'), { recursive: true });
  writeFileSync(join(folder, file), typeof content === 'string' ? content : JSON.stringify(content));
}

test('Node 20.19 and newer will do; an older one is named', () => {
  expect(['20.19.0', '20.20.2', '22.0.0', '24.11.1'].map(nodeProblem)).toEqual([null, null, null, null]);
  for (const version of ['20.18.3', '18.20.0', '9.11.2']) {
    expect(nodeProblem(version)).toMatch(`20.19 or newer, and this is Node ${version}.`);
  }
});

test('installed means: what the lock file asks for is there, in that version', () => {
  const a = { version: '1.0.0' };
  const lock = { packages: { '': {}, 'node_modules/a': a, 'node_modules/mac': { version: '2.0.0', optional: true } } };
  write('package-lock.json', lock);
  expect(isInstalled(folder)).toBe(false);

  write('node_modules/.package-lock.json', { packages: { 'node_modules/a': a } });
  expect(isInstalled(folder)).toBe(false); // the folder itself was deleted
  write('node_modules/a/package.json', a);
  expect(isInstalled(folder)).toBe(true);

  write('package-lock.json', { packages: { ...lock.packages, 'node_modules/a': { version: '1.0.1' } } });
  expect(isInstalled(folder)).toBe(false);
  write('package-lock.json', { packages: { ...lock.packages, 'node_modules/b': { version: '1.0.0' } } });
  expect(isInstalled(folder)).toBe(false);
  write('package-lock.json', { packages: { '': {} } });
  expect(isInstalled(folder)).toBe(false); // no longer wanted
});

test('the stamp follows what the build reads, not tests, and not times', () => {
  write('package.json', '{}');
  write('server/main.ts', 'start();');
  const stamp = sourceStamp(folder);
  write('server/main.ts', 'start();');
  write('server/main.test.ts', 'test();');
  write('README.md', 'words');
  expect(sourceStamp(folder)).toBe(stamp);

  write('server/main.ts', 'start(1);');
  const changed = sourceStamp(folder);
  expect(changed).not.toBe(stamp);
  cpSync(join(folder, 'server/main.ts'), join(folder, 'server/other.ts'));
  expect(sourceStamp(folder)).not.toBe(changed);
});

test('the summary counts tests, files that broke, and an end without a report', () => {
  const report = join(folder, 'report.json');
  const tests = ['passed', 'passed', 'failed', 'skipped', 'todo', 'pending'].map((status) => ({ status }));
  write('report.json', {
    testResults: [
      { status: 'failed', assertionResults: tests },
      { status: 'failed', assertionResults: [] },
    ],
  });
  expect(summarise(report, 1)).toEqual({ passed: 2, failed: 2, skipped: 3 });

  write('report.json', { testResults: [{ status: 'passed', assertionResults: [{ status: 'passed' }] }] });
  expect(summarise(report, 0)).toEqual({ passed: 1, failed: 0, skipped: 0 });
  expect(summarise(report, 1)).toEqual({ passed: 1, failed: 1, skipped: 0 });
  expect(summarise(join(folder, 'absent.json'), 0)).toEqual({ passed: 0, failed: 1, skipped: 0 });
});
