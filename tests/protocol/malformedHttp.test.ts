import { createHash } from 'node:crypto';
import { Agent, request as ask } from 'node:http';
import { gzipSync } from 'node:zlib';
import { AccessToken, WebhookReceiver } from 'livekit-server-sdk';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { z } from 'zod';
import { apiErrors } from '#shared/api.ts';
import { connectionTestBody, enrolBody, openLinkBody } from '#shared/api.schema.ts';
import { browserRoutes } from '../../server/http/app.ts';
import type { HttpContext } from '../../server/http/context.ts';
import { addressOf, startCrowd, type Crowd } from './crowd.fixtures.ts';
import { damages, malformed, pick, seeded } from './malformed.fixtures.ts';
import { join } from './peer.ts';

const SEED = 20_261_124;
const REQUESTS = 5_000;
const AT_ONCE = 16;
/** Below what one address may get wrong in a minute. */
const OF_ONE_ADDRESS = 20;
const WEBHOOK = 'POST /api/livekit/webhook';

/** What each route takes; null where it takes no body. The routes themselves are those of the server. */
const bodies: Record<string, z.ZodType | null> = {
  'POST /api/links/open': openLinkBody,
  'POST /api/devices': enrolBody,
  'POST /api/connection-test': connectionTestBody,
  'GET /api/seats/:personId': null,
};

type Wrong = { method: string; path: string; headers: Record<string, string>; body: string | Buffer };
type Answer = { status: number; text: string };

let crowd: Crowd;
let before: string;
let cookie: string;
let asked = 0;
const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });

beforeAll(async () => {
  crowd = await startCrowd(1);
  const maya = await join(crowd.server, 'family 1');
  cookie = maya.cookie;
  await maya.enter();
  maya.close();
  before = crowd.dump();
});
afterAll(async () => {
  agent.destroy();
  await crowd.stop();
});

function send({ method, path, headers, body }: Wrong): Promise<Answer> {
  asked += 1;
  const from = {
    'x-forwarded-for': addressOf(Math.floor(asked / OF_ONE_ADDRESS)),
    'content-length': String(Buffer.byteLength(body)),
  };
  const { port } = new URL(crowd.server.url);
  return new Promise((resolve, reject) => {
    const request = ask({ port, method, path, headers: { ...from, ...headers }, agent }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
    });
    request.on('error', reject).end(body);
  });
}

