import { expect, test } from 'vitest';
import { agendaRows, endsByItselfAt, leftMs, nextBreak } from './agenda.ts';
import { gathered } from './driver.fixtures.ts';
import { deadlines } from './timers.ts';

const MINUTE = 60_000;

function startsOf(session: ReturnType<typeof gathered>, now: number): number[] {
  return agendaRows(session.state(), now).map((row) => row.startsAt / MINUTE);
}

test('the evening is foreseen from its planned start, or from now when that is past', () => {
  const session = gathered();
  const start = session.state().plannedStart / MINUTE;
  expect(startsOf(session, 0)).toEqual([start, start + 5, start + 20, start + 30]);
  expect(startsOf(session, 2 * session.state().plannedStart)[0]).toBe(2 * start);
});

test('a segment that runs over pushes the later ones', () => {
  const session = gathered();
  session.as('ruth', { type: 'start' }, 0);
  expect(startsOf(session, 2 * MINUTE)).toEqual([0, 5, 20, 30]);
  expect(startsOf(session, 8 * MINUTE)).toEqual([0, 8, 23, 33]);
  expect(leftMs(session.state().agenda, 8 * MINUTE)).toBe(-3 * MINUTE);
  session.as('ruth', { type: 'next', seen: 's1' }, 8 * MINUTE);
  expect(startsOf(session, 9 * MINUTE)).toEqual([0, 8, 23, 33]);
  expect(nextBreak(agendaRows(session.state(), 9 * MINUTE))?.segment.segmentId).toBe('s3');
});

test('while paused the later segments move with the clock', () => {
  const session = gathered();
  session.as('ruth', { type: 'start' }, 0);
  session.as('ruth', { type: 'pause' }, MINUTE);
  expect(leftMs(session.state().agenda, 60 * MINUTE)).toBe(4 * MINUTE);
  expect(startsOf(session, 11 * MINUTE)).toEqual([0, 15, 30, 40]);
});

test('A6 the latest end is a deadline from the start until the end', () => {
  const session = gathered();
  expect(deadlines(session.state())).toEqual([]);
  session.as('ruth', { type: 'start' }, MINUTE);
  expect(endsByItselfAt(session.state())).toBe(46 * MINUTE);
  const again = deadlines(session.state());
  expect(again).toEqual([{ at: 46 * MINUTE, commandId: expect.any(String), command: { type: 'end' } }]);
  session.as('ruth', { type: 'pause' }, 2 * MINUTE);
  expect(deadlines(session.state())).toEqual(again);
  session.as('ruth', { type: 'end' }, 3 * MINUTE);
  expect(deadlines(session.state())).toEqual([]);
});
