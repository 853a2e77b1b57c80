import { chmodSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { freePort } from '../../infra/launcher/ports.ts';
import { cleanUp, startLauncher, temporaryFolder, type Launcher } from './launcher.ts';

afterEach(cleanUp);

/** It ends with code 1, announces nothing, and says what is expected. */
async function expectRefusal(launcher: Launcher, words: RegExp): Promise<void> {
  expect(await launcher.exit).toEqual({ code: 1, signal: null });
  expect(launcher.stderr()).toMatch(words);
  expect(launcher.stdout()).not.toContain('Kinroom is ready');
}

test('a port in use: which one, and how to choose another', async () => {
  const port = await freePort();
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(port, '127.0.0.1', resolve));
  await expectRefusal(startLauncher({ PORT: String(port) }), new RegExp(`Port ${port} is in use.*PORT=`));
  await new Promise((resolve) => other.close(resolve));
});

test('a malformed environment: every problem', async () => {
  const launcher = startLauncher({ PORT: 'http', PUBLIC_URL: 'rooms', LIVEKIT_API_KEY: 'key' });
  await expectRefusal(launcher, /^PORT is “http”[^]*^PUBLIC_URL is “rooms”[^]*^LIVEKIT_API_KEY is set without/m);
});

test('a data folder that can’t be written', async () => {
  const file = join(temporaryFolder(), 'a-file');
  writeFileSync(file, '');
  await expectRefusal(
    startLauncher({ KINROOM_DATA: join(file, 'data') }),
    /data folder .* can’t be written.*KINROOM_DATA/,
  );
});

test('what the server reports as not to be mended is passed on, and everything stops', async () => {
  const launcher = startLauncher({ STAND_IN: 'failed' });
  await expectRefusal(launcher, /^The data folder is in use by process 4711\.\nStop that one first\.$/m);
  expect(launcher.stderr()).not.toContain('started again');
});

test('a server that keeps dying at its start', async () => {
  await expectRefusal(startLauncher({ STAND_IN: 'crash' }), /The server keeps ending at its start \(exit code 3\)/);
});

test('an SFU that keeps dying at its start', async () => {
  const broken = join(temporaryFolder(), 'livekit-server');
  writeFileSync(broken, '#!/bin/sh\n[ "$1" = --version ] && echo "livekit-server version 1.13.3" && exit 0\nexit 7\n');
  chmodSync(broken, 0o755);
  await expectRefusal(startLauncher({ LIVEKIT_SERVER_BINARY: broken }), /media server .* keeps ending .*exit code 7/);
});
