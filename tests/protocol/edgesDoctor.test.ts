import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { createClient } from 'redis';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { examineLivekit, examinePostgres, examineRedis } from '../../infra/launcher/examineServices.ts';
import { freePort } from '../../infra/launcher/ports.ts';
import { redisBinary, startRedis, type TestRedis } from '../../server/nodes/redis.fixtures.ts';
import { postgresFolder, startPostgres, type TestPostgres } from '../../server/storage/postgres.fixtures.ts';
import { startSfu, type Sfu } from '../e2e/harness/sfu.ts';
import { startServer } from './serverProcess.ts';

// Real processes, beside whatever else this computer does.
const root = join(import.meta.dirname, '../..');
const cleanUp: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of cleanUp.splice(0)) await end();
});

/** `npm run doctor` as a process, with nothing of this environment but what it needs to run. */
function doctor(env: NodeJS.ProcessEnv): Promise<{ code: number; said: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'kinroom-doctor-'));
  cleanUp.push(() => rmSync(folder, { recursive: true, force: true }));
  const base = { PATH: process.env['PATH'], HOME: process.env['HOME'], PORT: '0', KINROOM_DATA: join(folder, 'data') };
  const args = [join(root, 'infra/launcher/bootstrap.mjs'), 'doctor'];
  return new Promise((resolve) => {
    execFile(process.execPath, args, { cwd: root, env: { ...base, ...env } }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code), said: stdout + stderr });
    });
  });
}

function words({ findings }: Awaited<ReturnType<typeof examinePostgres>>): string {
  return findings.map((finding) => `${finding.state} ${finding.words}`).join('\n');
}

/** The same address with something else in it. */
function changed(address: string, change: (url: URL) => void): string {
  const url = new URL(address);
  change(url);
  return url.href;
}

test('npm run doctor: a line each, code 1 where something must be fixed, and no secret', async () => {
  const secrets = [
    'database-password',
    'redis-password',
    'livekit-secret-of-more-than-thirty-two-letters',
    'metrics-token-of-ours',
  ];
  const nobody = `127.0.0.1:${await freePort()}`;
  const { code, said } = await doctor({
    DATABASE_URL: `postgres://kinroom:${secrets[0]}@${nobody}/kinroom`,
    REDIS_URL: `redis://:${secrets[1]}@${nobody}`,
    LIVEKIT_URL: `ws://${nobody}`,
    LIVEKIT_API_KEY: 'key',
    LIVEKIT_API_SECRET: secrets[2],
    METRICS_TOKEN: secrets[3],
  });
  expect(code).toBe(1);
  for (const name of ['DATABASE_URL', 'REDIS_URL', 'LIVEKIT_URL']) {
    expect(said).toMatch(new RegExp(`^fix   ${name}: .* at 127.*nothing listens there`, 'm'));
  }
  expect(said).toMatch(/^3 to fix/m);
  for (const secret of secrets) expect(said).not.toContain(secret);
});

test('npm run doctor: beside a Kinroom that runs', async () => {
  const server = await startServer();
  cleanUp.push(() => server.stop());
  const { said } = await doctor({ PORT: new URL(server.url).port });
  expect(said).toMatch(/^ok    port: \d+ is taken by a Kinroom that runs\.$/m);
});

test('an address of something that is not LiveKit, and one that says no', async () => {
  const keys = { apiKey: 'key', apiSecret: 's'.repeat(32) };
  let status = 200;
  const http = createServer((_request, response) => void response.writeHead(status).end('{}')).listen(0, '127.0.0.1');
  await once(http, 'listening');
  cleanUp.push(() => http.close());
  const apiUrl = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  const ask = () => examineLivekit({ url: 'ws://x', apiUrl, ...keys });
  expect(await ask()).toMatchObject({ state: 'ok' });
  status = 404;
  expect(await ask()).toMatchObject({ state: 'fix', words: expect.stringContaining('not as LiveKit does') as string });
  status = 401;
  expect(await ask()).toMatchObject({ state: 'fix', words: expect.stringContaining('not accept the key') as string });
});

