import { describe, expect, test } from 'vitest';

import { emptySession, type Segment, type SessionState } from '#shared/session/state.ts';

import { agendaNow, ringLabel } from './agendaNow.ts';
import { segmentAnnouncement } from './announcement.ts';

const minute = 60_000;
const seven = Date.UTC(2026, 10, 24, 19, 0);

function segment(segmentId: string, title: string, given: number, kind: Segment['kind']): Segment {
  return { segmentId, title, prompt: '', kind, where: 'main', planned: given, given };
}

function evening(current: string | null, startedAt: number, pausedAt: number | null = null): SessionState {
  const segments = [
    segment('a', 'Arrive and settle', 5, 'welcome'),
    segment('b', 'Home play stories', 15, 'check-in'),
    segment('c', 'Break', 10, 'break'),
    segment('d', 'Closing round', 5, 'close'),
  ];
  const running = current === null ? null : { segmentId: current, startedAt, pausedAt };
  return {
    ...emptySession('s'),
    plannedStart: seven,
    startedAt: current === null ? null : seven,
    agenda: { segments, current: running, used: current === 'b' ? { a: 5 * minute } : {} },
  };
}

describe('the evening at one moment', () => {
  const session = evening('b', seven + 5 * minute);

  test('half a minute into a segment of 15 all 15 minutes still show', () => {
    const { running } = agendaNow(session, seven + 5.5 * minute);
    expect(running).toMatchObject({ minutesLeft: 15, over: false });
    expect(running?.left).toBeCloseTo(14.5 / 15);
    expect(running?.endsAt).toBe(seven + 20 * minute);
  });

  test('next and next break are named with their times', () => {
    const now = agendaNow(session, seven + 10 * minute);
    expect(now.next?.segment.title).toBe('Break');
    expect(now.nextBreak?.startsAt).toBe(seven + 20 * minute);
    expect(now.endsAt).toBe(seven + 35 * minute);
  });

  test('families are told it is wrapping up; staff see by how much', () => {
    const { running } = agendaNow(session, seven + 23.4 * minute);
    if (running === null) throw new Error('nothing runs');
    expect(running).toMatchObject({ over: true, minutesLeft: 0, minutesOver: 3, left: 0 });
    expect(ringLabel(running, false)).toBe('Wrapping up');
    expect(ringLabel(running, true)).toBe('3 min over');
  });

  test('in the first minute after its end nobody is said to be over', () => {
    const { running } = agendaNow(session, seven + 20.5 * minute);
    expect(running && ringLabel(running, true)).toBe('Time is up');
  });

  test('a pause holds the minutes', () => {
    const held = evening('b', seven + 5 * minute, seven + 8 * minute);
    const { running } = agendaNow(held, seven + 60 * minute);
    expect(running).toMatchObject({ paused: true, minutesLeft: 12 });
    expect(running && ringLabel(running, false)).toBe('Paused, 12 min left');
  });

  test('before the start nothing runs and the first segment comes next', () => {
    const now = agendaNow(evening(null, 0), seven - 10 * minute);
    expect(now.running).toBeNull();
    expect(now.next?.segment.title).toBe('Arrive and settle');
    expect(now.next?.startsAt).toBe(seven);
  });

  test('the last segment, over, pushes the end of the evening along', () => {
    const now = agendaNow(evening('d', seven), seven + 7 * minute);
    expect(now.next).toBeUndefined();
    expect(now.endsAt).toBe(seven + 7 * minute);
  });
});

describe('what is read out when a segment begins', () => {
  test('its name, its minutes and what follows', () => {
    const session = evening('b', seven + 5 * minute);
    expect(segmentAnnouncement(session, seven + 5 * minute, 'UTC')).toBe(
      'Now: Home play stories. 15 minutes. Then a break.',
    );
  });

  test('a break says until when', () => {
    const session = evening('c', seven + 20 * minute);
    expect(segmentAnnouncement(session, seven + 20 * minute, 'UTC')).toBe('Break until 19:30. Then Closing round.');
  });

  test('the last one has nothing after it, and before the start there is nothing to say', () => {
    expect(segmentAnnouncement(evening('d', seven), seven, 'UTC')).toBe('Now: Closing round. 5 minutes.');
    expect(segmentAnnouncement(evening(null, 0), seven, 'UTC')).toBeNull();
  });
});
