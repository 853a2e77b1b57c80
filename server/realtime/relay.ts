import type { SealedBox } from '#shared/session/roster.ts';
import type { KeyWanted } from '#shared/socketEvents.ts';
import type { Bus, Connected, NodeMessage } from '../nodes/bus.ts';
import type { LiveSession } from '../sessions/live.ts';
import { closeFor, isInRoom, type KinroomSocket, type SocketBook } from './connections.ts';
import type { PresenceBook } from './presence.ts';

/** `at`: when the connection was opened, ms by the clock of its node: the word may come after a newer connection. */
type Opened = Extract<NodeMessage, { type: 'opened' }> & { at?: number };

/** Clocks of two nodes may differ by so much. A connection that is wrongly kept ends by itself when it is dead. */
const CLOCKS_APART_MS = 2_000;

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
    const able = sockets.of(sessionId).filter((socket) => {
      const { session } = socket.data;
      const asker = session.state().people[wanted.personId];
      // Where the log is behind, one who was sent out may still count as inside; who came in since is not theirs to know.
      return socket !== besides && isInRoom(socket.data) && asker?.status === 'admitted';
    });
    for (const socket of able) socket.emit('keyWanted', wanted);
    return able.length;
  }

  function ofDevice({ sessionId, personId, deviceId }: Omit<Opened, 'type'>): KinroomSocket[] {
    return sockets.of(sessionId).filter(({ data }) => data.viewer.personId === personId && data.deviceId === deviceId);
  }

  return {
    passBoxes,
    passKeyWanted: (sessionId: string, wanted: KeyWanted) => void passKeyWanted(sessionId, wanted, null),
    /** A device has opened a connection to another node: its older ones here close. */
    openedElsewhere(opened: Opened): void {
      const older = (opened.at ?? 0) - CLOCKS_APART_MS;
      for (const socket of ofDevice(opened)) if (socket.data.openedAt < older) closeFor(socket, 'otherTab');
    },

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
    /** A device has a new connection: its older ones, wherever they are, close. A slow handshake may make this one older. */
    opened(socket: KinroomSocket): void {
      const { session, viewer, deviceId, openedAt } = socket.data;
      const { sessionId } = session;
      const opened: Opened = { type: 'opened', sessionId, personId: viewer.personId, deviceId, at: openedAt };
      const others = ofDevice(opened).filter((other) => other !== socket);
      if (others.some(({ data }) => data.openedAt > openedAt)) return closeFor(socket, 'otherTab');
      for (const other of others) closeFor(other, 'otherTab');
      bus.send(opened);
    },
  };
}
