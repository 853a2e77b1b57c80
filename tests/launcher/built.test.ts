// What `npm test` has built, as people start it: these need a fresh dist/, which `npm test` sees to.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { cleanUp, readyAt, startLauncher, temporaryFolder, type Launcher } from './launcher.ts';
import { below, eventually, expectGone, sfuBelow } from './processes.ts';

const ROOT = join(import.meta.dirname, '../..');

afterEach(cleanUp);

function start(env: NodeJS.ProcessEnv = {}): Launcher {
  return startLauncher(env, [join(ROOT, 'infra/launcher/bootstrap.mjs'), 'start']);
}

/** Its lines from the first one about being ready. */
function lines(launcher: Launcher): string[] {
  const all = launcher.stdout();
  return all.slice(all.indexOf('Kinroom is ready')).trim().split('\n');
}

test('an empty data folder opens the demo course: one link a line, the same again after a restart', async () => {
  const env = { KINROOM_DATA: temporaryFolder() };
  const first = start(env);
  const url = await readyAt(first);
  const labels = ['facilitator', 'co-facilitator', ...[1, 2, 3, 4, 5, 6].map((number) => `family ${number}`), 'taster'];
  const links = lines(first).slice(1);
  expect(links.map((line) => line.slice(0, 17))).toEqual(labels.map((label) => label.padEnd(17)));
  expect(new Set(links.map((line) => line.slice(17))).size).toBe(labels.length);
  for (const link of links.map((line) => line.slice(17))) {
    expect(link.startsWith(`${url}/`)).toBe(true);
    expect((await fetch(link)).status).toBe(200);
  }
  first.child.kill('SIGTERM');
  expect(await first.exit).toEqual({ code: 0, signal: null });

  const second = start({ ...env, PORT: new URL(url).port });
  await readyAt(second);
  expect(lines(second).slice(1)).toEqual(links);
});

test('a data folder that another copy holds: who, and what to do', async () => {
  const env = { KINROOM_DATA: temporaryFolder() };
  await readyAt(start(env));
  const second = start(env);
  expect(await second.exit).toEqual({ code: 1, signal: null });
  expect(second.stderr()).toContain('data folder');
  expect(second.stdout()).not.toContain('Kinroom is ready');
});

test('kill -9 of the server brings it back on its port, with the SFU untouched; kill -9 of the launcher ends all', async () => {
  const launcher = start();
  const url = await readyAt(launcher);
  const sfu = await eventually(() => sfuBelow(launcher.pid));
  const findServer = (): number | undefined =>
    below(launcher.pid).find(({ command, state }) => command.includes('server/main.js') && !state.startsWith('Z'))?.pid;
  const server = await eventually(findServer);
  process.kill(server, 'SIGKILL');
  await eventually(() => {
    const now = findServer();
    return now !== undefined && now !== server;
  });
  await eventually(async () => (await fetch(url)).ok);
  expect((await eventually(() => sfuBelow(launcher.pid))).pid).toBe(sfu.pid);

  const all = below(launcher.pid);
  launcher.child.kill('SIGKILL');
  await expectGone(all);
});

test('the encryption worker that browsers get prints no message', () => {
  const assets = join(ROOT, 'dist/client/assets');
  const workers = readdirSync(assets)
    .filter((file) => file.endsWith('.js'))
    .map((file) => readFileSync(join(assets, file), 'utf8'))
    .filter((text) => text.includes('encryptDataRequest') && text.includes('onrtctransform'));
  expect(workers).toHaveLength(1);
  expect(workers[0]).not.toMatch(/encrypted payload|console\.(log|info|debug)\(/);
});
