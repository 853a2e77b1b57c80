import { describe, expect, test } from 'vitest';

import { clockText, dayText, minutesText, placeOf, sameClock } from './time.ts';

const evening = Date.UTC(2026, 10, 24, 19, 28);

describe('times for people', () => {
  test('a moment reads as the clock of the session, wherever the device is', () => {
    expect(clockText(evening, 'Europe/London')).toBe('19:28');
    expect(clockText(evening, 'Asia/Tokyo')).toBe('04:28');
    expect(dayText(evening, 'Europe/London')).toBe('Tuesday 24 November');
    expect(dayText(evening, 'Asia/Tokyo')).toBe('Wednesday 25 November');
  });

  test('midnight is 00, not 24', () => {
    expect(clockText(Date.UTC(2026, 10, 24, 0, 5), 'Europe/London')).toBe('00:05');
  });

  test('two zones are the same where their clocks agree at that moment, not by name', () => {
    expect(sameClock(evening, 'Europe/London', 'Europe/Lisbon')).toBe(true);
    expect(sameClock(evening, 'Europe/London', 'Europe/Berlin')).toBe(false);
    expect(sameClock(evening, 'Europe/London', 'Africa/Accra')).toBe(true);
    expect(sameClock(Date.UTC(2026, 6, 1, 12), 'Europe/London', 'Africa/Accra')).toBe(false);
  });

  test('a zone is called by its place', () => {
    expect(placeOf('America/New_York')).toBe('New York');
    expect(placeOf('UTC')).toBe('UTC');
  });

  test('one minute is not one minutes', () => {
    expect(minutesText(1)).toBe('1 minute');
    expect(minutesText(22)).toBe('22 minutes');
  });
});
