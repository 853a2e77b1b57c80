/** Hour from which a session is an evening, in its own time zone. */
const eveningFrom = 17;

export type DayWords = { tonight: string; evening: string };

/** How to speak of a session: groups mostly meet in the evening, but not all do. `at` is its planned start, ms. */
export function dayWords(at: number, timeZone: string): DayWords {
  const hour = Number(new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', hourCycle: 'h23' }).format(at));
  return hour >= eveningFrom ? { tonight: 'Tonight', evening: 'evening' } : { tonight: 'Today', evening: 'session' };
}
