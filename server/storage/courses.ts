import type { SessionEvent } from '#shared/session/events.ts';
import type { Db } from './open.ts';
import type { CourseRow, FamilyRow, PersonRow, SessionRow } from './schema.ts';
import { appendEvents } from './sessionLog.ts';

const DAY_MS = 24 * 3600_000;

export async function addCourse(db: Db, course: CourseRow, families: FamilyRow[], people: PersonRow[]): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await tx.insertInto('courses').values(course).execute();
    if (families.length > 0) await tx.insertInto('families').values(families).execute();
    if (people.length > 0) await tx.insertInto('people').values(people).execute();
  });
}

export function findCourse(db: Db, courseId: string): Promise<CourseRow | undefined> {
  return db.selectFrom('courses').selectAll().where('id', '=', courseId).executeTakeFirst();
}

export function demoCourses(db: Db): Promise<CourseRow[]> {
  return db.selectFrom('courses').selectAll().where('demo', '=', 1).orderBy('id').execute();
}

/** Families of a course in seat order. */
export function familiesOf(db: Db, courseId: string): Promise<FamilyRow[]> {
  return db.selectFrom('families').selectAll().where('course_id', '=', courseId).orderBy('seat').execute();
}

/** Adds a session with the first event of its log. */
export async function addSession(db: Db, session: SessionRow, planned: SessionEvent): Promise<void> {
  await db.insertInto('sessions').values(session).execute();
  await appendEvents(db, { sessionId: session.id, after: 0, events: [planned], command: null, effects: [] });
}

export function findSession(db: Db, sessionId: string): Promise<SessionRow | undefined> {
  return db.selectFrom('sessions').selectAll().where('id', '=', sessionId).executeTakeFirst();
}

/**
 * The session a course's link leads to at `now` (ms): the next one that has not ended, also when it began up to a day
 * ago; else the one that ended last. Undefined where there is neither.
 */
export async function currentSession(db: Db, courseId: string, now: number): Promise<SessionRow | undefined> {
  const sessions = db.selectFrom('sessions').selectAll().where('course_id', '=', courseId);
  const coming = await sessions
    .where('ended_at', 'is', null)
    .where('planned_start', '>', now - DAY_MS)
    .orderBy('planned_start')
    .executeTakeFirst();
  return coming ?? (await sessions.where('ended_at', 'is not', null).orderBy('ended_at', 'desc').executeTakeFirst());
}

/** Sessions that may still have deadlines to keep: begun within a day, not ended. */
export function openSessions(db: Db, now: number): Promise<SessionRow[]> {
  return db
    .selectFrom('sessions')
    .selectAll()
    .where('ended_at', 'is', null)
    .where('planned_start', '>', now - DAY_MS)
    .execute();
}
