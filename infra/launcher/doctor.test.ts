import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { examine } from './doctor.ts';
import { examineMediaAddress, examinePublicUrl } from './examineAddresses.ts';
import { examineClock, examineDataFolder, examineMemory, examineNode, examinePort } from './examineComputer.ts';
import { examineSfuBinary } from './examineServices.ts';
import type { Finding } from './findings.ts';
import { freePort } from './ports.ts';

let folder: string;
const cleanUp: (() => void)[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kinroom-doctor-'));
});
afterEach(() => {
  for (const end of cleanUp.splice(0)) end();
  rmSync(folder, { recursive: true, force: true });
});

function said(findings: Finding | Finding[]): string {
  return [findings]
    .flat()
    .map(({ state, about, words }) => `${state} ${about}: ${words}`)
    .join('\n');
}

async function serve(answer: RequestListener): Promise<number> {
  const server = createHttpServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  cleanUp.push(() => server.close());
  return (server.address() as AddressInfo).port;
}

function env(more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  return { PORT: '0', KINROOM_DATA: join(folder, 'data'), PATH: '', ...more };
}

test('Node and memory: what gets no fixes, and what is little', () => {
  expect(said(examineNode('20.19.0'))).toMatch(/^look Node: 20\.19\.0 works, but/);
  expect(said(examineNode('24.1.0'))).toBe('ok Node: 24.1.0.');
  expect(said(examineMemory(2 ** 29, 2 ** 28))).toMatch(/^look memory: 0\.5 GB in all, 0\.3 GB free/);
  expect(said(examineMemory(2 ** 33, 2 ** 32))).toMatch(/^ok memory/);
});

test('the data folder: made later, a file in its place, not writable, open to others', () => {
  const later = join(folder, 'a/b/c');
  expect(said(examineDataFolder(later))).toMatch(/^ok data folder: .* will be made at the first start\.\n\w+ disk: /);
  expect(existsSync(join(folder, 'a'))).toBe(false);
  writeFileSync(join(folder, 'file'), '');
  expect(said(examineDataFolder(join(folder, 'file', 'data')))).toMatch(/^fix data folder: .*is a file/);
  // Nobody may write there, root neither.
  if (existsSync('/proc'))
    expect(said(examineDataFolder('/proc/kinroom'))).toMatch(/^fix data folder: \/proc can’t be/);
  const open = join(folder, 'open');
  mkdirSync(open);
  chmodSync(open, 0o755);
  if (process.platform !== 'win32')
    expect(said(examineDataFolder(open))).toMatch(/^look data folder: Others .* chmod 700/m);
  expect(readdirSync(open)).toEqual([]);
});

test('the port: free, taken by something else, taken by a Kinroom, and what that one can’t reach', async () => {
  const mute = createServer().listen(0, '127.0.0.1');
  await once(mute, 'listening');
  const { port } = mute.address() as AddressInfo;
  mute.on('connection', (socket) => socket.destroy());
  expect(said(await examinePort(port))).toMatch(/^fix port: \d+ is taken by another program/);
  mute.close();
  await once(mute, 'close');
  expect(said(await examinePort(port))).toBe(`ok port: ${port} is free.`);
  const checks = { database: 'ok', sfu: 'down' };
  const kinroom = await serve((request, response) => {
    response.end(JSON.stringify(request.url === '/healthz' ? { ok: true } : { ok: false, checks }));
  });
  expect(said(await examinePort(kinroom))).toBe(
    `ok port: ${kinroom} is taken by a Kinroom that runs.\nfix running Kinroom: It can’t reach its media server.`,
  );
  for (const words of ['<h1>It works</h1>', '{"status":"up"}']) {
    const other = await serve((_request, response) => void response.end(words));
    expect(said(await examinePort(other))).toMatch(/^fix port/);
  }
});

test('the clock: alone, in agreement, off, wrong, and long past', () => {
  const now = Date.UTC(2027, 0, 1);
  const clock = (aheadMs: number) => ({ of: 'PostgreSQL', aheadMs, exactToMs: 200 });
  expect(said(examineClock([], now))).toMatch(/^ok clock: .*none to compare/);
  expect(said(examineClock([clock(100), { ...clock(-100), of: 'Redis' }], now))).toBe(
    'ok clock: It agrees with that of PostgreSQL and Redis.',
  );
  expect(said(examineClock([clock(1), clock(-9_000)], now))).toMatch(/^look clock: It differs by 9 s/);
  expect(said(examineClock([clock(61_000)], now))).toMatch(/^fix clock: It differs by 61 s from that of PostgreSQL/);
  expect(said(examineClock([], Date.UTC(1970, 0, 1)))).toMatch(/^fix clock: It says 1970/);
});

