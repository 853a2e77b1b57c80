import { agendaRows, currentSegment, leftMs, nextBreak, usedMs, type AgendaRow } from '#shared/session/agenda.ts';
import type { Segment, SessionState } from '#shared/session/state.ts';

const minute = 60_000;

/** The evening as a screen draws it at one moment. Times are ms since 1970. */
export type AgendaNow = {
  rows: AgendaRow[];
  next: AgendaRow | undefined;
  nextBreak: AgendaRow | undefined;
  /** When the last segment is foreseen to end. */
  endsAt: number;
  /** Null before the start. */
  running: Running | null;
};

export type Running = {
  segment: Segment;
  startsAt: number;
  /** When it ends as it is given now; past when it is over. */
  endsAt: number;
  /** Whole minutes that are left, rounded up; 0 when it is over. */
  minutesLeft: number;
  /** Whole minutes over, rounded down. Only for staff to see. */
  minutesOver: number;
  over: boolean;
  paused: boolean;
  /** The part that is left, 0 to 1. */
  left: number;
};

/** Everything a rail, a strip or a console shows of the evening at `now`. */
export function agendaNow(session: SessionState, now: number): AgendaNow {
  const rows = agendaRows(session, now);
  const at = rows.findIndex((row) => row.place === 'current');
  const current = rows[at];
  const last = rows.at(-1);
  const running = current === undefined ? null : runningAt(session, current, now);
  const lastEnd = last === undefined ? now : last.startsAt + last.segment.given * minute;
  return {
    rows,
    next: rows[at + 1],
    nextBreak: nextBreak(rows),
    endsAt: running !== null && last === current ? Math.max(now, running.endsAt) : lastEnd,
    running,
  };
}

function runningAt(session: SessionState, row: AgendaRow, now: number): Running | null {
  const segment = currentSegment(session.agenda);
  if (segment === undefined) return null;
  const left = leftMs(session.agenda, now);
  const given = segment.given * minute;
  return {
    segment,
    startsAt: row.startsAt,
    endsAt: now + left,
    minutesLeft: Math.max(0, Math.ceil(left / minute)),
    minutesOver: Math.max(0, Math.floor(-left / minute)),
    over: left <= 0,
    paused: session.agenda.current?.pausedAt !== null,
    left: given === 0 ? 0 : Math.max(0, 1 - usedMs(session.agenda, now) / given),
  };
}

/** What the ring says to people who can't see it. Families are never told how far over it is. */
export function ringLabel(running: Running, forStaff: boolean): string {
  if (running.paused) return `Paused, ${minutesLeftText(running)}`;
  if (!running.over) return minutesLeftText(running);
  if (!forStaff) return 'Wrapping up';
  return running.minutesOver === 0 ? 'Time is up' : `${running.minutesOver} min over`;
}

function minutesLeftText(running: Running): string {
  return `${running.minutesLeft} min left`;
}
