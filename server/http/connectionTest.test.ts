import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { ConnectionTest } from '#shared/api.ts';
import { testRoomEnd, TEST_ROOM_LIFE } from '../access/testRooms.ts';
import { listeningSfu, type ListeningSfu } from '../livekit/sfu.fixtures.ts';
import { connectionTestRoutes } from './connectionTest.ts';
import type { HttpContext } from './context.ts';
import { httpLimits } from './limits.ts';

const NOW = Date.UTC(2026, 10, 24, 19, 0);
let sfu: ListeningSfu;
let ask: (body?: unknown, from?: string) => Promise<{ status: number; body: ConnectionTest & { error?: string } }>;
const cleanUp: (() => unknown)[] = [];

beforeEach(async () => {
  // Only the timer that ends a room: the rest is real.
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  sfu = await listeningSfu();
  const context = { livekit: sfu.livekit, limits: httpLimits(), now: () => NOW } as HttpContext;
  const app = express().set('trust proxy', true).use(express.json(), connectionTestRoutes(context));
  const server = app.listen(0);
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/connection-test`;
  ask = async (body = { ends: 2 }, from = '203.0.113.9') => {
    const headers = { 'Content-Type': 'application/json', 'X-Forwarded-For': from };
    const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
    return { status: answer.status, body: await answer.json() };
  };
  cleanUp.push(() => server.close(), sfu.close);
});
afterEach(async () => {
  vi.useRealTimers();
  for (const end of cleanUp.splice(0)) await end();
});

type Claims = { sub: string; exp: number; nbf: number; video: { room: string } & Record<string, unknown> };

function claimsOf(token: string): Claims {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Claims;
}

test('two short tokens for one room of its own: one sends, one receives, neither may do more', async () => {
  const { body } = await ask();
  const [sends, receives] = [claimsOf(body.tokens[0]), claimsOf(body.tokens[1])];
  const { room } = sends.video;
  expect(testRoomEnd(room)).toBe(NOW + TEST_ROOM_LIFE);
  const nothing = { roomJoin: true, room, canPublishData: false, canUpdateOwnMetadata: false };
  const sources = ['camera', 'microphone'];
  expect(sends.video).toEqual({ ...nothing, canSubscribe: false, canPublish: true, canPublishSources: sources });
  expect(receives.video).toEqual({ ...nothing, canSubscribe: true, canPublish: false, canPublishSources: [] });
  for (const claims of [sends, receives]) expect(claims.exp - claims.nbf).toBeLessThanOrEqual(60);
  expect(sends.sub).not.toBe(receives.sub);
  expect(body.url).toBe(sfu.livekit.url);
  expect(sfu.opened).toEqual([{ name: room, maxParticipants: 2, emptyTimeout: 120, departureTimeout: 120 }]);
});

test('its room is closed after two minutes, not before', async () => {
  await ask();
  await vi.advanceTimersByTimeAsync(TEST_ROOM_LIFE - 1);
  expect(sfu.closed).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  await vi.waitFor(() => expect(sfu.closed).toEqual(sfu.opened.map((room) => Reflect.get(room, 'name'))));
});

test('six in ten minutes from one address; what can’t be read does not count', async () => {
  for (let count = 0; count < 10; count += 1) expect((await ask({ room: 'mine' })).body.error).toBe('badRequest');
  const codes = await Promise.all(Array.from({ length: 8 }, async () => (await ask()).status));
  expect(codes.filter((code) => code === 200)).toHaveLength(6);
  expect((await ask()).body.error).toBe('tooMany');
  expect((await ask(undefined, '203.0.113.10')).status).toBe(200);
});

test('so many at once and no more, and their end makes room', async () => {
  for (let count = 0; count < 20; count += 1) expect((await ask(undefined, `203.0.113.${count}`)).status).toBe(200);
  expect((await ask(undefined, '198.51.100.1')).body.error).toBe('tooMany');
  await vi.advanceTimersByTimeAsync(TEST_ROOM_LIFE);
  expect((await ask(undefined, '198.51.100.1')).status).toBe(200);
});
