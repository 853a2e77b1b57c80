import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { planned } from '#shared/session/session.fixtures.ts';
import { listeningSfu } from '../livekit/sfu.fixtures.ts';
import { addCourse, addSession } from '../storage/courses.ts';
import type { Storage } from '../storage/open.ts';
import { openSqlite } from '../storage/sqlite.ts';
import { appendEvents, pendingEffects, type Effect } from '../storage/sessionLog.ts';
import { runEffects } from './effects.ts';

let storage: Storage;
let sfu: Awaited<ReturnType<typeof listeningSfu>>;

beforeEach(async () => {
  [storage, sfu] = await Promise.all([openSqlite(':memory:'), listeningSfu()]);
});
afterEach(async () => {
  sfu.close();
  await storage.close();
});

test('a removal that waited is not done to somebody who has come back meanwhile', async () => {
  const { db } = storage;
  const course = { id: 'c', programme_id: 'x', organisation: 'O', name: 'N', help_phone: null, time_zone: 'UTC' };
  await addCourse(db, { ...course, demo: 0 }, [], []);
  const session = { id: 's', course_id: 'c', label: 'L', title: 'T', planned_start: 0, minutes: 35, ended_at: null };
  await addSession(db, session, planned);
  const effects = ['maya#back', 'maya#gone'].map((identity): Effect => {
    return { type: 'removeParticipant', mediaRoom: 'kinroom-media-1', identity };
  });
  const events = [{ type: 'personLeft' as const, at: 1, personId: 'maya' }];
  await appendEvents(db, { sessionId: 's', after: 1, events, command: null, effects });
  const errors: unknown[] = [];
  const runner = runEffects(
    db,
    sfu.livekit,
    () => 5,
    (error) => errors.push(error),
    (sessionId, identity) => Promise.resolve(sessionId === 's' && identity === 'maya#back'),
  );
  runner.kick();
  await vi.waitFor(async () => expect(await pendingEffects(db)).toEqual([]));
  await runner.stop();
  expect(sfu.removed).toEqual(['maya#gone']);
  expect(errors).toEqual([]);
});