describe('a real SFU', () => {
  let sfu: Sfu;
  beforeAll(async () => {
    sfu = await startSfu();
  });
  afterAll(() => sfu?.close());

  test('accepts its key and no other', async () => {
    const apiUrl = sfu.url.replace('ws', 'http');
    const config = { url: sfu.url, apiUrl, apiKey: 'test', apiSecret: 'a secret for tests that is long enough' };
    expect(await examineLivekit(config)).toMatchObject({ state: 'ok' });
    const wrong = { ...config, apiSecret: 'another secret for tests, long enough' };
    expect(await examineLivekit(wrong)).toMatchObject({
      state: 'fix',
      words: expect.stringContaining('does not accept the key') as string,
    });
  });
});

describe.skipIf(postgresFolder === null)('PostgreSQL (skipped where it is not installed)', () => {
  let postgres: TestPostgres;
  let address: string;
  beforeAll(async () => {
    postgres = await startPostgres();
    address = await postgres.database();
  });
  afterAll(() => postgres.stop());

  test('answers, with its version and its clock', async () => {
    const examined = await examinePostgres(address);
    expect(words(examined)).toMatch(/^ok PostgreSQL at 127\.0\.0\.1:\d+ answers \(version \d+/);
    expect(Math.abs(examined.clock?.aheadMs ?? Infinity)).toBeLessThan(5_000);
  });

  test('no such database, no such user, no right to make tables', async () => {
    expect(words(await examinePostgres(changed(address, (url) => (url.pathname = '/nothing'))))).toMatch(
      /^fix .*that database does not exist/,
    );
    const nobody = changed(address, (url) => (url.username = 'nobody'));
    expect(words(await examinePostgres(nobody))).toMatch(/^fix .*does not accept that user and password/);
    const client = new Client({ connectionString: address });
    await client.connect();
    await client.query('create role guest login; revoke create on schema public from public');
    await client.end();
    const guest = changed(address, (url) => (url.username = 'guest'));
    expect(words(await examinePostgres(guest))).toMatch(/^ok .*\n(look .*\n)?fix Its user may not make tables/);
  });

  test('one that is stopped, and one that hangs', async () => {
    postgres.hang(true);
    const hanging = examinePostgres(address);
    expect(words(await hanging)).toMatch(/^fix .*no answer came/);
    postgres.hang(false);
    await postgres.kill();
    expect(words(await examinePostgres(address))).toMatch(/^fix .*nothing listens there/);
    await postgres.start();
  });
});

describe.skipIf(redisBinary === null)('Redis (skipped where it is not installed)', () => {
  let redis: TestRedis;
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis.stop());

  test('answers; without a database to share it joins nobody', async () => {
    const examined = await examineRedis(redis.url, 'postgres://somewhere/kinroom');
    expect(words(examined)).toMatch(/^ok Redis at 127\.0\.0\.1:\d+ answers\.$/);
    expect(Math.abs(examined.clock?.aheadMs ?? Infinity)).toBeLessThan(5_000);
    expect(words(await examineRedis(redis.url, null))).toMatch(/^ok .*\nlook Redis joins several servers/);
  });

  test('a wrong password, one that is stopped, and one that never answers', async () => {
    const locked = createServer().listen(0, '127.0.0.1');
    await once(locked, 'listening');
    const mute = `redis://127.0.0.1:${(locked.address() as AddressInfo).port}`;
    cleanUp.push(() => locked.close());
    locked.removeAllListeners('connection').on('connection', () => {});
    const client = createClient({ url: redis.url });
    await client.connect();
    await client.configSet('requirepass', 'right');
    client.destroy();
    const withPassword = async (password: string) =>
      words(
        await examineRedis(
          changed(redis.url, (url) => (url.password = password)),
          null,
        ),
      );
    for (const wrong of ['', 'wrong'])
      expect(await withPassword(wrong)).toMatch(/^fix .*does not accept that password/);
    expect(await withPassword('right')).toMatch(/^ok /);
    expect(words(await examineRedis(mute, null))).toMatch(/^fix .*no answer came/);
    await redis.kill();
    expect(words(await examineRedis(redis.url, null))).toMatch(/^fix .*nothing listens there/);
    await redis.start();
  });
});
