import type { SealedBox } from '#shared/session/roster.ts';
import type { KeyWanted } from '#shared/socketEvents.ts';
import type { Bus, Connected } from '../nodes/bus.ts';
import type { LiveSession } from '../sessions/live.ts';
import { closeFor, isInRoom, type KinroomSocket, type SocketBook } from './connections.ts';
import type { PresenceBook } from './presence.ts';

export type Relay = ReturnType<typeof relay>;

/** Passes on what the server can't read, to devices on this node and, by the bus, on others. */
export function relay(sockets: SocketBook, presence: () => PresenceBook, bus: Bus) {
  /** The other nodes' connections of a session; none can be reached while Redis is away. */
  function elsewhere(sessionId: string): Connected[] {
    return bus.isUp() ? presence().elsewhere(sessionId) : [];
  }

  function passBoxes(sessionId: string, boxes: SealedBox[]): number {
    let delivered = 0;
    for (const socket of sockets.of(sessionId)) {
      const box = boxes.find(({ to }) => to === socket.data.deviceId);
      if (!box) continue;
      socket.emit('box', box);
      delivered += 1;
    }
    return delivered;
  }

  function passKeyWanted(sessionId: string, wanted: KeyWanted, besides: KinroomSocket | null): number {
    const able = sockets.of(sessionId).filter((socket) => socket !== besides && isInRoom(socket.data));
    for (const socket of able) socket.emit('keyWanted', wanted);
    return able.length;
  }

  function closeOlder(sessionId: string, personId: string, deviceId: string, besides: KinroomSocket | null): void {
    for (const socket of sockets.of(sessionId)) {
      const same = socket.data.viewer.personId === personId && socket.data.deviceId === deviceId;
      if (same && socket !== besides) closeFor(socket, 'otherTab');
    }
  }

  return {
    passBoxes,
    passKeyWanted: (sessionId: string, wanted: KeyWanted) => void passKeyWanted(sessionId, wanted, null),
    closeOlder: (sessionId: string, personId: string, deviceId: string) =>
      closeOlder(sessionId, personId, deviceId, null),

    /** Returns to how many connected devices the boxes went. */
    sendBoxes({ sessionId }: LiveSession, boxes: SealedBox[]): number {
      const far = elsewhere(sessionId).filter(({ deviceId }) => boxes.some(({ to }) => to === deviceId));
      if (far.length > 0) bus.send({ type: 'boxes', sessionId, boxes });
      return passBoxes(sessionId, boxes) + far.length;
    },
    /** Returns how many devices in the room were asked. */
    askForKey(socket: KinroomSocket, wanted: KeyWanted): number {
      const { session, deviceId } = socket.data;
      const { sessionId } = session;
      const far = elsewhere(sessionId).filter(
        (one) =>
          one.deviceId !== deviceId &&
          // Whoever the log has in the room may hold the key; their role is looked at by their own node.
          session.state().people[one.personId]?.status === 'admitted',
      );
      if (far.length > 0) bus.send({ type: 'keyWanted', sessionId, wanted });
      return passKeyWanted(sessionId, wanted, socket) + far.length;
    },
    /** A device has a new connection: its older ones, wherever they are, close. */
    opened(socket: KinroomSocket): void {
      const { session, viewer, deviceId } = socket.data;
      const { personId } = viewer;
      closeOlder(session.sessionId, personId, deviceId, socket);
      bus.send({ type: 'opened', sessionId: session.sessionId, personId, deviceId });
    },
  };
}
