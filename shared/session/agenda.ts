import type { Agenda, Segment, SegmentId, SessionState } from './state.ts';

const MINUTE_MS = 60_000;

/** Ms the current segment has used at `now`; 0 where none runs. */
export function usedMs(agenda: Agenda, now: number): number {
  const current = agenda.current;
  return current === null ? 0 : Math.max(0, (current.pausedAt ?? now) - current.startedAt);
}

/** Ms left of the current segment at `now`; negative when it is over. */
export function leftMs(agenda: Agenda, now: number): number {
  const segment = currentSegment(agenda);
  return segment === undefined ? 0 : segment.given * MINUTE_MS - usedMs(agenda, now);
}

export function currentSegment(agenda: Agenda): Segment | undefined {
  const id = agenda.current?.segmentId;
  return id === undefined ? undefined : agenda.segments.find((segment) => segment.segmentId === id);
}

/** The segment `step` places after (negative: before) the given one. */
export function neighbour(agenda: Agenda, segmentId: SegmentId, step: 1 | -1): Segment | undefined {
  const index = agenda.segments.findIndex((segment) => segment.segmentId === segmentId);
  return index < 0 ? undefined : agenda.segments[index + step];
}

/** One row of the evening as people see it. `startsAt` is ms since 1970: past for done rows, foreseen for later ones. */
export type AgendaRow = { segment: Segment; place: 'done' | 'current' | 'later'; startsAt: number };

/**
 * The evening at `now`: every segment with the moment it began or is foreseen to begin. A segment that runs over
 * pushes the later ones; before the start all follows from `plannedStart` (or from now, where that is past).
 */
export function agendaRows(state: SessionState, now: number): AgendaRow[] {
  const { agenda, startedAt } = state;
  const at = agenda.segments.findIndex((segment) => segment.segmentId === agenda.current?.segmentId);
  const rows: AgendaRow[] = [];
  let moment = startedAt ?? Math.max(state.plannedStart, now);
  agenda.segments.forEach((segment, index) => {
    if (index === at && agenda.current !== null) moment = (agenda.current.pausedAt ?? now) - usedMs(agenda, now);
    rows.push({ segment, place: index < at ? 'done' : index === at ? 'current' : 'later', startsAt: moment });
    if (index < at) moment += agenda.used[segment.segmentId] ?? 0;
    else if (index === at) moment = now + Math.max(0, leftMs(agenda, now));
    else moment += segment.given * MINUTE_MS;
  });
  return rows;
}

/** The next break after the current segment, or undefined where none is left. */
export function nextBreak(rows: AgendaRow[]): AgendaRow | undefined {
  return rows.find((row) => row.place === 'later' && row.segment.kind === 'break');
}

/** Minutes of all segments as planned. */
export function plannedMinutes(agenda: Agenda): number {
  return agenda.segments.reduce((sum, segment) => sum + segment.planned, 0);
}

/** Minutes of all segments as they are now. */
export function givenMinutes(agenda: Agenda): number {
  return agenda.segments.reduce((sum, segment) => sum + segment.given, 0);
}

/** The moment (ms) at which the session ends by itself; null before it started. */
export function endsByItselfAt(state: SessionState): number | null {
  if (state.startedAt === null || state.endedAt !== null) return null;
  return state.startedAt + (plannedMinutes(state.agenda) + state.latestEndMinutes) * MINUTE_MS;
}