test('where media is sent: to this computer only, to a private address behind a public name, or well', () => {
  const base = { publicUrl: null, nodeIp: null, livekit: null };
  const publicUrl = 'https://rooms.example';
  expect(said(examineMediaAddress(base, '192.168.1.5'))).toMatch(/^ok NODE_IP: Media is sent to 192\.168\.1\.5/);
  expect(said(examineMediaAddress(base, '127.0.0.1'))).toMatch(/^look NODE_IP: .*only, and over UDP only/);
  expect(said(examineMediaAddress({ ...base, nodeIp: '127.0.0.1' }, '192.168.1.5'))).toMatch(/^fix NODE_IP/);
  expect(said(examineMediaAddress({ ...base, publicUrl }, '127.0.0.1'))).toMatch(/^fix NODE_IP/);
  expect(said(examineMediaAddress({ ...base, publicUrl }, '172.20.0.2'))).toMatch(
    /^look NODE_IP: .*for people outside/i,
  );
  expect(said(examineMediaAddress({ ...base, publicUrl, nodeIp: '203.0.113.9' }, '10.0.0.2'))).toMatch(/^ok NODE_IP/);
  const livekit = { url: 'wss://sfu.example', apiUrl: 'https://sfu.example', apiKey: 'k', apiSecret: 's' };
  expect(said(examineMediaAddress({ ...base, livekit }, '10.0.0.2'))).toMatch(/^ok NODE_IP: Not needed/);
  expect(said(examineMediaAddress({ ...base, livekit, nodeIp: '10.0.0.2' }))).toMatch(
    /^look NODE_IP: It has no effect/,
  );
});

test('PUBLIC_URL: plain http, no such name, nobody there, something else, a proxy before nothing, and Kinroom', async () => {
  const of = async (publicUrl: string) =>
    said((await examinePublicUrl({ publicUrl, nodeIp: null, livekit: null })).findings);
  expect(await of('http://rooms.example')).toMatch(/^fix PUBLIC_URL: .*not https/);
  expect(await of('https://rooms.invalid')).toMatch(/^fix PUBLIC_URL: .*its name is not known/);
  expect(await of(`http://localhost:${await freePort()}`)).toMatch(/^fix PUBLIC_URL: .*nothing listens there/);
  const other = await serve((_request, response) => void response.end('<h1>It works</h1>'));
  expect(await of(`http://localhost:${other}`)).toMatch(/^fix PUBLIC_URL: .*not Kinroom/);
  const proxy = await serve((_request, response) => void response.writeHead(502).end());
  expect(await of(`http://localhost:${proxy}`)).toMatch(/^look PUBLIC_URL: The proxy/);
  const kinroom = (rtc: number) =>
    serve((request, response) => {
      if (request.url?.startsWith('/rtc')) response.writeHead(rtc).end();
      else response.end('{"ok":true}');
    });
  expect(await of(`http://localhost:${await kinroom(404)}`)).toMatch(
    /^ok PUBLIC_URL: .*\nfix PUBLIC_URL: .*does not pass \/rtc/,
  );
  expect(await of(`http://localhost:${await kinroom(401)}`)).toMatch(
    /^ok PUBLIC_URL: .*\nok PUBLIC_URL: .*passes \/rtc/,
  );
});

test('the media server: it is looked for and not fetched', async () => {
  const asked: (string | undefined)[] = [];
  const port = await serve((request, response) => {
    asked.push(request.url);
    response.writeHead(404).end();
  });
  const cache = join(folder, 'cache');
  const nowhere = { PATH: '', LIVEKIT_RELEASE_URL: `http://127.0.0.1:${port}` };
  expect(said(await examineSfuBinary(nowhere, cache))).toMatch(/^look media server: LiveKit 1\.\S+ is not here yet/);
  expect(asked).toEqual([]);
  expect(existsSync(cache) ? readdirSync(cache) : []).toEqual([]);
  const named = { PATH: '', LIVEKIT_SERVER_BINARY: join(folder, 'nothing') };
  expect(said(await examineSfuBinary(named, cache))).toMatch(
    /^fix media server: LIVEKIT_SERVER_BINARY is .*not a working/,
  );
  const binary = join(folder, 'livekit-server');
  writeFileSync(binary, '#!/bin/sh\necho "livekit-server version 1.13.3"\n');
  chmodSync(binary, 0o755);
  expect(said(await examineSfuBinary({ PATH: folder }, cache))).toBe(
    'ok media server: LiveKit 1.13.3 is here (on the PATH).',
  );
});

test('a configuration that can’t be read: every problem is one to fix', async () => {
  const findings = await examine(folder, env({ PORT: 'http', NODE_IP: 'here', LIVEKIT_API_KEY: 'a-key' }));
  const problems = findings.filter(({ state }) => state === 'fix').map(({ words }) => words);
  expect(problems).toHaveLength(3);
  expect(problems.join('\n')).toMatch(/^NODE_IP is “here”/m);
});

test('a level of the log that there is not is looked at; a sound folder has nothing to fix but what it lacks', async () => {
  const findings = await examine(folder, env({ LOG_LEVEL: 'loud' }));
  expect(said(findings)).toMatch(/^look LOG_LEVEL: /m);
  expect(findings.filter(({ state }) => state === 'fix')).toEqual([]);
  expect(existsSync(join(folder, 'data'))).toBe(false);
});
