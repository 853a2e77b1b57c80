import type { SessionState } from '#shared/session/state.ts';

import { clockText, minutesText } from '../ui/time.ts';

import { agendaNow } from './agendaNow.ts';

/** The sentence screen readers hear when a segment begins; null where none runs. */
export function segmentAnnouncement(session: SessionState, now: number, timeZone: string): string | null {
  const { running, next } = agendaNow(session, now);
  if (running === null) return null;
  const { segment, minutesLeft, endsAt } = running;
  const begin =
    segment.kind === 'break'
      ? `${segment.title} until ${clockText(endsAt, timeZone)}.`
      : `Now: ${segment.title}. ${minutesText(minutesLeft)}.`;
  if (next === undefined) return begin;
  return `${begin} Then ${next.segment.kind === 'break' ? 'a break' : next.segment.title}.`;
}
