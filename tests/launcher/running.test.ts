import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { askServer, cleanUp, readyAt, startLauncher, type Launcher } from './launcher.ts';
import { below, eventually, expectGone, isAlive, sfuBelow } from './processes.ts';

afterEach(cleanUp);

async function runningSfu(launcher: Launcher): Promise<number> {
  return (await eventually(() => sfuBelow(launcher.pid))).pid;
}

/** Server, watchdog and SFU; the loader's compiler may be there as well. */
function partsBelow(pid: number): ReturnType<typeof below> {
  return below(pid).filter(({ command }) => !command.includes('esbuild'));
}

/** The SFU answers a stranger's request for rooms with 401, so this is an SFU, up, with a key. */
async function sfuAnswersAt(apiUrl: string): Promise<boolean> {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(`${apiUrl}/twirp/livekit.RoomService/ListRooms`, {
    method: 'POST',
    headers,
    body: '{}',
  });
  return response.status === 401;
}

test('prints its links to the letter, standing together, and gives the server what it needs', async () => {
  const launcher = startLauncher();
  const url = await readyAt(launcher);
  expect(launcher.stdout()).toContain(
    [
      `Kinroom is ready at ${url}`,
      `facilitator      ${url}/join#0`,
      `co-facilitator   ${url}/join#1`,
      `family 1         ${url}/join#2`,
      `family 2         ${url}/join#3`,
      `taster           ${url}/join#4`,
      '',
    ].join('\n'),
  );
  const { environment } = await askServer(url);
  expect(url).toBe(`http://localhost:${environment['PORT']}`);
  expect(environment['LIVEKIT_URL']).toMatch(/^ws:\/\/localhost:\d+$/);
  expect(environment['LIVEKIT_API_SECRET']?.length).toBeGreaterThanOrEqual(32);
  expect(await sfuAnswersAt(environment['LIVEKIT_API_URL'] ?? '')).toBe(true);
});

test('a killed server is started again on its port; the SFU is untouched', async () => {
  const launcher = startLauncher();
  const url = await readyAt(launcher);
  const sfu = await runningSfu(launcher);
  const before = await askServer(url);

  process.kill(before.pid, 'SIGKILL');
  const after = await eventually(async () => {
    const answer = await askServer(url);
    return answer.pid === before.pid ? null : answer;
  });
  for (const name of ['PORT', 'LIVEKIT_URL', 'LIVEKIT_API_URL', 'LIVEKIT_API_KEY', 'LIVEKIT_API_SECRET']) {
    expect(after.environment[name]).toBe(before.environment[name]);
  }
  expect(await runningSfu(launcher)).toBe(sfu);
  expect(launcher.stderr().match(/^The server ended \(SIGKILL\) and is being started again\.$/gm)).toHaveLength(1);
  expect(launcher.stdout().match(/Kinroom is ready/g)).toHaveLength(1);
});

test('a killed SFU is started again on its ports; the server is untouched', async () => {
  // With the usual port taken its ports are free ones, which nothing would choose a second time.
  const usual = createServer();
  await new Promise<void>((resolve) => usual.on('error', () => resolve()).listen(7880, '127.0.0.1', resolve));
  const launcher = startLauncher();
  const url = await readyAt(launcher);
  const before = await askServer(url);
  const sfu = await runningSfu(launcher);

  process.kill(sfu, 'SIGKILL');
  await expectGone([{ pid: sfu, parent: 0, state: '', command: 'sfu' }]);
  await eventually(() => sfuAnswersAt(before.environment['LIVEKIT_API_URL'] ?? ''));
  expect(await runningSfu(launcher)).not.toBe(sfu);
  expect((await askServer(url)).pid).toBe(before.pid);
  expect(launcher.stderr()).toContain('The media server ended');
  usual.close();
});

test('a killed watchdog leaves no SFU behind, and another comes up on the same ports', async () => {
  const launcher = startLauncher();
  const { environment } = await askServer(await readyAt(launcher));
  const sfu = await eventually(() => sfuBelow(launcher.pid));

  process.kill(sfu.parent, 'SIGKILL');
  await expectGone([sfu]);
  await eventually(() => sfuAnswersAt(environment['LIVEKIT_API_URL'] ?? ''));
});

test.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)('%s stops all three and leaves nothing', async (signal) => {
  const launcher = startLauncher();
  await readyAt(launcher);
  const all = partsBelow(launcher.pid);
  expect(all).toHaveLength(3);
  launcher.child.kill(signal);
  expect(await launcher.exit).toEqual({ code: 0, signal: null });
  expect(all.filter(({ pid }) => isAlive(pid))).toEqual([]);
});

test('a server that does not heed SIGTERM is killed', async () => {
  const launcher = startLauncher({ STAND_IN: 'stubborn' });
  await readyAt(launcher);
  const all = below(launcher.pid);
  launcher.child.kill('SIGTERM');
  expect(await launcher.exit).toEqual({ code: 0, signal: null });
  await expectGone(all);
});

test('a launcher killed with -9 leaves nothing behind', async () => {
  const launcher = startLauncher();
  await readyAt(launcher);
  const all = partsBelow(launcher.pid);
  expect(all).toHaveLength(3);
  launcher.child.kill('SIGKILL');
  await expectGone(all);
});

test('when npm is killed with -9, its launcher stops everything', async () => {
  // As npm does it: through a shell, which lives on when npm is killed. Here it has more to do, so none replaces itself.
  const command = `"${process.execPath}" --import tsx "${join(import.meta.dirname, 'standInLauncher.ts')}"; exit $?`;
  const source = `require('node:child_process').spawn('sh', ['-c', ${JSON.stringify(command)}], { stdio: 'inherit' })`;
  const npm = startLauncher({ npm_lifecycle_event: 'start' }, ['-e', source]);
  await readyAt(npm);
  const all = partsBelow(npm.pid);
  expect(all).toHaveLength(5); // a shell and the launcher as well
  npm.child.kill('SIGKILL');
  await expectGone(all);
});

test('two copies that start at the same moment run side by side', async () => {
  const both = [startLauncher(), startLauncher()];
  const answers = await Promise.all(both.map(async (launcher) => askServer(await readyAt(launcher))));
  const apiUrls = answers.map(({ environment }) => environment['LIVEKIT_API_URL']);
  expect(new Set(apiUrls).size).toBe(2);
  await Promise.all(both.map(async (launcher) => expect(await eventually(() => sfuBelow(launcher.pid))).toBeDefined()));
});

test('with PUBLIC_URL, browsers reach the SFU through it and the server directly', async () => {
  const launcher = startLauncher({ PUBLIC_URL: 'https://rooms.example.org' });
  const { environment } = await askServer(await readyAt(launcher));
  expect(environment['LIVEKIT_URL']).toBe('wss://rooms.example.org');
  expect(environment['LIVEKIT_API_URL']).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
});

test('with LIVEKIT_URL there is no SFU of our own', async () => {
  const livekit = {
    LIVEKIT_URL: 'wss://sfu.example.org',
    LIVEKIT_API_KEY: 'key',
    LIVEKIT_API_SECRET: 'a secret of more than thirty-two characters',
  };
  const launcher = startLauncher(livekit);
  const { environment } = await askServer(await readyAt(launcher));
  expect(environment).toMatchObject({ ...livekit, LIVEKIT_API_URL: 'https://sfu.example.org' });
  expect(partsBelow(launcher.pid)).toHaveLength(1);
});
