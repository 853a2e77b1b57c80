import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { actorOf, card, planned, rosterFor, ticks } from '#shared/session/session.fixtures.ts';
import { newTestRoom, TEST_ROOM_LIFE } from '../access/testRooms.ts';
import { listeningSfu, webhookSignature } from '../livekit/sfu.fixtures.ts';
import { quiet } from '../sessions/quiet.fixtures.ts';
import { sessionRegistry, type Sessions } from '../sessions/registry.ts';
import { addCourse, addSession } from '../storage/courses.ts';
import { openSqlite } from '../storage/sqlite.ts';
import { httpLimits } from './limits.ts';
import { livekitWebhook } from './livekitWebhook.ts';

let sessions: Sessions;
let removed: string[];
let closed: string[];
let joins: (mediaRoom: string, identity: string) => Promise<number>;
const cleanUp: (() => unknown)[] = [];

beforeEach(async () => {
  const [{ db, close }, sfu] = await Promise.all([openSqlite(':memory:'), listeningSfu()]);
  const course = { id: 'c', programme_id: 'x', organisation: 'O', name: 'N', help_phone: null, time_zone: 'UTC' };
  await addCourse(db, { ...course, demo: 0 }, [], []);
  const row = { course_id: 'c', label: 'L', title: 'T', planned_start: 0, minutes: 35, ended_at: null };
  await addSession(db, { ...row, id: 'session-1' }, planned);
  sessions = sessionRegistry({ db, now: () => 1_000, ...quiet });
  removed = sfu.removed;
  closed = sfu.closed;
  const server = express()
    .use(livekitWebhook({ livekit: sfu.livekit, sessions, limits: httpLimits(), now: () => 500_000 }))
    .listen(0);
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/livekit/webhook`;
  joins = async (mediaRoom, identity) => {
    const body = JSON.stringify({ event: 'participant_joined', room: { name: mediaRoom }, participant: { identity } });
    const headers = { Authorization: await webhookSignature(body), 'Content-Type': 'application/webhook+json' };
    return (await fetch(url, { method: 'POST', headers, body })).status;
  };
  cleanUp.push(
    () => server.close(),
    sfu.close,
    () => sessions.close(),
    close,
  );
});
afterEach(async () => {
  for (const end of cleanUp.splice(0)) await end();
});

test('who is in the room stays; anybody else, and whoever joins a room that no session has, is removed', async () => {
  const session = await sessions.find('session-1');
  const actor = actorOf('ruth');
  const enter = { type: 'enter' as const, device: card('laptop'), ticks, takeOver: false };
  await session.give(actor, { commandId: '1', command: enter });
  const ruth = session.state().people['ruth'];
  if (!ruth) throw new Error('Ruth did not enter');
  const roster = rosterFor(session.state(), ruth, [ruth], 1);
  await session.give(actor, { commandId: '2', command: { type: 'openAudience', audience: 'group', roster } });

  expect(await joins('kinroom-media-1', 'ruth#laptop')).toBe(200);
  expect(removed).toEqual([]);
  expect(await joins('kinroom-media-1', 'ruth#phone')).toBe(200);
  expect(await joins('kinroom-of-before', 'ruth#laptop')).toBe(200);
  expect(removed).toEqual(['ruth#phone', 'ruth#laptop']);
  expect(await joins('of another application', 'somebody')).toBe(200);
  expect(removed).toHaveLength(2);
});

test('a connection test that comes back after its end finds its room closed', async () => {
  const over = newTestRoom(500_000 - TEST_ROOM_LIFE - 1);
  expect(await joins(newTestRoom(400_000), 'somebody')).toBe(200);
  expect(closed).toEqual([]);
  expect(await joins(over, 'somebody')).toBe(200);
  expect([closed, removed]).toEqual([[over], []]);
});
