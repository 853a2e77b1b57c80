import fc from 'fast-check';
import { expect, test } from 'vitest';
import { givenMinutes, plannedMinutes, usedMs } from './agenda.ts';
import { refusal, testSession, type TestSession } from './driver.fixtures.ts';
import { fold } from './reduce.ts';
import { familiesInRoom } from './roles.ts';
import { cast } from './session.fixtures.ts';
import { emptySession, type SessionState } from './state.ts';
import { cut, sight, view } from './view.ts';

const person = fc.constantFrom(...cast.map(({ personId }) => personId));
/** Mostly the lead, so that long evenings come about. */
const mostlyLead = fc.oneof({ weight: 3, arbitrary: fc.constant('the lead') }, { weight: 1, arbitrary: person });
const segment = fc.constantFrom('s1', 's2', 's3', 's4', 'gone');

/** One step of a random evening; `null` stands for "the segment that runs now", so that many steps succeed. */
const step = fc.oneof(
  fc.record({
    do: fc.constant('enter' as const),
    person,
    device: fc.constantFrom('laptop', 'phone'),
    takeOver: fc.boolean(),
  }),
  fc.record({ do: fc.constant('open' as const), person, stay: fc.uniqueArray(person, { maxLength: 5 }) }),
  fc.record({ do: fc.constant('openWithAll' as const), person }),
  fc.record({ do: fc.constant('admit' as const), person, others: fc.uniqueArray(person, { maxLength: 3 }) }),
  fc.record({ do: fc.constantFrom('leave' as const, 'takeLead' as const), person }),
  fc.record({ do: fc.constantFrom('start' as const, 'pause' as const, 'resume' as const), person: mostlyLead }),
  fc.record({ do: fc.constantFrom('pause' as const, 'resume' as const), person: mostlyLead }),
  fc.record({ do: fc.constantFrom('next' as const, 'back' as const), person: mostlyLead, seen: fc.option(segment) }),
  fc.record({
    do: fc.constant('add' as const),
    person: mostlyLead,
    seen: segment,
    minutes: fc.integer({ min: 1, max: 30 }),
  }),
  fc.record({ do: fc.constantFrom('timer' as const, 'end' as const), person: mostlyLead, rare: fc.nat(9) }),
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

function take(session: TestSession, one: Step, now: number): void {
  const state = session.state();
  const current = state.agenda.current?.segmentId ?? 's1';
  const who = one.person === 'the lead' ? (state.lead ?? 'ruth') : one.person;
  switch (one.do) {
    case 'enter':
      return void session.enter(one.person, now, `${one.person}-${one.device}`, one.takeOver);
    case 'open':
      return void session.open(one.person, now, one.stay);
    case 'openWithAll': {
      const inside = Object.values(state.people).filter((p) => p.status === 'admitted' && p.personId !== one.person);
      return void session.open(
        one.person,
        now,
        inside.map((p) => p.personId),
      );
    }
    case 'admit':
      return void session.admit(one.person, one.others, now);
    case 'next':
    case 'back':
      return void session.as(who, { type: one.do, seen: one.seen ?? current }, now);
    case 'add':
      return void session.as(who, { type: 'addMinutes', segmentId: one.seen, minutes: one.minutes }, now);
    case 'timer':
    case 'end':
      if (one.rare > 0) return;
      return void (one.do === 'timer' ? session.timer({ type: 'end' }, now) : session.as(who, { type: 'end' }, now));
    default:
      return void session.as(who, { type: one.do }, now);
  }
}

/** Any order of steps, each some time after the one before; often a gathered room to begin with. */
const evening = fc.tuple(
  fc.boolean(),
  fc.array(fc.tuple(step, fc.integer({ min: 0, max: 600_000 })), { maxLength: 40 }),
);
type Evening = typeof evening extends fc.Arbitrary<infer T> ? T : never;

function play([warm, steps]: Evening, each: (session: TestSession, now: number) => void = () => {}): TestSession {
  const session = testSession();
  if (warm) {
    for (const id of ['ruth', 'tom', 'maya', 'jonas', 'dan']) session.enter(id);
    session.open('ruth');
    session.admit('ruth', ['tom', 'maya', 'jonas']);
    session.as('ruth', { type: 'start' });
  }
  let now = 0;
  for (const [one, after] of steps) {
    now += after;
    take(session, one, now);
    each(session, now);
  }
  return session;
}

function holds(property: (evening: Evening) => void): void {
  fc.assert(fc.property(evening, property), { numRuns: 500 });
}

test('E1 sequence numbers have no gap, and a refusal changes nothing', () => {
  holds((steps) => {
    const { log, state } = play(steps);
    expect(log.map((event) => event.seq)).toEqual(log.map((_, index) => index + 1));
    expect(state().seq).toBe(log.length);
  });
});

test('E2 replaying the log gives the state, in one go or in two', () => {
  holds((steps) => {
    const { log, state } = play(steps);
    expect(fold(log, emptySession('session-1'))).toEqual(state());
    const half = Math.floor(log.length / 2);
    expect(fold(log.slice(half), fold(log.slice(0, half), emptySession('session-1')))).toEqual(state());
  });
});

test('P3 P4 K2 K3 whoever is in the room stands on the roster, and never too many families', () => {
  holds((steps) => {
    play(steps, (session) => {
      const state = session.state();
      const inside = Object.values(state.people).filter((p) => p.status === 'admitted');
      const roster = new Set(state.audiences.group.roster?.devices.map((d) => `${d.personId} ${d.deviceId}`));
      for (const p of inside) expect(roster).toContain(`${p.personId} ${p.device.deviceId}`);
      expect(familiesInRoom(state).size).toBeLessThanOrEqual(state.maxFamilies);
    });
  });
});

test('L2 L4 the lead is staff in the room or nobody', () => {
  holds((steps) => {
    play(steps, (session) => {
      const { lead, people } = session.state();
      if (lead === null) return;
      expect(people[lead]).toMatchObject({ status: 'admitted', role: expect.stringMatching(/acilitator$/) });
    });
  });
});

test('A3 A4 A5 A7 time used never goes backwards, and lengths stay within the latest end', () => {
  const spent = (state: SessionState, now: number): number =>
    usedMs(state.agenda, now) + Object.values(state.agenda.used).reduce((a, b) => a + b, 0);
  holds((steps) => {
    let last = 0;
    play(steps, (session, now) => {
      const state = session.state();
      expect(spent(state, now)).toBeGreaterThanOrEqual(last);
      if (state.startedAt !== null) expect(spent(state, now)).toBeLessThanOrEqual(now - state.startedAt);
      last = spent(state, now);
      expect(givenMinutes(state.agenda)).toBeLessThanOrEqual(plannedMinutes(state.agenda) + state.latestEndMinutes);
      expect(state.agenda.segments.map((s) => s.segmentId)).toEqual(['s1', 's2', 's3', 's4']);
    });
  });
});

test('E6 nothing happens after the end', () => {
  holds((steps) => {
    const { log } = play(steps);
    const end = log.findIndex((event) => event.type === 'sessionEnded');
    expect(end === -1 || end === log.length - 1).toBe(true);
  });
});

test('V4 folding the events cut for a viewer equals the view of the folded state', () => {
  holds((steps) => {
    const { log } = play(steps);
    for (const { personId, role } of cast) {
      const viewer = { personId, role };
      let state = emptySession('session-1');
      let held = view(state, viewer);
      for (const event of log) {
        const before = state;
        state = fold([event], state);
        // A change of sight is the one moment at which the server sends a whole view.
        if (sight(before, viewer) === sight(state, viewer)) held = fold([cut(event, before, viewer)], held);
        else held = view(state, viewer);
        expect(held).toEqual(view(state, viewer));
      }
    }
  });
});

test('V2 V3 nobody but staff learns who waits or what others ticked, and the door shows no keys', () => {
  holds((steps) => {
    const state = play(steps).state();
    for (const { personId, role } of cast) {
      const viewer = { personId, role };
      if (sight(state, viewer) === 'staff') continue;
      const held = view(state, viewer);
      for (const other of Object.values(held.people)) {
        if (other.personId === personId) continue;
        expect(other.status).toBe('admitted');
        expect(other.ticks).toBeNull();
      }
      if (sight(state, viewer) === 'door') {
        expect(held.audiences.group).toMatchObject({ roster: null, mediaRoom: '' });
        expect(held.agenda.segments).toEqual([]);
      }
    }
  });
});

test('the random evenings reach every kind of event', () => {
  const seen = new Set<string>();
  const refused = new Set<string>();
  for (const steps of fc.sample(evening, { numRuns: 500, seed: 4 })) {
    const session = play(steps);
    for (const event of session.log) seen.add(event.type);
    refused.add(refusal(session.as('maya', { type: 'start' })) ?? 'ok');
  }
  expect([...seen].toSorted()).toEqual(
    [
      'sessionPlanned',
      'lobbyOpened',
      'audienceOpened',
      'rosterSigned',
      'personArrived',
      'personAdmitted',
      'personLeft',
      'leadChanged',
      'sessionStarted',
      'segmentEntered',
      'minutesAdded',
      'timerPaused',
      'timerResumed',
      'sessionEnded',
    ].toSorted(),
  );
  expect(refused).toContain('notAllowed');
});
