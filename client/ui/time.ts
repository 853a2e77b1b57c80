/** The time of day in a time zone (IANA name), for example `19:28`. */
export function clockText(at: number, timeZone: string): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(
    at,
  );
}

/** The day in a time zone, for example `Tuesday 24 November`. */
export function dayText(at: number, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en-GB', { timeZone, weekday: 'long', day: 'numeric', month: 'long' });
  const part = (type: string) => parts.formatToParts(at).find((one) => one.type === type)?.value ?? '';
  return `${part('weekday')} ${part('day')} ${part('month')}`;
}

/** The place a time zone is named after, for example `London` for `Europe/London`. */
export function placeOf(timeZone: string): string {
  return (timeZone.split('/').at(-1) ?? timeZone).replaceAll('_', ' ');
}

/** The time zone this device is set to. */
export function localZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** Whether clocks in two time zones show the same day and time at this moment. */
export function sameClock(at: number, one: string, other: string): boolean {
  return clockText(at, one) === clockText(at, other) && dayText(at, one) === dayText(at, other);
}

/** `1 minute`, `12 minutes`. */
export function minutesText(minutes: number): string {
  return minutes === 1 ? '1 minute' : `${minutes} minutes`;
}
