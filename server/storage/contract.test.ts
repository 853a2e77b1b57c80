import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { SessionEvent } from '#shared/session/events.ts';
import { addCourse, addSession, currentSession, findSession, openSessions } from './courses.ts';
import type { Storage } from './open.ts';
import { openPostgres } from './postgres.ts';
import { postgresFolder, startPostgres, type TestPostgres } from './postgres.fixtures.ts';
import { openSqlite } from './sqlite.ts';
import { acceptAgreement, addDevice, addLink, findDevice, findLink, findPerson } from './people.ts';
import { secretNamed } from './secrets.ts';
import { appendEvents, effectDone, findCommand, pendingEffects, readEvents } from './sessionLog.ts';

const DAY = 24 * 3600_000;
const plan: SessionEvent = { type: 'lobbyOpened', at: 1 };
const event = (at: number): SessionEvent => ({ type: 'timerPaused', at });

let postgres: TestPostgres | null = null;
beforeAll(async () => {
  if (postgresFolder === null) process.stderr.write('PostgreSQL is not installed here: its tests are skipped.\n');
  else postgres = await startPostgres();
});
afterAll(() => postgres?.stop());

/** Every engine that Kinroom stores in keeps this contract; each is opened empty for each test. */
const engines: [string, boolean, () => Promise<Storage>][] = [
  ['SQLite', true, () => openSqlite(':memory:')],
  ['PostgreSQL', postgresFolder !== null, openEmptyPostgres],
];

async function openEmptyPostgres(): Promise<Storage> {
  const opened = await openPostgres((await postgres?.database()) ?? '');
  if ('problem' in opened) throw new Error(opened.problem.lines.join(' '));
  return opened.storage;
}

