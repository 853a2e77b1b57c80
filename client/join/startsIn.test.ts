import { expect, test } from 'vitest';

import { startsIn } from './startsIn.ts';

const seven = Date.UTC(2026, 10, 24, 19, 0);
const card = { plannedStart: seven, phase: 'planned', timeZone: 'Europe/London' } as const;
const minute = 60_000;

test('the last hour counts down in minutes, with a ring', () => {
  expect(startsIn(card, seven - 12 * minute)).toMatchObject({ title: 'Starts in 12 minutes', minutes: 12 });
  expect(startsIn(card, seven - 30_000)).toMatchObject({ title: 'Starts in 1 minute', minutes: 1 });
});

test('earlier it says when: a time today, a day otherwise', () => {
  expect(startsIn(card, seven - 180 * minute).title).toBe('Starts today at 19:00');
  expect(startsIn(card, seven - 1440 * minute).title).toBe('Starts on Tuesday 24 November');
});

test('late is fine, and a facilitator who is late is not announced as a failure', () => {
  expect(startsIn(card, seven + minute).title).toBe('Starts any moment');
  expect(startsIn({ ...card, phase: 'running' }, seven + 20 * minute).hint).toContain('Late? That’s fine.');
});
