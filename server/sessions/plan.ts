import { agendaOf, type Programme } from '#shared/programme/programme.ts';
import type { SessionEvent } from '#shared/session/events.ts';
import type { SessionRow } from '../storage/schema.ts';

export type PlanOptions = {
  sessionId: string;
  courseId: string;
  /** Which session of the programme, from 1. */
  number: number;
  label: string;
  plannedStart: number;
  familyIds: string[];
  /** The name of the LiveKit room of the group: random, so that it says nothing and can't be guessed. */
  mediaRoom: string;
  now: number;
};

/** The row of a session and the first event of its log, as the programme plans it. Throws where it plans none. */
export function planSession(programme: Programme, options: PlanOptions): { row: SessionRow; event: SessionEvent } {
  const agenda = agendaOf(programme, options.number);
  if (!agenda) throw new Error(`${programme.programmeId} has no agenda for session ${options.number}`);
  const { sessionId, courseId, label, plannedStart, familyIds, mediaRoom, now } = options;
  const row: SessionRow = {
    id: sessionId,
    course_id: courseId,
    label,
    title: agenda.title,
    planned_start: plannedStart,
    minutes: programme.minutes,
    ended_at: null,
  };
  const event: SessionEvent = {
    type: 'sessionPlanned',
    at: now,
    plannedStart,
    latestEndMinutes: programme.latestEndMinutes,
    maxFamilies: programme.maxFamilies ?? programme.maxPeople,
    familyIds,
    segments: agenda.segments.map(({ key, title, prompt, kind, where, minutes }) => {
      return { segmentId: key, title, prompt, kind, where, planned: minutes, given: minutes };
    }),
    mediaRooms: { group: mediaRoom },
  };
  return { row, event };
}
