import { once } from 'node:events';
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, expect, test, vi } from 'vitest';
import { listening, type Answer, type Listening, type ListeningOptions } from './listening.fixtures.ts';

vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

let server: Listening;

async function start(options: ListeningOptions = {}): Promise<Listening> {
  server = await listening(options);
  return server;
}
afterEach(() => server.close());

function codeOf({ status, body }: Answer): [number, unknown] {
  return [status, (JSON.parse(body.toString()) as { error: unknown }).error];
}

/** Sends text as it is and returns everything that comes back until the server closes. */
async function raw(text: string): Promise<string> {
  const socket = connect(server.port, '127.0.0.1');
  let heard = '';
  socket.on('data', (chunk) => (heard += chunk.toString())).on('error', () => {});
  socket.write(text);
  await once(socket, 'close');
  return heard;
}

test('every answer keeps everything else out', async () => {
  await start({ publicUrl: 'https://rooms.example' });
  for (const path of ['/healthz', '/join', '/api/nothing', '/metrics', '/nothing']) {
    const { headers } = await server.get(path);
    const policy = String(headers['content-security-policy']).split(';');
    expect(policy).toEqual(
      expect.arrayContaining([
        "default-src 'self'",
        "script-src 'self'",
        "script-src-attr 'none'",
        "object-src 'none'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
      ]),
    );
    expect(String(headers['content-security-policy'])).not.toMatch(/unsafe|\*|https:(?!\/\/)/);
    expect(headers).toMatchObject({
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'cross-origin-embedder-policy': 'require-corp',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'strict-transport-security': expect.stringContaining('max-age=') as string,
    });
    expect(headers['permissions-policy']).toMatch(/camera=\(self\).*microphone=\(self\).*geolocation=\(\)/);
    expect(headers['x-powered-by']).toBeUndefined();
    expect(headers['access-control-allow-origin']).toBeUndefined();
  }
});

test('only GET, HEAD and POST reach the API, whoever asks, and nothing tells what there is', async () => {
  await start();
  for (const method of ['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'PROPFIND']) {
    const path = '/api/links/open';
    const answer = await raw(`${method} ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
    expect([method, answer.split('\r\n')[0]]).toEqual([method, 'HTTP/1.1 404 Not Found']);
    expect(answer).not.toMatch(/^Allow:/im);
    expect(answer).toContain('"error":"notFound"');
  }
});

test('another website may not even read, also where the browser sends no Origin', async () => {
  await start();
  const sites = [
    { origin: 'https://evil.example' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
  ];
  for (const headers of sites as Record<string, string>[]) {
    expect(codeOf(await server.get('/api/seats/maya', headers))).toEqual([403, 'foreignOrigin']);
    expect(codeOf(await server.post('/api/links/open', { token: server.token }, headers))).toEqual([
      403,
      'foreignOrigin',
    ]);
  }
});

test('an address, a body or a header that is too long is refused', async () => {
  await start();
  expect(codeOf(await server.get(`/api/seats/${'x'.repeat(2_000)}`))).toEqual([400, 'badRequest']);
  expect((await server.get(`/join?${'x'.repeat(2_000)}`)).status).toBe(400);
  expect(codeOf(await server.post('/api/links/open', { token: 'x'.repeat(20_000) }))).toEqual([400, 'badRequest']);
  expect((await server.get('/healthz', { cookie: 'x'.repeat(20_000) })).status).toBe(431);
});

test('a packed body is not unpacked', async () => {
  await start();
  const packed = gzipSync(JSON.stringify({ token: server.token }));
  const headers = { 'content-encoding': 'gzip' };
  expect(codeOf(await server.post('/api/links/open', packed, headers))).toEqual([400, 'badRequest']);
});

test('one address may ask only so much; the others, and the SFU, go on', async () => {
  await start({ publicUrl: 'https://rooms.example' });
  const from = (address: string) => server.get('/api/seats/maya', { 'x-forwarded-for': address });
  const codes = new Map<unknown, number>();
  for (let count = 0; count < 310; count += 1) {
    const [, code] = codeOf(await from('203.0.113.9'));
    codes.set(code, (codes.get(code) ?? 0) + 1);
  }
  expect([...codes]).toEqual([
    ['notSignedIn', 300],
    ['tooMany', 10],
  ]);
  expect((await from('203.0.113.9')).headers['retry-after']).toBe('60');
  expect(codeOf(await from('203.0.113.10'))).toEqual([401, 'notSignedIn']);
  const webhook = await server.post('/api/livekit/webhook', {}, { 'x-forwarded-for': '203.0.113.9' });
  expect(codeOf(webhook)).toEqual([401, 'notSignedIn']);
});

test('webhooks that nobody signed are counted, and answered with a code', async () => {
  await start();
  const codes = new Set<unknown>();
  for (let count = 0; count < 65; count += 1) codes.add(codeOf(await server.post('/api/livekit/webhook', {}))[1]);
  expect([...codes]).toEqual(['notSignedIn', 'tooMany']);
});

test('whoever sends slowly is let go: half a head, half a body, nothing at all', async () => {
  await start({ patience: { headersMs: 100, requestMs: 200, lookEveryMs: 50 } });
  const head = 'POST /api/links/open HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n';
  expect(await raw(head)).toMatch(/^HTTP\/1\.1 408 /);
  expect(await raw(`${head}Content-Length: 20\r\n\r\n{"token`)).toMatch(/^HTTP\/1\.1 408 /);
  expect(await raw('')).not.toContain('200');
  expect((await server.get('/healthz')).status).toBe(200);
});
