import type { Phase } from '#shared/session/state.ts';

import { clockText, dayText, minutesText } from '../ui/time.ts';

export type StartsIn = {
  title: string;
  hint: string;
  /** For the ring, while it is less than an hour away. */ minutes: number | null;
};

/** How long until a session starts, in words for the join page. Times are ms since 1970. */
export function startsIn(card: { plannedStart: number; phase: Phase; timeZone: string }, now: number): StartsIn {
  const { plannedStart, phase, timeZone } = card;
  if (phase === 'running' || phase === 'paused') {
    return { title: 'It has begun', hint: 'Late? That’s fine. Come in whenever you can.', minutes: null };
  }
  const minutes = Math.ceil((plannedStart - now) / 60_000);
  if (minutes <= 0) return { title: 'Starts any moment', hint: 'You can come in now', minutes: null };
  if (minutes <= 60) return { title: `Starts in ${minutesText(minutes)}`, hint: 'You can come in now', minutes };
  const today = dayText(plannedStart, timeZone) === dayText(now, timeZone);
  const when = today ? `today at ${clockText(plannedStart, timeZone)}` : `on ${dayText(plannedStart, timeZone)}`;
  return { title: `Starts ${when}`, hint: 'You can try camera and sound already', minutes: null };
}
