import { endsByItselfAt } from '#shared/session/agenda.ts';
import type { SessionEvent } from '#shared/session/events.ts';
import { fold } from '#shared/session/reduce.ts';
import { emptySession } from '#shared/session/state.ts';
import { cprt } from '#shared/programme/cprt.ts';
import type { Programme } from '#shared/programme/programme.ts';
import { taster } from '#shared/programme/taster.ts';
import { derivedToken, hashToken, newId, newMediaRoom } from '../access/tokens.ts';
import type { Link } from '../launcherMessages.ts';
import { effectsOf } from '../sessions/effects.ts';
import { planSession } from '../sessions/plan.ts';
import { addCourse, addSession, currentSession, demoCourses, familiesOf } from '../storage/courses.ts';
import type { Db } from '../storage/open.ts';
import { addLink } from '../storage/people.ts';
import type { CourseRow, FamilyRow, PersonRow } from '../storage/schema.ts';
import { appendEvents, readEvents } from '../storage/sessionLog.ts';

const MINUTE_MS = 60_000;
/** A demo session nobody ended is replaced after this, so that a start the next day shows a fresh evening. */
const STALE_MS = 6 * 60 * MINUTE_MS;

const families = ['Maya', 'Priya', 'Dan', 'Grace', 'Elena', 'Kwame'];

type DemoCourse = { programme: Programme; session: number; label: string; name: string };
const group: DemoCourse = { programme: cprt, session: 4, label: 'Week 4', name: 'Tuesday group' };
const evening: DemoCourse = { programme: taster, session: 1, label: 'Taster', name: 'Taster session' };

/**
 * Makes what the demo lacks: a group at week 4 and a taster, each with a session that has not ended. Returns the links to
 * print: staff, six families, and the open one of the taster.
 */
export async function ensureDemo(db: Db, secret: string, origin: string, now: number): Promise<Link[]> {
  const existing = await demoCourses(db);
  for (const course of [group, evening]) {
    const { programmeId } = course.programme;
    const row = existing.find(({ programme_id }) => programme_id === programmeId) ?? (await add(db, course, secret));
    await ensureSession(db, course, row, now);
  }
  const labels = ['facilitator', 'co-facilitator', ...families.map((_, index) => `family ${index + 1}`), 'taster'];
  return labels.map((label) => ({ label, url: linkUrl(origin, derivedToken(secret, label)) }));
}

/** The token stands behind the #, which browsers keep to themselves: no server or proxy ever logs it. */
function linkUrl(origin: string, token: string): string {
  return `${origin}/join#${token}`;
}

/** The links a demo facilitator gets on the join page: they lead the taster too. Null for everybody else. */
export function demoStaffLink(secret: string, origin: string, role: string): string | null {
  const label =
    role === 'facilitator' ? 'taster facilitator' : role === 'coFacilitator' ? 'taster co-facilitator' : null;
  return label === null ? null : linkUrl(origin, derivedToken(secret, label));
}

async function add(db: Db, { programme, name }: DemoCourse, secret: string): Promise<CourseRow> {
  const course: CourseRow = {
    id: newId(),
    programme_id: programme.programmeId,
    organisation: 'Northfield Families',
    name,
    // From the range that Ofcom keeps free for drama: it never reaches anybody.
    help_phone: '0113 496 0142',
    time_zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    demo: 1,
  };
  const isGroup = programme === group.programme;
  const rows: FamilyRow[] = isGroup ? families.map((_, seat) => ({ id: newId(), course_id: course.id, seat })) : [];
  const people: { label: string; person: PersonRow }[] = [];
  const enlist = (label: string, personName: string, role: string, familyId: string | null): void => {
    const agreement = { agreement_version: null, agreed_at: null };
    const person = { id: newId(), course_id: course.id, family_id: familyId, role, name: personName, ...agreement };
    people.push({ label, person });
  };
  const prefix = isGroup ? '' : 'taster ';
  enlist(`${prefix}facilitator`, 'Ruth', 'facilitator', null);
  enlist(`${prefix}co-facilitator`, 'Tom', 'coFacilitator', null);
  rows.forEach((family, index) => enlist(`family ${index + 1}`, families[index] ?? '', 'caregiver', family.id));
  await addCourse(
    db,
    course,
    rows,
    people.map(({ person }) => person),
  );
  const open = isGroup ? [] : [{ label: 'taster', person: null }];
  for (const { label, person } of [...people, ...open]) {
    const token_hash = hashToken(derivedToken(secret, label));
    const person_id = person?.id ?? null;
    await addLink(db, { token_hash, course_id: course.id, person_id, expires_at: null, revoked_at: null });
  }
  return course;
}

async function ensureSession(db: Db, demo: DemoCourse, course: CourseRow, now: number): Promise<void> {
  for (;;) {
    const current = await currentSession(db, course.id, now);
    if (!current || current.ended_at !== null) break;
    if (current.planned_start > now - STALE_MS || !(await endStale(db, current.id, now))) return;
  }
  const familyIds = (await familiesOf(db, course.id)).map(({ id }) => id);
  const { row, event } = planSession(demo.programme, {
    sessionId: newId(),
    courseId: course.id,
    number: demo.session,
    label: demo.label,
    plannedStart: Math.ceil((now + 2 * MINUTE_MS) / (5 * MINUTE_MS)) * 5 * MINUTE_MS,
    familyIds,
    mediaRoom: newMediaRoom(),
    now,
  });
  await addSession(db, row, event);
}

/**
 * Ends a session that nobody ended, since a course's link leads to its oldest open one. False for one that still runs: it
 * began late and ends by itself. Only before the session is loaded: it would not hear of this.
 */
async function endStale(db: Db, sessionId: string, now: number): Promise<boolean> {
  const before = fold(await readEvents(db, sessionId, 0), emptySession(sessionId));
  if ((endsByItselfAt(before) ?? 0) > now) return false;
  const event: SessionEvent = { type: 'sessionEnded', at: now, by: 'deadline' };
  const effects = effectsOf({ ...event, seq: before.seq + 1 }, before);
  const stored = await appendEvents(db, { sessionId, after: before.seq, events: [event], command: null, effects });
  if (stored === 'conflict') throw new Error('a demo session changed while it was ended');
  return true;
}
