import { describe, expect, test } from 'vitest';
import { gathered, refusal, testSession } from './driver.fixtures.ts';
import { card, ticks } from './session.fixtures.ts';

const MINUTE = 60_000;

describe('people at the door', () => {
  test('P1 whoever enters waits, and the same device again changes nothing', () => {
    const session = testSession();
    session.enter('maya', 5);
    expect(session.state().people['maya']).toMatchObject({ status: 'waiting', since: 5 });
    const seq = session.state().seq;
    expect(session.enter('maya', 9)).toEqual({ events: [] });
    expect(session.state().seq).toBe(seq);
  });

  test('P2 a second device is refused until it takes over, and then waits', () => {
    const session = gathered();
    expect(refusal(session.enter('maya', 1, 'maya-phone'))).toBe('elsewhere');
    expect(session.state().people['maya']?.status).toBe('admitted');
    session.enter('maya', 2, 'maya-phone', true);
    expect(session.state().people['maya']).toMatchObject({ status: 'waiting', device: { deviceId: 'maya-phone' } });
  });

  test('P2 the same device name with another key is not the same device', () => {
    const session = gathered();
    const device = { ...card('maya-laptop'), hpkeKey: 'swapped' };
    session.as('maya', { type: 'enter', device, ticks, takeOver: false });
    expect(session.state().people['maya']?.status).toBe('waiting');
  });

  test('P3 only staff in the room admit, and nothing is half done', () => {
    const session = gathered();
    session.enter('tom');
    expect(refusal(session.admit('maya', ['dan']))).toBe('notAllowed');
    expect(refusal(session.admit('tom', ['dan']))).toBe('notInRoom');
    expect(refusal(session.admit('ruth', ['tom', 'nobody']))).toBe('notWaiting');
    expect(refusal(session.admit('ruth', ['tom', 'maya']))).toBe('alreadyInRoom');
    expect(refusal(session.admit('ruth', []))).toBe('notWaiting');
    expect(session.state().people['tom']?.status).toBe('waiting');
  });

  test('P4 families are counted, not people', () => {
    const session = gathered();
    session.enter('jonas');
    session.enter('tom');
    expect(refusal(session.admit('ruth', ['dan']))).toBe('full');
    expect(refusal(session.admit('ruth', ['jonas', 'tom']))).toBeNull();
  });

  test('P5 leaving means the door again', () => {
    const session = gathered();
    session.as('maya', { type: 'leave' });
    expect(session.state().people['maya']).toBeUndefined();
    session.enter('maya');
    expect(session.state().people['maya']?.status).toBe('waiting');
  });
});

test('P6 only the server drops who is long gone, and then other staff can open the room', () => {
  const session = gathered();
  session.enter('tom');
  expect(refusal(session.as('tom', { type: 'dropLost', personId: 'ruth' }))).toBe('notAllowed');
  expect(refusal(session.open('tom'))).toBe('alreadyOpen');
  session.timer({ type: 'dropLost', personId: 'ruth' }, 0);
  expect(session.state()).toMatchObject({ lead: null, people: { maya: { status: 'admitted' } } });
  expect(session.timer({ type: 'dropLost', personId: 'ruth' }, 0)).toEqual({ events: [] });
  expect(refusal(session.open('tom'))).toBeNull();
  expect(session.state().lead).toBe('tom');
});

