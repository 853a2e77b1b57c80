import type { SeenEvent } from '#shared/session/events.ts';
import { cut, sight, view } from '#shared/session/view.ts';
import type { PresenceMap } from '#shared/socketEvents.ts';
import { taskQueue } from '#shared/taskQueue.ts';
import type { LiveSession, Step } from '../sessions/live.ts';
import type { Db } from '../storage/open.ts';
import { namesFor, socketsOf, viewMessage, type KinroomServer, type KinroomSocket } from './connections.ts';
import type { PresenceBook } from './presence.ts';

/** Sends what happened to each socket of a session as that person may see it; a whole view where their sight changed. */
export function broadcaster(io: KinroomServer, db: Db, presence: PresenceBook, onError: (error: unknown) => void) {
  const inTurn = taskQueue();

  async function sendSteps(socket: KinroomSocket, steps: Step[]): Promise<void> {
    const { viewer } = socket.data;
    const changed = steps.some(({ before, after }) => sight(before, viewer) !== sight(after, viewer));
    if (changed) {
      socket.emit('view', await viewMessage(db, presence, socket.data));
      return;
    }
    const events: SeenEvent[] = steps.map(({ event, before }) => cut(event, before, viewer));
    const newFaces = events.some(({ type }) => type === 'personArrived' || type === 'personAdmitted');
    socket.emit('events', { events, names: newFaces ? await namesFor(db, socket.data) : {} });
  }

  return {
    /** In the order of the log: a slow look-up of names must not let later events overtake. */
    steps(session: LiveSession, steps: Step[]): void {
      inTurn(async () => {
        for (const socket of socketsOf(io, session.sessionId)) {
          // Whoever misses steps asks for them at the next ones; the others must not miss theirs too.
          await sendSteps(socket, steps).catch(onError);
          closeReplaced(socket);
        }
      }).catch(onError);
    },
    presence(sessionId: string, changes: PresenceMap): void {
      for (const socket of socketsOf(io, sessionId)) {
        const seen = view(socket.data.session.state(), socket.data.viewer).people;
        const mine = Object.fromEntries(Object.entries(changes).filter(([personId]) => personId in seen));
        if (Object.keys(mine).length > 0) socket.emit('presence', mine);
      }
    },
  };
}

/** A person who went on with another device is told so on the first one, which is then closed. */
function closeReplaced(socket: KinroomSocket): void {
  const { session, viewer, deviceId } = socket.data;
  const person = session.state().people[viewer.personId];
  if (person && socket.data.entered && person.device.deviceId !== deviceId) closeFor(socket, 'otherDevice');
}

/** Says why, then closes for good. */
export function closeFor(socket: KinroomSocket, code: 'otherDevice' | 'otherTab'): void {
  socket.emit('closing', code);
  // The reason must be on its way before the connection is cut.
  setTimeout(() => socket.disconnect(true), 200).unref();
}