/** Sends them all, some at once, and expects of each a refusal with a code; then that nothing has changed. */
async function expectRefused(wrongs: Generator<Wrong>, codes: string[]): Promise<void> {
  const wrongly: string[] = [];
  const seen = new Set<string>();
  let left = REQUESTS;
  async function work(): Promise<void> {
    while (left > 0 && wrongly.length === 0) {
      left -= 1;
      const wrong = wrongs.next().value as Wrong;
      const { status, text } = await send(wrong);
      const code = codeOf(text);
      seen.add(code);
      if (status >= 400 && status < 500 && codes.includes(code)) continue;
      wrongly.push(`${status} ${text.slice(0, 200)} to ${JSON.stringify(wrong).slice(0, 500)}`);
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  expect(wrongly).toEqual([]);
  expect([...seen].toSorted()).toEqual(codes);
  expect(crowd.dump()).toBe(before);
  expect(await crowd.alive()).toBe(true);
}

function codeOf(text: string): string {
  try {
    const { error } = JSON.parse(text) as { error: string };
    return error in apiErrors ? error : `unknown code ${error}`;
  } catch {
    return 'no code';
  }
}

const JSON_TYPE = 'application/json';

/** A body that the route's schema refuses, or one that no schema ever sees. */
function* wrongBodies(route: string, schema: z.ZodType): Generator<Wrong> {
  const [method = '', path = ''] = route.split(' ');
  const random = seeded(SEED);
  const values = malformed(schema, SEED, damages);
  for (;;) {
    const text = JSON.stringify((values.next().value as { value: unknown }).value) ?? '';
    const headers: Record<string, string> = { 'content-type': JSON_TYPE, cookie };
    // One in five is not even that.
    const body = random() < 0.8 ? text : pick(spoilt, random)(text, headers, random);
    yield { method, path: path + pick(['', '', '', '?', '?token=x', '?__proto__[a]=1', '?%'], random), headers, body };
  }
}

type Spoil = (text: string, headers: Record<string, string>, random: () => number) => string | Buffer;

function as(header: string, values: string[]): Spoil {
  return (text, headers, random) => {
    headers[header] = pick(values, random);
    return text;
  };
}

const spoilt: Spoil[] = [
  (text, _headers, random) => text.slice(0, Math.floor(random() * (text.length - 1))),
  (text) => `${text}${text}`,
  (text) => `\ufeff${text},`,
  (text) => Buffer.concat([Buffer.from([0xff, 0xfe, 0xc0, 0x80]), Buffer.from(text)]),
  (text) => Buffer.from(text, 'utf16le'),
  (_text, _headers, random) => Buffer.from(Array.from({ length: 50 }, () => Math.floor(random() * 256))),
  () => '',
  () => '"token"',
  () => `{"token":"${'x'.repeat(30_000)}"}`,
  () => `${'['.repeat(7_000)}${']'.repeat(7_000)}`,
  () => '{"token":1e999,"token":NaN}',
  as('content-type', [
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/xml',
    'json',
    '',
  ]),
  as('content-type', [`${JSON_TYPE}; charset=utf-7`, `${JSON_TYPE}; charset=koi8-r`, `${JSON_TYPE}; charset=none`]),
  as('content-encoding', ['gzip', 'br', 'deflate', 'zstd', 'none', 'gzip, gzip']),
  (text, headers) => {
    headers['content-encoding'] = 'gzip';
    return gzipSync(text);
  },
];

test('every route of the API is sent what it cannot read', () => {
  const routes = browserRoutes({} as HttpContext).flatMap((router) =>
    router.stack.flatMap(({ route }) =>
      (route?.stack ?? []).map(({ method }) => `${method.toUpperCase()} /api${route?.path ?? ''}`),
    ),
  );
  expect(routes.toSorted()).toEqual(Object.keys(bodies).toSorted());
});

const withBodies = Object.entries(bodies).flatMap(([route, schema]) =>
  schema === null ? [] : [[route, schema] as const],
);

test.each(withBodies)(`${REQUESTS} malformed %s: each gets a code, and nothing changes`, async (route, schema) => {
  await expectRefused(wrongBodies(route, schema), ['badRequest']);
});

test(`${REQUESTS} malformed GET /api/seats/:personId: each gets a code, and nothing changes`, async () => {
  const texts = [
    '..',
    '.',
    'x'.repeat(300),
    'x'.repeat(3_000),
    'Maya',
    '💡',
    '\u0000',
    '<b>',
    '__proto__',
    'constructor',
    ' ',
  ];
  const raw = ['%', '%zz', '%E0%A4%A', '%00', '%2e%2e%2f', '%c0%ae', '%ff%fe', 'a%2fb', ';a=b', '*'];
  const cookies = ['', '=', ';', 'kinroom-=', 'kinroom-__proto__=x', `kinroom-Maya=${'x'.repeat(2_000)}`, '="', 'ö=ü'];
  function* wrongSeats(): Generator<Wrong> {
    const random = seeded(SEED);
    for (;;) {
      const name = random() < 0.5 ? encodeURIComponent(pick(texts, random)) : pick(raw, random);
      const path = `/api/seats/${name}${pick(['', '', '?', '?personId[]=1', `?${'&'.repeat(500)}`, '/more', '//'], random)}`;
      const theirs = random() < 0.3 ? cookie : Buffer.from(pick(cookies, random)).toString('latin1');
      const method = random() < 0.8 ? 'GET' : pick(['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH'], random);
      const body = random() < 0.2 ? '{"personId":1' : '';
      yield { method, path, headers: { 'content-type': JSON_TYPE, cookie: theirs }, body };
    }
  }
  await expectRefused(wrongSeats(), ['badRequest', 'notFound', 'notSignedIn']);
});

test(`${REQUESTS} malformed ${WEBHOOK}: each gets a code, and nothing changes`, async () => {
  const apiSecret = 'a secret of more than thirty-two characters';
  const receiver = new WebhookReceiver('key', apiSecret);
  const sign = (body: string | Buffer, secret = apiSecret): Promise<string> => {
    const token = new AccessToken('key', secret);
    token.sha256 = createHash('sha256').update(body).digest('base64');
    return token.toJwt();
  };
  const room = { name: `kinroom-${'x'.repeat(43)}` };
  const sound = JSON.stringify({ event: 'participant_joined', room, participant: { identity: 'maya#phone' } });
  const forged = [
    await sign(sound, 'another secret of thirty-two characters'),
    await sign('{}'),
    'x.y.z',
    '',
    'Bearer',
    '..',
  ];
  // Rightly signed, by an SFU gone mad: only what the library itself can't read.
  const mad: Wrong[] = [];
  for (const body of [
    '',
    '{',
    '[]',
    'null',
    '1',
    '"x"',
    '{"event":1}',
    '{"room":"x"}',
    '{"participant":[]}',
    '{"createdAt":"x"}',
  ]) {
    const authorization = await sign(body);
    const readable = await receiver.receive(body, authorization).then(
      () => true,
      () => false,
    );
    if (!readable) mad.push({ method: 'POST', path: '/api/livekit/webhook', headers: { authorization }, body });
  }
  expect(mad.length).toBeGreaterThan(4);
  function* wrongHooks(): Generator<Wrong> {
    const random = seeded(SEED);
    for (;;) {
      if (random() < 0.3) {
        yield pick(mad, random);
        continue;
      }
      const headers: Record<string, string> = {
        'content-type': pick(['application/webhook+json', JSON_TYPE, 'x'], random),
      };
      if (random() < 0.8) headers['authorization'] = pick(forged, random);
      const body = random() < 0.5 ? sound : pick(spoilt, random)(sound, {}, random);
      const path = random() < 0.9 ? '/api/livekit/webhook' : '/api/livekit/webhook/more';
      yield { method: 'POST', path, headers, body: random() < 0.02 ? 'x'.repeat(100_000) : body };
    }
  }
  await expectRefused(wrongHooks(), ['badRequest', 'notFound', 'notSignedIn']);
});