describe('keys', () => {
  test('K1 the first staff device opens the room, a family cannot', () => {
    const session = testSession();
    session.enter('maya');
    expect(refusal(session.open('maya'))).toBe('notAllowed');
    expect(refusal(session.open('ruth'))).toBe('notInRoom');
    session.enter('ruth');
    expect(refusal(session.open('ruth'))).toBeNull();
    expect(session.state()).toMatchObject({ phase: 'lobby', lead: 'ruth', audiences: { group: { epoch: 1 } } });
    expect(session.state().people['ruth']?.status).toBe('admitted');
  });

  test('K2 a roster that is not the next one admits nobody', () => {
    const session = gathered();
    session.as('priya', { type: 'leave' });
    const state = session.state();
    const ruth = state.people['ruth'];
    const good = state.audiences.group.roster;
    const dan = state.people['dan'];
    if (!ruth || !good || !dan) throw new Error('the gathering is not as expected');
    const [a, b] = good.devices;
    if (!a || !b) throw new Error('the roster is not as expected');
    const entry = { ...a, personId: 'dan', deviceId: 'dan-laptop', side: 'family' as const };
    const right = { ...entry, signingKey: 'dan-laptop-sign', hpkeKey: 'dan-laptop-hpke' };
    const next = { ...good, version: good.version + 1, previous: 'hash', devices: [a, b, right] };
    const wrong = [
      { ...next, version: good.version },
      { ...next, epoch: 2 },
      { ...next, previous: null },
      { ...next, sessionId: 'another' },
      { ...next, signedBy: 'maya-laptop' },
      { ...next, devices: [a, b] },
      { ...next, devices: [a, b, { ...right, hpkeKey: 'swapped' }] },
      { ...next, devices: [a, b, { ...right, side: 'staff' as const }] },
      { ...next, devices: [a, b, right, { ...right, deviceId: 'stowaway' }] },
    ];
    for (const roster of wrong) {
      const decision = session.as('ruth', { type: 'admit', audience: 'group', personIds: ['dan'], roster });
      expect(refusal(decision)).toBe('staleRoster');
    }
    const roster = next;
    expect(refusal(session.as('ruth', { type: 'admit', audience: 'group', personIds: ['dan'], roster }))).toBeNull();
  });

  test('K3 staff in the room open a new epoch and everybody stays', () => {
    const session = gathered();
    expect(refusal(session.open('ruth', 0, ['maya', 'priya']))).toBeNull();
    expect(session.state().audiences.group.epoch).toBe(2);
    expect(session.state().people['maya']?.status).toBe('admitted');
  });

  test('K3 staff at the door open anew only when no staff is in the room', () => {
    const session = gathered();
    session.enter('tom');
    expect(refusal(session.open('tom'))).toBe('alreadyOpen');
    session.as('ruth', { type: 'leave' });
    expect(refusal(session.open('tom'))).toBeNull();
    const { people, lead } = session.state();
    expect(lead).toBe('tom');
    expect([people['tom']?.status, people['maya']?.status, people['priya']?.status]).toEqual([
      'admitted',
      'waiting',
      'waiting',
    ]);
  });
});

describe('lead', () => {
  test('L1 the facilitator leads once admitted, until the session has started', () => {
    const session = testSession();
    session.enter('tom');
    session.open('tom');
    expect(session.state().lead).toBe('tom');
    session.enter('ruth');
    session.admit('tom', ['ruth']);
    expect(session.state().lead).toBe('ruth');
  });

  test('L2 L3 only the lead moves the agenda, and staff can take the lead', () => {
    const session = gathered();
    session.enter('tom');
    expect(refusal(session.as('tom', { type: 'start' }))).toBe('notInRoom');
    session.admit('ruth', ['tom']);
    expect(refusal(session.as('tom', { type: 'start' }))).toBe('notAllowed');
    expect(refusal(session.as('maya', { type: 'takeLead' }))).toBe('notAllowed');
    session.as('tom', { type: 'takeLead' });
    expect(refusal(session.as('tom', { type: 'start' }))).toBeNull();
    expect(refusal(session.as('ruth', { type: 'next', seen: 's1' }))).toBe('notAllowed');
  });

  test('L4 a lead who leaves passes it on, and the timer does not change', () => {
    const session = gathered();
    session.enter('tom');
    session.admit('ruth', ['tom']);
    session.as('ruth', { type: 'start' }, 100);
    const { current } = session.state().agenda;
    session.as('ruth', { type: 'leave' }, 200);
    expect(session.state().lead).toBe('tom');
    expect(session.state().agenda.current).toEqual(current);
    session.as('tom', { type: 'leave' }, 300);
    expect(session.state().lead).toBeNull();
  });
});

