import type { SeenEvent, StoredEvent } from './events.ts';
import { isStaff } from './roles.ts';
import type { Person, PersonId, Role, SessionState } from './state.ts';

export type Viewer = { personId: PersonId; role: Role };

/** How much a viewer may see: `staff` in the room all, `member` the room, `door` only who is in charge and themselves. */
export type Sight = 'staff' | 'member' | 'door';

export function sight(state: SessionState, viewer: Viewer): Sight {
  if (state.people[viewer.personId]?.status !== 'admitted') return 'door';
  return isStaff(viewer.role) ? 'staff' : 'member';
}

/** The part of the state this viewer may hold. Same shape as the state, so the same `reduce` folds it on. */
export function view(state: SessionState, viewer: Viewer): SessionState {
  const eyes = sight(state, viewer);
  if (eyes === 'staff') return state;
  const people: Record<PersonId, Person> = {};
  for (const person of Object.values(state.people)) {
    if (sees(eyes, viewer, person)) people[person.personId] = cutPerson(person, viewer);
  }
  if (eyes === 'member') return { ...state, people };
  return {
    ...state,
    people,
    phase: state.phase === 'paused' ? 'running' : state.phase,
    agenda: { segments: [], current: null, used: {} },
    audiences: { group: { ...state.audiences.group, mediaRoom: '', roster: null } },
  };
}

/**
 * The event as this viewer may see it, `hidden` where they may not. Valid while their sight stays the same:
 * when it changes (somebody is let in), send a fresh view instead.
 */
export function cut(event: StoredEvent, before: SessionState, viewer: Viewer): SeenEvent {
  const eyes = sight(before, viewer);
  const hidden: SeenEvent = { type: 'hidden', seq: event.seq };
  if (eyes === 'staff') return event;
  switch (event.type) {
    case 'personArrived':
    case 'personAdmitted':
      return sees(eyes, viewer, event.person) ? { ...event, person: cutPerson(event.person, viewer) } : hidden;
    case 'personLeft': {
      const person = before.people[event.personId];
      return person && sees(eyes, viewer, person) ? event : hidden;
    }
    case 'sessionPlanned':
      return eyes === 'member' ? event : { ...event, segments: [], mediaRooms: { group: '' } };
    case 'lobbyOpened':
    case 'audienceOpened':
    case 'leadChanged':
    case 'sessionStarted':
    case 'sessionEnded':
      return event;
    case 'rosterSigned':
    case 'segmentEntered':
    case 'minutesAdded':
    case 'timerPaused':
    case 'timerResumed':
      return eyes === 'member' ? event : hidden;
  }
}

function sees(eyes: Sight, viewer: Viewer, person: Person): boolean {
  if (eyes === 'staff' || person.personId === viewer.personId) return true;
  return person.status === 'admitted' && (eyes === 'member' || isStaff(person.role));
}

/** Others' ticks are staff's business; whoever stands at the door gets no keys of those inside. */
function cutPerson(person: Person, viewer: Viewer): Person {
  return person.personId === viewer.personId ? person : { ...person, ticks: null };
}
