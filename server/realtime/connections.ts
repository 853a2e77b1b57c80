import type { Server, Socket } from 'socket.io';
import { sight, view, type Viewer } from '#shared/session/view.ts';
import type { Role } from '#shared/session/state.ts';
import type { ClientToServer, Names, ServerToClient, ViewMessage } from '#shared/socketEvents.ts';
import type { LiveSession } from '../sessions/live.ts';
import type { Db } from '../storage/open.ts';
import { peopleOf } from '../storage/people.ts';
import type { PresenceBook } from './presence.ts';

/** What is known of a socket: all but `entered` and `counted` from the handshake. */
export type SocketData = {
  viewer: Viewer;
  familyId: string | null;
  deviceId: string;
  courseId: string;
  session: LiveSession;
  /** This device has come to the door (or is in the room): if its person goes on elsewhere, it must go. */
  entered: boolean;
  /** Its person is here as long as this socket is: not one that only asks whether to go on with this device. */
  counted: boolean;
};

type NoEvents = Record<string, never>;
export type KinroomServer = Server<ClientToServer, ServerToClient, NoEvents, SocketData>;
export type KinroomSocket = Socket<ClientToServer, ServerToClient, NoEvents, SocketData>;

/** The sockets of a session that this process holds. */
export function socketsOf(io: KinroomServer, sessionId: string): KinroomSocket[] {
  const sockets: KinroomSocket[] = [];
  for (const id of io.sockets.adapter.rooms.get(sessionId) ?? []) {
    const socket = io.sockets.sockets.get(id);
    if (socket) sockets.push(socket);
  }
  return sockets;
}

/** Names of the people whom a viewer may see; staff's names are on the invitation anyway. */
export async function namesFor(db: Db, { courseId, session, viewer }: SocketData): Promise<Names> {
  const seen = view(session.state(), viewer).people;
  const names: Names = {};
  for (const { id, name, role } of await peopleOf(db, courseId)) {
    if (id in seen) names[id] = { name, role: role as Role };
  }
  return names;
}

/** A whole view for one socket, as of now. */
export async function viewMessage(db: Db, presence: PresenceBook, data: SocketData): Promise<ViewMessage> {
  const names = await namesFor(db, data);
  const seen = view(data.session.state(), data.viewer);
  return { view: seen, names, presence: presence.of(data.session.sessionId, Object.keys(seen.people)) };
}

/** Whether this socket's device is the one its person is in the room with. */
export function isInRoom({ session, viewer, deviceId }: SocketData): boolean {
  const state = session.state();
  return sight(state, viewer) !== 'door' && state.people[viewer.personId]?.device.deviceId === deviceId;
}
