import type { Command, Decision } from './commands.ts';
import { decide } from './decide.ts';
import type { StoredEvent } from './events.ts';
import { fold } from './reduce.ts';
import type { Actor } from './roles.ts';
import { actorOf, card, planned, rosterFor, stored, ticks } from './session.fixtures.ts';
import { emptySession, type SessionState } from './state.ts';

/** A session under test: its log and state, and people who act on it with rosters that fit. */
export function testSession() {
  const log: StoredEvent[] = stored([planned]);
  let state = fold(log, emptySession('session-1'));

  function give(command: Command, actor: Actor, now: number): Decision {
    const decision = decide(state, command, actor, now);
    if ('events' in decision) {
      const events = stored(decision.events, state.seq);
      log.push(...events);
      state = fold(events, state);
    }
    return decision;
  }

  const as = (personId: string, command: Command, now = 0): Decision => give(command, actorOf(personId), now);

  return {
    log,
    state: (): SessionState => state,
    as,
    timer: (command: Command, now: number): Decision => give(command, { by: 'timer' }, now),
    enter: (personId: string, now = 0, device = `${personId}-laptop`, takeOver = false): Decision =>
      as(personId, { type: 'enter', device: card(device), ticks, takeOver }, now),
    open: (personId: string, now = 0, stay: string[] = []): Decision => {
      const me = state.people[personId];
      if (!me) return { refused: 'notInRoom' };
      const people = [me, ...stay.flatMap((id) => state.people[id] ?? [])];
      const roster = rosterFor(state, me, people, state.audiences.group.epoch + 1);
      return as(personId, { type: 'openAudience', audience: 'group', roster }, now);
    },
    admit: (by: string, personIds: string[], now = 0): Decision => {
      const me = state.people[by];
      if (!me) return { refused: 'notInRoom' };
      const people = Object.values(state.people).filter(
        (person) => person.status === 'admitted' || personIds.includes(person.personId),
      );
      const roster = rosterFor(state, me, people);
      return as(by, { type: 'admit', audience: 'group', personIds, roster }, now);
    },
  };
}

export type TestSession = ReturnType<typeof testSession>;

/** Ruth leads, Maya and Priya are in the room, Dan waits; nothing has started. */
export function gathered(): TestSession {
  const session = testSession();
  for (const personId of ['ruth', 'maya', 'priya', 'dan']) session.enter(personId);
  session.open('ruth');
  session.admit('ruth', ['maya', 'priya']);
  return session;
}

export function refusal(decision: Decision): string | null {
  return 'refused' in decision ? decision.refused : null;
}
