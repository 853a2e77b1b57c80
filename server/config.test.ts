import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readConfig } from './config.ts';

const SECRET = 'a secret of more than thirty-two characters';
const LIVEKIT = { LIVEKIT_URL: 'wss://sfu.example.org', LIVEKIT_API_KEY: 'key', LIVEKIT_API_SECRET: SECRET };

function configOf(env: NodeJS.ProcessEnv) {
  const read = readConfig(env);
  if ('problems' in read) throw new Error(`unexpected problems: ${read.problems.join(' ')}`);
  return read.config;
}

function problemsOf(env: NodeJS.ProcessEnv): string[] {
  const read = readConfig(env);
  return 'problems' in read ? read.problems : [];
}

describe('an environment that is fine', () => {
  test('an empty one is the demo on port 3000 with an SFU of our own', () => {
    expect(configOf({})).toEqual({
      port: 3000,
      dataFolder: resolve('data'),
      publicUrl: null,
      origin: 'http://localhost:3000',
      demo: true,
      livekit: null,
      nodeIp: null,
      databaseUrl: null,
      redisUrl: null,
      metricsToken: null,
    });
  });

  test('PostgreSQL and Redis come as addresses', () => {
    const urls = { DATABASE_URL: 'postgres://kinroom:secret@db/kinroom', REDIS_URL: 'rediss://cache:6380/1' };
    expect(configOf(urls)).toMatchObject({ databaseUrl: urls.DATABASE_URL, redisUrl: urls.REDIS_URL });
  });

  test('empty variables and blanks count as not set', () => {
    expect(configOf({ PORT: '', PUBLIC_URL: '  ', LIVEKIT_URL: '', DATABASE_URL: '' })).toEqual(configOf({}));
  });

  test('PUBLIC_URL becomes the origin, without its slash, and ends the demo', () => {
    const config = configOf({ PORT: '8080', PUBLIC_URL: 'https://rooms.example.org/', KINROOM_DATA: '/srv/kinroom' });
    expect(config).toMatchObject({
      port: 8080,
      dataFolder: '/srv/kinroom',
      publicUrl: 'https://rooms.example.org',
      origin: 'https://rooms.example.org',
      demo: false,
    });
  });

  test.each([
    ['wss://sfu.example.org', undefined, 'wss://sfu.example.org', 'https://sfu.example.org'],
    ['https://sfu.example.org/', undefined, 'wss://sfu.example.org', 'https://sfu.example.org'],
    ['ws://localhost:7880', 'http://127.0.0.1:7880/', 'ws://localhost:7880', 'http://127.0.0.1:7880'],
    ['wss://example.org/media/', 'http://10.0.0.5:7880', 'wss://example.org/media', 'http://10.0.0.5:7880'],
  ])('LIVEKIT_URL %s with LIVEKIT_API_URL %s', (url, apiUrl, expectedUrl, expectedApiUrl) => {
    const livekit = configOf({ ...LIVEKIT, LIVEKIT_URL: url, LIVEKIT_API_URL: apiUrl }).livekit;
    expect(livekit).toEqual({ url: expectedUrl, apiUrl: expectedApiUrl, apiKey: 'key', apiSecret: SECRET });
  });

  test('a media server on this computer may speak ws: on an https page', () => {
    expect(problemsOf({ ...LIVEKIT, PUBLIC_URL: 'https://a.example', LIVEKIT_URL: 'ws://localhost:7880' })).toEqual([]);
  });
});

describe('a malformed environment', () => {
  const table: [string, NodeJS.ProcessEnv, RegExp][] = [
    ['a word as port', { PORT: 'http' }, /^PORT is “http”.*0 to 65535/],
    ['a port that is too high', { PORT: '65536' }, /^PORT is “65536”/],
    ['a negative port', { PORT: '-1' }, /^PORT is “-1”/],
    ['half a port', { PORT: '80.5' }, /^PORT is “80.5”/],
    ['a public address without a scheme', { PUBLIC_URL: 'rooms.example.org' }, /^PUBLIC_URL is “rooms.example.org”/],
    ['a public address with a path', { PUBLIC_URL: 'https://example.org/rooms' }, /^PUBLIC_URL .*without a path/],
    ['a public address for files', { PUBLIC_URL: 'ftp://example.org' }, /^PUBLIC_URL/],
    [
      'an SFU without key and secret',
      { LIVEKIT_URL: LIVEKIT.LIVEKIT_URL },
      /^LIVEKIT_URL is set without LIVEKIT_API_KEY and/,
    ],
    ['a secret without its SFU', { LIVEKIT_API_SECRET: SECRET }, /^LIVEKIT_API_SECRET is set without LIVEKIT_URL/],
    ['an SFU for the server alone', { LIVEKIT_API_URL: 'http://10.0.0.5' }, /^LIVEKIT_API_URL is set without/],
    [
      'a short secret',
      { ...LIVEKIT, LIVEKIT_API_SECRET: 'short' },
      /^LIVEKIT_API_SECRET has 5 characters.*at least 32/,
    ],
    ['an SFU that is no address', { ...LIVEKIT, LIVEKIT_URL: 'sfu' }, /^LIVEKIT_URL is “sfu”/],
    [
      'ws: under https:',
      { ...LIVEKIT, PUBLIC_URL: 'https://a.example', LIVEKIT_URL: 'ws://b.example' },
      /wss: address/,
    ],
    ['a name as node address', { NODE_IP: 'rooms.example.org' }, /^NODE_IP is “rooms.example.org”/],
    ['a database of another kind', { DATABASE_URL: 'mysql://localhost/kinroom' }, /^DATABASE_URL .*postgres:/],
    ['Redis by its name only', { REDIS_URL: 'localhost' }, /^REDIS_URL is “localhost”.*redis:/],
    ['a short token for the figures', { METRICS_TOKEN: 'short' }, /^METRICS_TOKEN has 5 characters/],
  ];

  test.each(table)('%s', (_name, env, expected) => {
    const problems = problemsOf(env);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(expected);
  });

  test('every problem is listed, not only the first', () => {
    expect(problemsOf({ PORT: 'x', PUBLIC_URL: 'x', LIVEKIT_API_KEY: 'x', REDIS_URL: 'x' })).toHaveLength(4);
  });

  test('neither a secret nor a password is repeated in what is printed', () => {
    const problems = problemsOf({
      ...LIVEKIT,
      LIVEKIT_API_SECRET: 'tooshort',
      PUBLIC_URL: 'https://admin:hunter2@example.org',
      DATABASE_URL: 'mysql://kinroom:hunter2/x@db/kinroom',
    });
    expect(problems).toHaveLength(3);
    expect(problems.join('\n')).not.toMatch(/hunter2|tooshort/);
  });
});
