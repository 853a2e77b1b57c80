import { afterEach, expect, test } from 'vitest';
import { answers, listening, type Listening, type ListeningOptions } from './listening.fixtures.ts';

let server: Listening;

async function start(options: ListeningOptions): Promise<Listening> {
  server = await listening(options);
  return server;
}
afterEach(() => server.close());

const OUTSIDE = '203.0.113.9';
const silent = () => new Promise<never>(() => {});
const broken = () => Promise.reject(new Error('postgres://kinroom:secret@10.1.2.3/db does not answer'));

async function json(path: string, headers?: Record<string, string>): Promise<[number, unknown]> {
  const { status, body } = await server.get(path, headers);
  return [status, JSON.parse(body.toString())];
}

test('the process lives, whatever else does not', async () => {
  await start({ parts: { database: broken, sfu: broken } });
  expect(await json('/healthz')).toEqual([200, { ok: true }]);
});

test('ready when every part answers', async () => {
  await start({ parts: { database: answers, sfu: answers } });
  expect(await json('/readyz')).toEqual([200, { ok: true, checks: { database: 'ok', sfu: 'ok' } }]);
});

test('not ready says which part is down, and nothing else, also while one never answers', async () => {
  await start({ parts: { database: broken, sfu: answers, redis: silent }, partPatienceMs: 50 });
  const checks = { database: 'down', sfu: 'ok', redis: 'down' };
  expect(await json('/readyz')).toEqual([503, { ok: false, checks }]);
});

test('a part is asked once for many who ask', async () => {
  let asked = 0;
  await start({ parts: { database: async () => void (asked += 1) } });
  await Promise.all(Array.from({ length: 20 }, () => server.get('/readyz')));
  expect(asked).toBe(1);
});

test('figures are for this computer and private networks', async () => {
  await start({});
  const { status, headers, body } = await server.get('/metrics');
  expect([status, headers['content-type']]).toEqual([200, 'text/plain; version=0.0.4; charset=utf-8']);
  expect(body.toString()).toContain('kinroom_sessions{phase="lobby"} 1');
});

test('through a proxy the address behind it counts', async () => {
  await start({ publicUrl: 'https://rooms.example' });
  const from = (addresses: string) => server.get('/metrics', { 'x-forwarded-for': addresses });
  expect((await from('10.20.30.40')).status).toBe(200);
  expect((await from('fd00::7')).status).toBe(200);
  for (const addresses of [
    OUTSIDE,
    `127.0.0.1, ${OUTSIDE}`,
    `10.0.0.1, ${OUTSIDE}, 10.0.0.2`,
    '2001:db8::1',
    'nobody',
  ]) {
    const { status, body } = await from(addresses);
    expect([addresses, status, JSON.parse(body.toString())]).toMatchObject([addresses, 404, { error: 'notFound' }]);
  }
});

test('a proxy that nobody told us of does not open them', async () => {
  await start({});
  for (const headers of [{ 'x-forwarded-for': '127.0.0.1' }, { forwarded: 'for=127.0.0.1' }]) {
    expect((await server.get('/metrics', headers as Record<string, string>)).status).toBe(404);
  }
});

test('with a token they are for whoever brings it, from anywhere', async () => {
  const metricsToken = 'a token for the figures';
  await start({ metricsToken: metricsToken.replaceAll(' ', '-'), publicUrl: 'https://rooms.example' });
  const bring = (authorization: string) =>
    server.get('/metrics', { authorization, 'x-forwarded-for': OUTSIDE }).then(({ status }) => status);
  const token = metricsToken.replaceAll(' ', '-');
  expect(await bring(`Bearer ${token}`)).toBe(200);
  for (const wrong of ['', 'Bearer', `Bearer ${token}x`, `Basic ${token}`, token]) expect(await bring(wrong)).toBe(401);
  expect((await server.get('/metrics')).status).toBe(401);
});

test('neither figures nor lines hold an address, an id or a token of what was asked', async () => {
  await start({ publicUrl: 'https://rooms.example' });
  const secrets = ['person-of-maya', 'cookie-of-maya', OUTSIDE, 'Firefox', 'evil.example', server.token];
  const headers = { cookie: 'kinroom-x=cookie-of-maya', 'user-agent': 'Firefox', 'x-forwarded-for': OUTSIDE };
  await server.get('/api/seats/person-of-maya', headers);
  await server.get('/room/person-of-maya?who=person-of-maya', headers);
  await server.get('/API/person-of-maya', headers);
  await server.get('/assets/person-of-maya', headers);
  await server.get('/api/person-of-maya', headers);
  expect((await server.post('/api/links/open', { token: server.token }, headers)).status).toBe(200);
  expect((await server.post('/api/links/open', { token: 'wrong' }, headers)).status).toBe(404);
  await server.post('/api/links/open', {}, { ...headers, origin: 'https://evil.example' });
  const figures = (await server.get('/metrics')).body.toString();
  const lines = server.log.join('');
  for (const secret of secrets) {
    expect(figures).not.toContain(secret);
    expect(lines).not.toContain(secret);
  }
  const routes = [
    ...figures.matchAll(/kinroom_http_seconds_count\{method="(\w+)",route="([^"]+)",status="(\w+)"\} (\d+)/g),
  ];
  expect(routes.map(([, ...found]) => found.join(' ')).toSorted()).toEqual([
    'GET /* 4xx 2',
    'GET /api/* 4xx 1',
    'GET /api/seats/:personId 4xx 1',
    'GET /room/:personId 4xx 1',
    'POST /api/* 4xx 1',
    'POST /api/links/open 2xx 1',
    'POST /api/links/open 4xx 1',
  ]);
  expect(figures).toContain('kinroom_refusals_total{at="http",code="foreignOrigin"} 1');
  const line = { level: 'info', event: 'httpRequest', method: 'GET', route: '/api/seats/:personId', status: 401 };
  expect(JSON.parse(server.log[0] ?? '')).toMatchObject(line);
});
