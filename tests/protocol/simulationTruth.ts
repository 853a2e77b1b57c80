import { isDeepStrictEqual } from 'node:util';
import type { SessionEvent, StoredEvent } from '#shared/session/events.ts';
import { reduce } from '#shared/session/reduce.ts';
import { emptySession, type SessionState } from '#shared/session/state.ts';
import { cut, view, type Viewer } from '#shared/session/view.ts';
import type { CatchUp, EventsMessage, KeyWanted, Names, PresenceMap, ViewMessage } from '#shared/socketEvents.ts';
import type { SealedBox } from '#shared/session/roster.ts';
import type { Disk } from './simulationDatabase.ts';

/** What is stored of the session, and what follows from it for each viewer: the measure of all that people are shown. */
export type Truth = {
  log: StoredEvent[];
  /** The state after each event; `states[0]` is the empty one. */
  states: SessionState[];
  state(): SessionState;
  /** Takes in what was just committed. Throws when a number is missing or taken twice. */
  read(): void;
  /** Everybody whom this viewer was ever allowed to see. */
  everSeen(viewer: Viewer): ReadonlySet<string>;
  view(seq: number, viewer: Viewer): SessionState;
  /** Throws when a message shows its receiver what they may not see, or what is not so. */
  checkMessage(viewer: Viewer, deviceId: string, name: string, input: unknown): void;
};

export function truthOf(disk: Disk, sessionId: string, names: Names): Truth {
  const log: StoredEvent[] = [];
  const states: SessionState[] = [emptySession(sessionId)];
  const seen = new Map<string, Set<string>>();
  const viewers: Viewer[] = Object.entries(names).map(([personId, { role }]) => ({ personId, role }));
  const query = disk.raw.prepare('select seq, event from session_events where session_id = ? and seq > ? order by seq');

  function state(): SessionState {
    return states.at(-1) as SessionState;
  }

  function note(): void {
    for (const viewer of viewers) {
      const known = seen.get(viewer.personId) ?? new Set();
      seen.set(viewer.personId, known);
      for (const personId of Object.keys(view(state(), viewer).people)) known.add(personId);
    }
  }

  function viewAt(seq: number, viewer: Viewer): SessionState {
    const at = states[seq];
    if (at === undefined) throw new Error(`${viewer.personId} was shown ${seq}, and ${log.length} are stored`);
    return view(at, viewer);
  }

  function checkView(viewer: Viewer, message: ViewMessage): void {
    same(message.view, viewAt(message.view.seq, viewer), `the view that ${viewer.personId} got`);
    checkNames(viewer, message.names);
    checkPeople(viewer, Object.keys(message.presence), 'presence');
  }

  function checkEvents(viewer: Viewer, { events, names: told }: EventsMessage): void {
    for (const event of events) {
      const stored = log[event.seq - 1];
      const before = states[event.seq - 1];
      if (stored === undefined || before === undefined) throw new Error(`event ${event.seq} is told and not stored`);
      same(event, cut(stored, before, viewer), `event ${event.seq} as ${viewer.personId} got it`);
    }
    checkNames(viewer, told);
  }

  function checkNames(viewer: Viewer, told: Names): void {
    checkPeople(viewer, Object.keys(told), 'names');
    for (const [personId, one] of Object.entries(told)) same(one, names[personId], `the name of ${personId}`);
  }

  function checkPeople(viewer: Viewer, personIds: string[], what: string): void {
    const hidden = personIds.filter((personId) => !seen.get(viewer.personId)?.has(personId));
    if (hidden.length > 0) throw new Error(`${viewer.personId} was told the ${what} of ${hidden.join()}`);
  }

  /** Nodes may be behind the log, so it is enough that the device was in the room at some time. */
  function checkInside({ personId }: Viewer, deviceId: string): void {
    const inside = states.some(({ people }) => {
      const person = people[personId];
      return person?.status === 'admitted' && person.device.deviceId === deviceId;
    });
    if (!inside) throw new Error(`${personId} was given a token for a room they were never in`);
  }

  return {
    log,
    states,
    state,
    read() {
      const rows = query.all(sessionId, log.length) as { seq: number; event: string }[];
      for (const { seq, event } of rows) {
        if (seq !== log.length + 1) throw new Error(`event ${seq} is stored after ${log.length} (E1)`);
        log.push({ ...(JSON.parse(event) as SessionEvent), seq });
        states.push(reduce(state(), log.at(-1) as StoredEvent));
        note();
      }
    },
    everSeen: ({ personId }) => seen.get(personId) ?? new Set(),
    view: viewAt,
    checkMessage(viewer, deviceId, name, input) {
      switch (name) {
        case 'view':
          return checkView(viewer, input as ViewMessage);
        case 'events':
          return checkEvents(viewer, input as EventsMessage);
        case 'presence':
          return checkPeople(viewer, Object.keys(input as PresenceMap), 'presence');
        case 'box':
          return same((input as SealedBox).to, deviceId, 'who a box is for');
        case 'mediaToken':
          return checkInside(viewer, deviceId);
        case 'keyWanted':
          return checkPeople(viewer, [(input as KeyWanted).personId], 'wish for a key');
        case 'answer to catchUp': {
          const answer = input as CatchUp;
          if (answer.type === 'view') return checkView(viewer, answer);
          if (answer.type === 'events') return checkEvents(viewer, answer);
        }
      }
    },
  };
}

export function same(got: unknown, wanted: unknown, what: string): void {
  if (isDeepStrictEqual(got, wanted)) return;
  throw new Error(`${what} is ${JSON.stringify(got)}\n  and should be ${JSON.stringify(wanted)}`);
}
