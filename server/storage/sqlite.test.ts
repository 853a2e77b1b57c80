import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openFolder } from './sqlite.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kinroom-storage-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('a folder that is open is held, and free again when it is closed', async () => {
  const first = await openFolder(folder);
  if (!('storage' in first)) throw new Error(first.problem.lines.join(' '));
  expect(await openFolder(folder)).toMatchObject({ problem: { code: 'held' } });
  await first.storage.close();
  const again = await openFolder(folder);
  if (!('storage' in again)) throw new Error(again.problem.lines.join(' '));
  await again.storage.close();
});

test('a folder that cannot be made or written says so', async () => {
  writeFileSync(join(folder, 'file'), '');
  expect(await openFolder(join(folder, 'file', 'data'))).toMatchObject({ problem: { code: 'notWritable' } });
});

test.skipIf(process.getuid?.() === 0)('a folder without write permission says so', async () => {
  chmodSync(folder, 0o500);
  expect(await openFolder(folder)).toMatchObject({ problem: { code: 'notWritable' } });
});

test('a file that is no database is left alone and named', async () => {
  writeFileSync(
    join(folder, 'kinroom.db'),
    'this is not a database, and long enough to be looked at as one'.repeat(20),
  );
  expect(await openFolder(folder)).toMatchObject({ problem: { code: 'notMigrated' } });
});
