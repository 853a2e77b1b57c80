import { usedMs } from './agenda.ts';
import type { SeenEvent } from './events.ts';
import { emptySession, type Agenda, type Audience, type AudienceId, type SessionState } from './state.ts';

/**
 * The state after one event. Total: an event about somebody a view does not hold changes only the sequence number,
 * so server and client fold with the same function.
 */
export function reduce(state: SessionState, event: SeenEvent): SessionState {
  return { ...change(state, event), seq: event.seq };
}

/** Folds events in order; `from` is the state (or view) before the first. */
export function fold(events: readonly SeenEvent[], from: SessionState): SessionState {
  return events.reduce(reduce, from);
}

function change(state: SessionState, event: SeenEvent): SessionState {
  switch (event.type) {
    case 'hidden':
      return state;
    case 'sessionPlanned':
      return {
        ...emptySession(state.sessionId),
        plannedStart: event.plannedStart,
        latestEndMinutes: event.latestEndMinutes,
        maxFamilies: event.maxFamilies,
        familyIds: event.familyIds,
        agenda: { segments: event.segments, current: null, used: {} },
        audiences: { group: { epoch: 0, mediaRoom: event.mediaRooms.group, roster: null } },
      };
    case 'lobbyOpened':
      return { ...state, phase: 'lobby' };
    case 'audienceOpened':
      return withAudience(state, event.audience, { epoch: event.epoch });
    case 'rosterSigned':
      return withAudience(state, event.audience, { roster: event.roster });
    case 'personArrived':
    case 'personAdmitted':
      return { ...state, people: { ...state.people, [event.person.personId]: event.person } };
    case 'personLeft': {
      const { [event.personId]: _gone, ...people } = state.people;
      return { ...state, people };
    }
    case 'leadChanged':
      return { ...state, lead: event.lead };
    case 'sessionStarted':
      return { ...state, phase: 'running', startedAt: event.at };
    case 'segmentEntered':
      return { ...state, phase: 'running', agenda: enterSegment(state.agenda, event.segmentId, event.at) };
    case 'minutesAdded':
      return { ...state, agenda: addMinutes(state.agenda, event.segmentId, event.minutes) };
    case 'timerPaused':
      return { ...state, phase: 'paused', agenda: withPause(state.agenda, event.at) };
    case 'timerResumed':
      return { ...state, phase: 'running', agenda: withoutPause(state.agenda, event.at) };
    case 'sessionEnded':
      return { ...state, phase: 'ended', endedAt: event.at, agenda: withPause(state.agenda, event.at) };
  }
}

function withAudience(state: SessionState, audience: AudienceId, fields: Partial<Audience>): SessionState {
  return { ...state, audiences: { ...state.audiences, [audience]: { ...state.audiences[audience], ...fields } } };
}

function enterSegment(agenda: Agenda, segmentId: string, at: number): Agenda {
  // A view that has no agenda (somebody at the door) must not gain one from a stray event.
  if (!agenda.segments.some((segment) => segment.segmentId === segmentId)) return agenda;
  const used = { ...agenda.used };
  if (agenda.current !== null) used[agenda.current.segmentId] = usedMs(agenda, at);
  const before = used[segmentId] ?? 0;
  delete used[segmentId];
  return { ...agenda, used, current: { segmentId, startedAt: at - before, pausedAt: null } };
}

function addMinutes(agenda: Agenda, segmentId: string, minutes: number): Agenda {
  const segments = agenda.segments.map((segment) =>
    segment.segmentId === segmentId ? { ...segment, given: segment.given + minutes } : segment,
  );
  return { ...agenda, segments };
}

function withPause(agenda: Agenda, at: number): Agenda {
  if (agenda.current === null || agenda.current.pausedAt !== null) return agenda;
  return { ...agenda, current: { ...agenda.current, pausedAt: at } };
}

function withoutPause(agenda: Agenda, at: number): Agenda {
  const { current } = agenda;
  if (current === null || current.pausedAt === null) return agenda;
  return { ...agenda, current: { ...current, startedAt: current.startedAt + at - current.pausedAt, pausedAt: null } };
}