for (const [name, installed, open] of engines)
  describe.skipIf(!installed)(`storage on ${name}`, () => {
    let storage: Storage;
    beforeEach(async () => {
      storage = await open();
      const course = {
        id: 'c',
        programme_id: 'cprt',
        organisation: 'O',
        name: 'N',
        help_phone: null,
        time_zone: 'UTC',
        demo: 0,
      };
      const person = {
        id: 'p',
        course_id: 'c',
        family_id: 'f',
        role: 'caregiver',
        name: 'Maya',
        agreement_version: null,
        agreed_at: null,
      };
      await addCourse(storage.db, course, [{ id: 'f', course_id: 'c', seat: 1 }], [person]);
      await addSession(storage.db, session('s', 10 * DAY), plan);
    });
    afterEach(() => storage.close());

    const session = (id: string, plannedStart: number) => {
      return {
        id,
        course_id: 'c',
        label: 'Week 4',
        title: 'T',
        planned_start: plannedStart,
        minutes: 120,
        ended_at: null,
      };
    };
    const append = (after: number, events: SessionEvent[], commandId = 'one') =>
      appendEvents(storage.db, { sessionId: 's', after, events, command: { actor: 'p', commandId }, effects: [] });

    test('events come back in order with their numbers, whole or after one of them', async () => {
      expect(await append(1, [event(2), event(3)])).toEqual([
        { ...event(2), seq: 2 },
        { ...event(3), seq: 3 },
      ]);
      expect(await readEvents(storage.db, 's', 0)).toEqual([
        { ...plan, seq: 1 },
        { ...event(2), seq: 2 },
        { ...event(3), seq: 3 },
      ]);
      expect(await readEvents(storage.db, 's', 2)).toEqual([{ ...event(3), seq: 3 }]);
    });

    test('a number that is taken is a conflict, and nothing of that append is kept', async () => {
      await append(1, [event(2)]);
      expect(await append(0, [event(8), event(9)], 'two')).toBe('conflict');
      expect(await append(1, [event(9)], 'two')).toBe('conflict');
      expect(await findCommand(storage.db, 's', 'p', 'two')).toBeUndefined();
      expect(await readEvents(storage.db, 's', 1)).toEqual([{ ...event(2), seq: 2 }]);
    });

    test('of many appends at the same moment, on one session and on others, each is kept whole or not at all', async () => {
      for (let n = 0; n < 8; n += 1) await addSession(storage.db, session(`t${n}`, DAY), plan);
      const at = (sessionId: string, commandId: string, after = 1) =>
        appendEvents(storage.db, {
          sessionId,
          after,
          events: [event(2), event(3)],
          command: { actor: 'p', commandId },
          effects: [],
        });
      const ids = ['t0', 't1', 't0', 't2', 't3', 't0', 't4', 't5', 't5', 't6', 't7'];
      const outcomes = await Promise.all(ids.map((sessionId, n) => at(sessionId, `c${n}`)));
      const kept = ids.filter((_, n) => outcomes[n] !== 'conflict');
      expect(kept.toSorted()).toEqual(['t0', 't1', 't2', 't3', 't4', 't5', 't6', 't7']);
      for (const [n, sessionId] of ids.entries()) {
        const known = await findCommand(storage.db, sessionId, 'p', `c${n}`);
        expect(known).toBe(outcomes[n] === 'conflict' ? undefined : 3);
        expect(await readEvents(storage.db, sessionId, 1)).toHaveLength(2);
      }
      // Which of the two for t0 came first is for the database to say.
      const stored = outcomes[0] === 'conflict' ? 'c2' : 'c0';
      const again = await Promise.all([at('t0', stored, 3), at('t1', 'new', 3)]);
      expect(again[0]).toBe('conflict');
      expect(await readEvents(storage.db, 't0', 3)).toEqual([]);
      expect(await readEvents(storage.db, 't1', 3)).toHaveLength(2);
    });

    test('E3 a command is stored with its events, also one that changed nothing, and only once', async () => {
      await append(1, []);
      expect(await findCommand(storage.db, 's', 'p', 'one')).toBe(1);
      expect(await findCommand(storage.db, 's', 'somebody else', 'one')).toBeUndefined();
      expect(await append(1, [event(2)])).toBe('conflict');
      expect(await readEvents(storage.db, 's', 1)).toEqual([]);
    });

    test('times of this century survive as numbers', async () => {
      const at = 1_795_000_000_123;
      await append(1, [event(at)]);
      await addSession(storage.db, session('late', at), plan);
      expect((await findSession(storage.db, 'late'))?.planned_start).toBe(at);
    });

    test('an ended session is no longer open, and the next one is current', async () => {
      const now = 10 * DAY;
      await addSession(storage.db, session('next week', 17 * DAY), plan);
      expect((await currentSession(storage.db, 'c', now))?.id).toBe('s');
      await append(1, [{ type: 'sessionEnded', at: now + 5, by: 'lead' }]);
      expect((await findSession(storage.db, 's'))?.ended_at).toBe(now + 5);
      expect((await currentSession(storage.db, 'c', now))?.id).toBe('next week');
      expect((await openSessions(storage.db, now)).map(({ id }) => id)).toEqual(['next week']);
    });

    test('the session that ended last stays current when none is to come', async () => {
      await append(1, [{ type: 'sessionEnded', at: 5, by: 'lead' }]);
      expect((await currentSession(storage.db, 'c', 20 * DAY))?.id).toBe('s');
      expect(await currentSession(storage.db, 'another', 20 * DAY)).toBeUndefined();
    });

    test('effects wait until they are done', async () => {
      const effects = [{ type: 'closeRoom' as const, mediaRoom: 'm' }];
      await appendEvents(storage.db, { sessionId: 's', after: 1, events: [event(2)], command: null, effects });
      const [pending] = await pendingEffects(storage.db);
      expect(pending).toEqual({ sessionId: 's', seq: 2, ordinal: 0, effect: effects[0] });
      if (pending) await effectDone(storage.db, pending, 9);
      expect(await pendingEffects(storage.db)).toEqual([]);
    });

    test('a link is added once, and a revoked device is not found', async () => {
      const link = { token_hash: 'h', course_id: 'c', person_id: 'p', expires_at: null, revoked_at: null };
      await addLink(storage.db, link);
      await addLink(storage.db, { ...link, person_id: null });
      expect(await findLink(storage.db, 'h')).toEqual(link);
      const device = { cookie_hash: 'k', person_id: 'p', device_id: 'd', enrolled_at: 1, revoked_at: null };
      await addDevice(storage.db, device);
      await addDevice(storage.db, { ...device, cookie_hash: 'gone', revoked_at: 2 });
      expect(await findDevice(storage.db, 'k')).toEqual(device);
      expect(await findDevice(storage.db, 'gone')).toBeUndefined();
    });

    test('an agreement is kept once, and a newer version replaces it', async () => {
      await acceptAgreement(storage.db, 'p', 1, 100);
      await acceptAgreement(storage.db, 'p', 1, 200);
      expect(await findPerson(storage.db, 'p')).toMatchObject({ agreement_version: 1, agreed_at: 100 });
      await acceptAgreement(storage.db, 'p', 2, 300);
      expect(await findPerson(storage.db, 'p')).toMatchObject({ agreement_version: 2, agreed_at: 300 });
    });

    test('a secret is made once, also when several ask at the same moment', async () => {
      const made = await Promise.all(['a', 'b', 'c'].map((fresh) => secretNamed(storage.db, 'demo', fresh)));
      expect(new Set(made).size).toBe(1);
      expect(await secretNamed(storage.db, 'another', 'x')).toBe('x');
    });

    test('work that excludes others is done one after the other', async () => {
      const order: number[] = [];
      const work = (n: number) => async (): Promise<void> => {
        order.push(n);
        await storage.ping();
        order.push(n);
      };
      if (!storage.shared) return storage.exclusively(work(1));
      await Promise.all([storage.exclusively(work(1)), storage.exclusively(work(2)), storage.exclusively(work(3))]);
      expect(order.filter((_, index) => index % 2 === 0)).toEqual(order.filter((_, index) => index % 2 === 1));
    });
  });
