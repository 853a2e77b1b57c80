import { afterEach, beforeEach, expect, test } from 'vitest';
import type { SessionEvent } from '#shared/session/events.ts';
import { currentSession, demoCourses, findSession } from '../storage/courses.ts';
import type { Storage } from '../storage/open.ts';
import { openSqlite } from '../storage/sqlite.ts';
import { appendEvents, pendingEffects } from '../storage/sessionLog.ts';
import { ensureDemo } from './demo.ts';

const HOUR = 3600_000;
const EVENING = 1_795_000_000_000;
let storage: Storage;

beforeEach(async () => {
  storage = await openSqlite(':memory:');
});
afterEach(() => storage.close());

const startAt = (now: number) => ensureDemo(storage.db, 'secret', 'http://localhost:3000', now);

async function current(now: number): Promise<string[]> {
  const ids: string[] = [];
  for (const { id } of await demoCourses(storage.db)) {
    const row = await currentSession(storage.db, id, now);
    if (row?.ended_at === null) ids.push(row.id);
  }
  return ids;
}

async function append(sessionId: string, events: SessionEvent[]): Promise<void> {
  await appendEvents(storage.db, { sessionId, after: 1, events, command: null, effects: [] });
}

test('a demo session that nobody ended is replaced after six hours, and the links stay the same', async () => {
  const links = await startAt(EVENING);
  const first = await current(EVENING);
  expect(first).toHaveLength(2);
  expect(await startAt(EVENING + 5 * HOUR)).toEqual(links);
  expect(await current(EVENING + 5 * HOUR)).toEqual(first);

  const later = EVENING + 7 * HOUR;
  expect(await startAt(later)).toEqual(links);
  const second = await current(later);
  expect(second).toHaveLength(2);
  for (const id of first) {
    expect(second).not.toContain(id);
    expect((await findSession(storage.db, id))?.ended_at).toBe(later);
  }
  expect(await pendingEffects(storage.db)).toMatchObject(first.map(() => ({ effect: { type: 'closeRoom' } })));
  await startAt(later + HOUR);
  expect(await current(later + HOUR)).toEqual(second);
});

test('a demo session that began late is not ended while it runs', async () => {
  await startAt(EVENING);
  const [group = '', taster = ''] = await current(EVENING);
  const restart = EVENING + 7 * HOUR;
  await append(group, [{ type: 'sessionStarted', at: restart - HOUR / 2 }]);
  await append(taster, [{ type: 'sessionStarted', at: EVENING }]);
  await startAt(restart);
  const now = await current(restart);
  expect(now).toContain(group);
  expect(now).not.toContain(taster);
});
