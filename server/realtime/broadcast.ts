import type { SeenEvent } from '#shared/session/events.ts';
import type { SessionState } from '#shared/session/state.ts';
import { cut, sight, view } from '#shared/session/view.ts';
import type { MediaToken, Names, PresenceMap, ServerToClient } from '#shared/socketEvents.ts';
import { taskQueue } from '#shared/taskQueue.ts';
import type { LiveSession, Step } from '../sessions/live.ts';
import type { Db } from '../storage/open.ts';
import { closeFor, type KinroomSocket, type SocketBook } from './connections.ts';
import type { MediaTokens } from './mediaTokens.ts';
import { courseNames, namesFor, viewMessage } from './names.ts';
import type { PresenceBook } from './presence.ts';

/** Names that could not be read are asked for again after this. */
const NAMES_AGAIN_MS = 1_000;

/** Sends one message to several sockets, packed once. */
export type Multicast = <E extends keyof ServerToClient>(
  sockets: KinroomSocket[],
  event: E,
  ...message: Parameters<ServerToClient[E]>
) => void;

export type BroadcastOptions = {
  db: Db;
  mediaToken: MediaTokens;
  sockets: SocketBook;
  presence(): PresenceBook;
  multicast: Multicast;
  onError(error: unknown): void;
};

/** Sends what happened to each socket of a session as that person may see it; a whole view where their sight changed. */
export function broadcaster({ db, mediaToken, sockets, presence, multicast, onError }: BroadcastOptions) {
  const queues = new WeakMap<LiveSession, ReturnType<typeof taskQueue>>();

  async function sendSteps(session: LiveSession, steps: Step[]): Promise<void> {
    const all = sockets.of(session.sessionId);
    const changed = all.filter(({ data }) => seesAnew(steps, data.viewer));
    const others = all.filter((socket) => !changed.includes(socket));
    const newFaces = steps.flatMap(({ event }) =>
      event.type === 'personArrived' || event.type === 'personAdmitted' ? event.person.personId : [],
    );
    const [first] = all;
    const names =
      first && (newFaces.length > 0 || changed.length > 0) ? await namesWhenThere(session, first.data.courseId) : {};
    // Made last: names may take as long as the database is away, and a token lasts a minute.
    const tokens = await Promise.all(changed.map(tokenIfLetIn));
    for (const [index, socket] of changed.entries()) {
      const token = tokens[index];
      if (token) socket.emit('mediaToken', token);
      socket.emit('view', viewMessage(names, presence(), socket.data));
    }
    sendEvents(others, steps, newFaces.length > 0 ? names : null);
    // Changes before they could be seen were not told.
    if (newFaces.length > 0) tellPresence(others, presence().of(session.sessionId, newFaces));
    for (const socket of all) closeReplaced(socket, steps);
  }

  /** Whoever is let in is given the token before asking for it: in a moment in which every one counts. */
  async function tokenIfLetIn(socket: KinroomSocket): Promise<MediaToken | null> {
    try {
      const answer = await mediaToken(socket, 'group');
      return answer.ok ? answer : null;
    } catch (error) {
      onError(error);
      return null;
    }
  }

  /** Asks until they can be read: without them nobody would hear of these steps before the next ones are stored. */
  async function namesWhenThere(session: LiveSession, courseId: string): Promise<Names> {
    for (;;) {
      try {
        return await courseNames(db, courseId);
      } catch (error) {
        if (sockets.of(session.sessionId).length === 0) throw error;
        onError(error);
      }
      await new Promise<void>((done) => void setTimeout(done, NAMES_AGAIN_MS).unref());
    }
  }

  /** Those who see the same get the same packet; whoever sees new faces gets the names of their own. */
  function sendEvents(receivers: KinroomSocket[], steps: Step[], names: Names | null): void {
    const alike = new Map<string, { events: SeenEvent[]; receivers: KinroomSocket[] }>();
    for (const socket of receivers) {
      const { viewer } = socket.data;
      const events = steps.map(({ event, before }) => cut(event, before, viewer));
      if (names !== null) {
        socket.emit('events', { events, names: namesFor(names, socket.data) });
        continue;
      }
      const key = events.map((event, index) => (event === steps[index]?.event ? 'whole' : event.type)).join();
      const group = alike.get(key) ?? { events, receivers: [] };
      group.receivers.push(socket);
      alike.set(key, group);
    }
    for (const group of alike.values()) multicast(group.receivers, 'events', { events: group.events, names: {} });
  }

  return {
    /** In the order of the log: a slow look-up of names must not let later events overtake. */
    steps(session: LiveSession, steps: Step[]): void {
      const inTurn = queues.get(session) ?? taskQueue();
      queues.set(session, inTurn);
      // Whoever misses steps asks for them at the next ones.
      inTurn(() => sendSteps(session, steps)).catch(onError);
    },
    presence: (sessionId: string, changes: PresenceMap): void => tellPresence(sockets.of(sessionId), changes),
  };
}

/** Tells each how those are whom they may see. */
function tellPresence(receivers: KinroomSocket[], changes: PresenceMap): void {
  for (const socket of receivers) {
    const seen = view(socket.data.session.state(), socket.data.viewer).people;
    const mine = Object.fromEntries(Object.entries(changes).filter(([personId]) => personId in seen));
    if (Object.keys(mine).length > 0) socket.emit('presence', mine);
  }
}

function seesAnew(steps: Step[], viewer: KinroomSocket['data']['viewer']): boolean {
  return steps.some(({ before, after }) => sight(before, viewer) !== sight(after, viewer));
}

/** A person who went on with another device is told so on the first one, which is then closed. */
function closeReplaced(socket: KinroomSocket, steps: Step[]): void {
  const { session, viewer, deviceId } = socket.data;
  const isMine = ({ people }: SessionState): boolean => people[viewer.personId]?.device.deviceId === deviceId;
  const now = session.state();
  // Only a device that had the place: another one may be on its way in just now.
  if (steps.some(({ before }) => isMine(before)) && now.people[viewer.personId] && !isMine(now)) {
    closeFor(socket, 'otherDevice');
  }
}
