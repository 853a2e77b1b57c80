import { once } from 'node:events';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join as path } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { ServerMessage } from '../../server/launcherMessages.ts';
import { freePort } from '../../server/storage/ports.fixtures.ts';
import { join, post } from './peer.ts';

const root = path(import.meta.dirname, '../..');
const AGENT = 'KinroomTest/9 (an unusual browser)';
const ADDRESS = '203.0.113.200';

/** The real server with everything it can say, and all that it says, on both of its outputs. */
async function talkative() {
  const dataFolder = mkdtempSync(path(tmpdir(), 'kinroom-log-'));
  const port = await freePort();
  const env = {
    ...process.env,
    PORT: String(port),
    KINROOM_DATA: dataFolder,
    LIVEKIT_URL: 'ws://127.0.0.1:1',
    LIVEKIT_API_KEY: 'key-of-the-sfu',
    LIVEKIT_API_SECRET: 'a secret of more than thirty-two characters',
    METRICS_TOKEN: 'token-for-the-figures',
    LOG_LEVEL: 'trace',
  };
  const child = spawn(process.execPath, ['--import', 'tsx', 'server/main.ts'], {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let said = '';
  for (const output of [child.stdout, child.stderr]) output?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const gone = once(child, 'exit');
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await gone;
    rmSync(dataFolder, { recursive: true, force: true });
  });
  const [message] = (await once(child, 'message')) as [ServerMessage];
  if (message.type !== 'ready') throw new Error(message.lines.join(' '));
  const { links } = message;
  return {
    url: `http://localhost:${port}`,
    links,
    token: (label: string) => links.find((link) => link.label === label)?.url.split('#')[1] ?? '',
    said: () => said,
    async stop() {
      child.kill('SIGTERM');
      await gone;
      return said;
    },
  };
}

test('a session with everything that can go wrong leaves no trace of anybody in the log', async () => {
  const server = await talkative();
  const people = [];
  for (const label of ['facilitator', 'family 1', 'family 2']) people.push(await join(server, label));
  const lee = await join(server, 'taster', 'Leonora');
  const [ruth, maya, priya] = people;
  if (!ruth || !maya || !priya) throw new Error('nobody came');
  for (const peer of people) await peer.enter();
  await ruth.until((view) => view.people[ruth.personId] !== undefined);
  await ruth.open();
  await ruth.until((view) => view.people[ruth.personId]?.status === 'admitted');
  await ruth.admit(maya);
  expect(await ruth.give({ type: 'start' })).toMatchObject({ ok: true });
  expect(await maya.give({ type: 'start' })).toMatchObject({ refused: 'notAllowed' });
  await ruth.socket.timeout(5_000).emitWithAck('command', { commandId: 'Leonora', command: {} as never });
  await ruth.socket.timeout(5_000).emitWithAck('mediaToken', 'group');
  await priya.socket.timeout(5_000).emitWithAck('mediaToken', 'group');
  // The SFU is not there: removing her from its room fails, and is tried again.
  expect(await maya.give({ type: 'leave' })).toMatchObject({ ok: true });

  const headers = { cookie: maya.cookie, 'user-agent': AGENT, 'x-forwarded-for': ADDRESS };
  const get = (to: string) => fetch(server.url + to, { headers });
  await get(`/api/seats/${maya.personId}`);
  await get(`/api/seats/${maya.personId}?token=${server.token('family 1')}`);
  await get(`/room/${maya.personId}`);
  await get(`/assets/${maya.personId}.js`);
  await get('/room/%E0%A4%A');
  await get('/metrics');
  const enrol = { token: server.token('family 2'), deviceId: 'device-of-nobody', name: 'Leonora Smith' };
  await post(server, '/api/devices', { ...enrol, more: 'Leonora' }, headers);
  await post(server, '/api/devices', '{"token":"Leonora', headers);
  await post(server, '/api/links/open', { token: 'a-token-of-nobody' }, { ...headers, origin: 'https://evil.example' });
  await post(
    server,
    '/api/livekit/webhook',
    { participant: { identity: maya.personId } },
    { authorization: 'Bearer x.y.z' },
  );

  await expect.poll(server.said, { timeout: 10_000 }).toMatch(/"event":"failed"/);
  for (const peer of [...people, lee]) peer.close();
  const said = await server.stop();

  const secrets = [...people, lee].flatMap(({ personId, cookie, who }) => [
    personId,
    cookie.split('=')[1] ?? '',
    who.device.deviceId,
    who.session.card.signingKey,
    who.session.card.hpkeKey,
  ]);
  const names = ['Maya', 'Priya', 'Ruth', 'Leonora', 'Northfield', 'Tuesday group', 'Week 4'];
  const tokens = server.links.map(({ url }) => url.split('#')[1] ?? '');
  const addresses = ['127.0.0.1', '::1', ADDRESS, 'evil.example', AGENT, 'KinroomTest', 'localhost'];
  const keys = ['key-of-the-sfu', 'thirty-two characters', 'token-for-the-figures', 'x.y.z', 'nobody'];
  const found = [
    ...secrets,
    ...names,
    ...tokens,
    ...addresses,
    ...keys,
    maya.view().sessionId,
    '203.0.113',
    'kinroom-',
  ];
  for (const secret of found) {
    expect(secret.length).toBeGreaterThan(2);
    expect(said).not.toContain(secret);
  }

  // It was not silent: every kind of line is there, and each is of the form that there is.
  const lines = said
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  const events = new Set(lines.map(({ event }) => event));
  for (const event of ['httpRequest', 'message', 'socketIn', 'socketGone', 'failed', 'partDown'])
    expect(events).toContain(event);
  const refusals = new Set(lines.flatMap(({ code }) => (code === undefined ? [] : [code])));
  for (const code of ['notAllowed', 'badRequest', 'foreignOrigin', 'notInRoom', 'notFound'])
    expect(refusals).toContain(code);
  const fields = ['level', 'time', 'pid', 'event', 'method', 'route', 'status', 'ms', 'message', 'outcome', 'code'];
  const allowed = new Set([...fields, 'kind', 'part', 'session', 'error']);
  for (const line of lines) expect(Object.keys(line).filter((key) => !allowed.has(key))).toEqual([]);
  // Of an error its kind and place, not its words.
  for (let { error } of lines as { error?: Record<string, unknown> }[]) {
    for (; error !== undefined; error = error['cause'] as typeof error) {
      expect(Object.keys(error).filter((key) => !['name', 'code', 'frames', 'cause'].includes(key))).toEqual([]);
    }
  }
});
