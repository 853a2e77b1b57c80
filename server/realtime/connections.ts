import { sight, type Viewer } from '#shared/session/view.ts';
import type { ServerToClient } from '#shared/socketEvents.ts';
import type { LiveSession } from '../sessions/live.ts';

/** What is known of a socket: all but the last three from the handshake. */
export type SocketData = {
  viewer: Viewer;
  familyId: string | null;
  deviceId: string;
  courseId: string;
  session: LiveSession;
  /** When it asked to come in, ms. */
  openedAt: number;
  /** This device has come to the door (or is in the room): if its person goes on elsewhere, it must go. */
  entered: boolean;
  /** Its person is here as long as this socket is: not one that only asks whether to go on with this device. */
  counted: boolean;
  backSoon: boolean;
};

/** What the session's side needs of a connection: socket.io's socket, or another that behaves like it. */
export type KinroomSocket = {
  id: string;
  data: SocketData;
  connected: boolean;
  emit<E extends keyof ServerToClient>(event: E, ...message: Parameters<ServerToClient[E]>): unknown;
  on(event: string, listener: (...message: unknown[]) => void): unknown;
  disconnect(close?: boolean): unknown;
};

export type SocketBook = ReturnType<typeof socketBook>;

/** The sockets of this process, by session. */
export function socketBook() {
  const bySession = new Map<string, Set<KinroomSocket>>();
  return {
    add(socket: KinroomSocket): void {
      const { sessionId } = socket.data.session;
      const sockets = bySession.get(sessionId) ?? new Set();
      bySession.set(sessionId, sockets.add(socket));
    },
    remove(socket: KinroomSocket): void {
      const { sessionId } = socket.data.session;
      const sockets = bySession.get(sessionId);
      sockets?.delete(socket);
      if (sockets?.size === 0) bySession.delete(sessionId);
    },
    of: (sessionId: string): KinroomSocket[] => [...(bySession.get(sessionId) ?? [])],
    sessions: (): string[] => [...bySession.keys()],
    all: (): KinroomSocket[] => [...bySession.values()].flatMap((sockets) => [...sockets]),
  };
}

/** Whether this device is the one its person is in the session's room with. */
export function isInRoom({ session, viewer, deviceId }: Pick<SocketData, 'session' | 'viewer' | 'deviceId'>): boolean {
  const state = session.state();
  return sight(state, viewer) !== 'door' && state.people[viewer.personId]?.device.deviceId === deviceId;
}

/** Says why, then closes for good. */
export function closeFor(socket: KinroomSocket, code: 'otherDevice' | 'otherTab'): void {
  socket.emit('closing', code);
  // The reason must be on its way before the connection is cut.
  setTimeout(() => socket.disconnect(true), 200).unref();
}
