import { agreementVersion } from '#shared/agreement.ts';
import type { ApiErrorCode, Invitation } from '#shared/api.ts';
import { isStaff } from '#shared/session/roles.ts';
import type { Role } from '#shared/session/state.ts';
import { currentSession, familiesOf, findCourse } from '../storage/courses.ts';
import type { HttpContext } from './context.ts';
import { peopleOf } from '../storage/people.ts';
import type { PersonRow } from '../storage/schema.ts';

type Guest = { courseId: string; person: PersonRow | undefined; kind: Invitation['kind']; enrolled: boolean };

/** What the join page shows: the session, who leads, how many families; no family's name. Or `noSession`. */
export async function invitationFor(
  { db, sessions, livekit, now, staffLink }: HttpContext,
  { courseId, person, kind, enrolled }: Guest,
): Promise<Invitation | { error: ApiErrorCode }> {
  const course = await findCourse(db, courseId);
  const session = course && (await currentSession(db, courseId, now()));
  if (!course || !session) return { error: 'noSession' };
  const live = await sessions.find(session.id);
  const [people, families] = await Promise.all([peopleOf(db, courseId), familiesOf(db, courseId)]);
  const leads = people
    .map(({ name, role }) => ({ name, role: role as Role }))
    .filter(({ role }) => isStaff(role))
    .toSorted((a, b) => Number(b.role === 'facilitator') - Number(a.role === 'facilitator'));
  return {
    kind,
    personId: person?.id ?? null,
    role: (person?.role as Role | undefined) ?? 'attendee',
    name: person?.name ?? null,
    enrolled,
    mediaUrl: livekit.url,
    tasterLink: course.demo === 1 && families.length > 0 && person ? staffLink(person.role) : null,
    session: {
      sessionId: session.id,
      phase: live.state().phase,
      organisation: course.organisation,
      course: course.name,
      label: session.label,
      title: session.title,
      plannedStart: session.planned_start,
      minutes: session.minutes,
      timeZone: course.time_zone,
      leads,
      families: kind === 'taster' || person?.role === 'attendee' ? null : families.length,
      helpPhone: course.help_phone,
      agreement: { version: agreementVersion, accepted: (person?.agreement_version ?? 0) >= agreementVersion },
      demo: course.demo === 1,
    },
  };
}
