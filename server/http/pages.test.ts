import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listening, type Answer, type Listening } from './listening.fixtures.ts';

const script = 'export const words = "a piece of script";\n'.repeat(50);
const page = '<!doctype html><title>Kinroom</title>';
let server: Listening;

beforeAll(async () => {
  server = await listening({
    pages(folder) {
      mkdirSync(join(folder, 'assets'));
      const write = (file: string, text: string | Buffer) => writeFileSync(join(folder, file), text);
      write('assets/app-1.js', script);
      write('assets/app-1.js.br', brotliCompressSync(script));
      write('assets/app-1.js.gz', gzipSync(script));
      write('assets/plain-1.js', script);
      write('index.html', page);
      write('index.html.gz', gzipSync(page));
      write('icon.svg', '<svg/>');
    },
  });
});
afterAll(() => server.close());

function plain({ headers, body }: Answer): string {
  const encoding = headers['content-encoding'];
  return (encoding === 'br' ? brotliDecompressSync(body) : encoding === 'gzip' ? gunzipSync(body) : body).toString();
}

test.each([
  ['br', 'br'],
  // As browsers say it: the order is theirs, the choice is ours.
  ['gzip, deflate, br, zstd', 'br'],
  ['gzip', 'gzip'],
  ['br;q=0, gzip', 'gzip'],
  ['deflate', undefined],
  ['', undefined],
  ['br;q=0, gzip;q=0', undefined],
])('accept-encoding “%s” gets %s', async (accepts, encoding) => {
  const answer = await server.get('/assets/app-1.js', { 'accept-encoding': accepts });
  expect(answer.status).toBe(200);
  expect(answer.headers['content-encoding']).toBe(encoding);
  expect(answer.headers['content-type']).toMatch(/^(text|application)\/javascript/);
  expect(answer.headers.vary).toMatch(/accept-encoding/i);
  expect(answer.headers['cache-control']).toBe('public, max-age=31536000, immutable');
  expect(plain(answer)).toBe(script);
  if (encoding !== undefined) expect(answer.body.length).toBeLessThan(script.length / 2);
});

test('a browser that accepts everything gets the best; a file without copies comes as it is', async () => {
  expect((await server.get('/assets/app-1.js', { 'accept-encoding': '*' })).headers['content-encoding']).toBe('br');
  const alone = await server.get('/assets/plain-1.js', { 'accept-encoding': 'br' });
  expect([alone.status, alone.headers['content-encoding'], plain(alone)]).toEqual([200, undefined, script]);
});

test('each copy has an identity of its own, and a known one is not sent again', async () => {
  const tags = new Map<string, string>();
  for (const accepts of ['br', 'gzip', 'identity']) {
    const { headers } = await server.get('/assets/app-1.js', { 'accept-encoding': accepts });
    tags.set(headers.etag ?? '', accepts);
  }
  expect(tags.size).toBe(3);
  for (const [tag, accepts] of tags) {
    const again = await server.get('/assets/app-1.js', { 'accept-encoding': accepts, 'if-none-match': tag });
    expect([again.status, again.body.length]).toEqual([304, 0]);
  }
});

test.each(['/', '/join', '/check', '/room/person-1', '/no/such/page'])('%s is the page, never kept', async (path) => {
  for (const accepts of ['gzip, br', 'identity']) {
    const answer = await server.get(path, { 'accept-encoding': accepts });
    expect(answer.status).toBe(path.startsWith('/no') ? 404 : 200);
    expect(answer.headers['content-type']).toMatch(/^text\/html/);
    expect(answer.headers['content-encoding']).toBe(accepts === 'identity' ? undefined : 'gzip');
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(plain(answer)).toBe(page);
  }
});

test('a file that is not there, or is none of ours, is refused with a code or a page', async () => {
  const missing = await server.get('/assets/app-2.js', { 'accept-encoding': 'br' });
  expect([missing.status, JSON.parse(missing.body.toString())]).toMatchObject([404, { error: 'notFound' }]);
  for (const path of ['/assets/../../package.json', '/assets/%2e%2e/%2e%2e/package.json', '/..%2fpackage.json']) {
    const { status, body } = await server.get(path);
    expect([400, 403, 404]).toContain(status);
    expect(body.toString()).not.toContain('dependencies');
  }
  expect((await server.get('/%00')).status).toBeLessThan(500);
  expect((await server.get('/room/%E0%A4%A')).status).toBe(400);
  expect(server.errors).toEqual([]);
});