describe('agenda', () => {
  test('A1 A2 start once; two presses of next advance once', () => {
    const session = gathered();
    expect(refusal(session.as('ruth', { type: 'next', seen: 's1' }))).toBe('notRunning');
    session.as('ruth', { type: 'start' });
    expect(refusal(session.as('ruth', { type: 'start' }))).toBe('alreadyStarted');
    expect(refusal(session.as('ruth', { type: 'back', seen: 's1' }))).toBe('firstSegment');
    expect(refusal(session.as('ruth', { type: 'next', seen: 's1' }))).toBeNull();
    expect(refusal(session.as('ruth', { type: 'next', seen: 's1' }))).toBe('alreadyMoved');
    expect(session.state().agenda.current?.segmentId).toBe('s2');
    session.as('ruth', { type: 'next', seen: 's2' });
    session.as('ruth', { type: 'next', seen: 's3' });
    expect(refusal(session.as('ruth', { type: 'next', seen: 's4' }))).toBe('lastSegment');
  });

  test('A3 a segment entered again goes on from the time it had used', () => {
    const session = gathered();
    session.as('ruth', { type: 'start' }, 0);
    session.as('ruth', { type: 'next', seen: 's1' }, 3 * MINUTE);
    session.as('ruth', { type: 'back', seen: 's2' }, 10 * MINUTE);
    expect(session.state().agenda.current).toEqual({ segmentId: 's1', startedAt: 7 * MINUTE, pausedAt: null });
    session.as('ruth', { type: 'next', seen: 's1' }, 11 * MINUTE);
    expect(session.state().agenda.used).toEqual({ s1: 4 * MINUTE });
    expect(session.state().agenda.current?.startedAt).toBe(4 * MINUTE);
  });

  test('A4 paused time is not used time', () => {
    const session = gathered();
    session.as('ruth', { type: 'start' }, 0);
    session.as('ruth', { type: 'pause' }, MINUTE);
    expect(session.as('ruth', { type: 'pause' }, 2 * MINUTE)).toEqual({ events: [] });
    session.as('ruth', { type: 'resume' }, 6 * MINUTE);
    expect(refusal(session.as('ruth', { type: 'resume' }, 6 * MINUTE))).toBe('notPaused');
    expect(session.state()).toMatchObject({ phase: 'running', agenda: { current: { startedAt: 5 * MINUTE } } });
    session.as('ruth', { type: 'pause' }, 7 * MINUTE);
    session.as('ruth', { type: 'next', seen: 's1' }, 9 * MINUTE);
    expect(session.state()).toMatchObject({ phase: 'running', agenda: { used: { s1: 2 * MINUTE } } });
  });

  test('A5 A7 minutes can be added up to the latest end', () => {
    const session = gathered();
    session.as('ruth', { type: 'start' });
    const add = (minutes: number) => session.as('ruth', { type: 'addMinutes', segmentId: 's2', minutes });
    expect(refusal(add(6))).toBeNull();
    expect(refusal(add(5))).toBe('tooLong');
    expect(refusal(add(4))).toBeNull();
    expect(session.state().agenda.segments.map((segment) => segment.given)).toEqual([5, 25, 10, 5]);
    expect(refusal(session.as('ruth', { type: 'addMinutes', segmentId: 'gone', minutes: 1 }))).toBe('unknownSegment');
  });

  test('A6 E6 the timer ends the session, after which only leaving is possible', () => {
    const session = gathered();
    expect(refusal(session.timer({ type: 'end' }, 0))).toBe('notRunning');
    expect(refusal(session.timer({ type: 'next', seen: 's1' }, 0))).toBe('notAllowed');
    session.as('ruth', { type: 'start' }, 0);
    session.timer({ type: 'end' }, 45 * MINUTE);
    expect(session.state()).toMatchObject({ phase: 'ended', endedAt: 45 * MINUTE });
    expect(refusal(session.enter('dan'))).toBe('ended');
    expect(refusal(session.timer({ type: 'end' }, 46 * MINUTE))).toBe('ended');
    expect(session.as('maya', { type: 'leave' })).toEqual({ events: [] });
  });
});
