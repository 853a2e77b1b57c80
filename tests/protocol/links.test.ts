import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { join, post, type Peer } from './peer.ts';
import { startServer, type ServerProcess } from './serverProcess.ts';

let server: ServerProcess;
const peers: Peer[] = [];

async function joined(label: string, name?: string): Promise<Peer> {
  const peer = await join(server, label, name);
  peers.push(peer);
  return peer;
}

afterEach(() => {
  for (const peer of peers.splice(0)) peer.close();
});

beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

test('an invitation names who leads and how many families, and no family', async () => {
  const { status, answer } = await post(server, '/api/links/open', { token: server.token('family 2') });
  expect(status).toBe(200);
  expect(answer).toMatchObject({ kind: 'personal', role: 'caregiver', name: 'Priya', enrolled: false });
  expect(answer['session']).toMatchObject({
    label: 'Week 4',
    families: 6,
    minutes: 120,
    leads: [{ name: 'Ruth' }, { name: 'Tom' }],
  });
  const text = JSON.stringify(answer);
  for (const name of ['Maya', 'Dan', 'Grace', 'Elena', 'Kwame']) expect(text).not.toContain(name);
});

test('a taster shows no count, and a guest needs a name', async () => {
  const token = server.token('taster');
  const { answer } = await post(server, '/api/links/open', { token });
  expect(answer).toMatchObject({
    kind: 'taster',
    personId: null,
    role: 'attendee',
    session: { minutes: 50, families: null },
  });
  const deviceId = 'some-device';
  expect((await post(server, '/api/devices', { token, deviceId })).answer).toMatchObject({ error: 'nameMissing' });
  const lee = await post(server, '/api/devices', { token, deviceId, name: ' Lee ' });
  const sam = await post(server, '/api/devices', { token, deviceId, name: 'Sam' });
  expect(lee.answer['personId']).not.toBe(sam.answer['personId']);
});

test('a bogus link, and every other spelling of a good one, opens nothing', async () => {
  const good = server.token('family 1');
  for (const token of [
    'bogus',
    good.slice(1),
    `${good}=`,
    good.toLowerCase(),
    `${good.slice(0, -1)}${good.endsWith('A') ? 'B' : 'A'}`,
  ]) {
    expect(await post(server, '/api/links/open', { token })).toMatchObject({
      status: 404,
      answer: { error: 'linkUnknown' },
    });
    const body = { token, deviceId: 'd' };
    expect(await post(server, '/api/devices', body)).toMatchObject({ status: 404, answer: { error: 'linkUnknown' } });
  }
});

test('what cannot be read gets a code and changes nothing', async () => {
  const bodies = [
    '',
    '{',
    '[]',
    'null',
    '{"token":1}',
    '{"token":""}',
    `{"token":"${'x'.repeat(300)}"}`,
    '{"token":"a","more":1}',
  ];
  for (const path of ['/api/links/open', '/api/devices']) {
    for (const body of bodies) {
      const { status, answer } = await post(server, path, body);
      expect([path, body, status, answer['error']]).toEqual([path, body, 400, 'badRequest']);
    }
    expect((await post(server, path, 'x'.repeat(50_000))).status).toBe(400);
  }
  const unknown = await fetch(`${server.url}/api/nothing`);
  expect([unknown.status, await unknown.json()]).toMatchObject([404, { error: 'notFound' }]);
});

test('another website may ask nothing', async () => {
  const body = { token: server.token('family 1') };
  const foreign = await post(server, '/api/links/open', body, { Origin: 'https://evil.example' });
  expect(foreign).toMatchObject({ status: 403, answer: { error: 'foreignOrigin' } });
  const own = await post(server, '/api/links/open', body, { Origin: server.url });
  expect(own.status).toBe(200);
});

test('a seat is found again only with its own cookie', async () => {
  const [maya, priya] = [await joined('family 1'), await joined('family 2')];
  const seat = (personId: string, cookie: string) =>
    fetch(`${server.url}/api/seats/${personId}`, { headers: { cookie } }).then((response) => response.status);
  expect(await seat(maya.personId, maya.cookie)).toBe(200);
  expect(await seat(maya.personId, `${maya.cookie}; ${priya.cookie}`)).toBe(200);
  expect(await seat(maya.personId, priya.cookie)).toBe(401);
  expect(await seat(maya.personId, priya.cookie.replace(priya.personId, maya.personId))).toBe(401);
  expect(await seat(maya.personId, '')).toBe(401);
});

test('a page comes with rules that keep everything else out', async () => {
  const { headers } = await fetch(`${server.url}/healthz`);
  expect(headers.get('content-security-policy')).toContain("default-src 'self'");
  expect(headers.get('referrer-policy')).toBe('no-referrer');
  expect(headers.get('permissions-policy')).toContain('camera=(self)');
  expect(headers.get('x-powered-by')).toBeNull();
});
