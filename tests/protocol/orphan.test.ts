import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { freePort } from '../../server/storage/ports.fixtures.ts';
import { spawnServer } from './serverProcess.ts';

test('a launcher that dies while the server starts leaves no server behind', async () => {
  const dataFolder = mkdtempSync(join(tmpdir(), 'kinroom-orphan-'));
  const child = spawnServer(dataFolder, await freePort());
  const gone = once(child, 'exit');
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await gone;
    rmSync(dataFolder, { recursive: true, force: true });
  });
  // What the server sees of a launcher that was killed.
  child.disconnect();
  expect(await gone).toEqual([0, null]);
}, 30_000);
