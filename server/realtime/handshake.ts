import type { IncomingHttpHeaders } from 'node:http';
import { protocolVersion, type CloseCode } from '#shared/socketEvents.ts';
import { socketAuth } from '#shared/socketEvents.schema.ts';
import { seatOf } from '../access/seats.ts';
import type { Sessions } from '../sessions/registry.ts';
import { currentSession } from '../storage/courses.ts';
import type { Db } from '../storage/open.ts';
import type { Role } from '#shared/session/state.ts';
import type { SocketData } from './connections.ts';

/** A connection that asks to come in. */
export type Arriving = { handshake: { auth: unknown; headers: IncomingHttpHeaders }; data: Partial<SocketData> };

export type HandshakeOptions = { db: Db; sessions: Sessions; secure: boolean; now(): number };

/**
 * Lets a socket in whose cookie fits the person and device it names. Refused with a CloseCode as the error's message:
 * `oldPage` (another protocol version), `signedOut` (no such cookie), else `busy`, after which the client tries again.
 */
export function handshake({ db, sessions, secure, now }: HandshakeOptions) {
  return async (socket: Arriving, next: (error?: Error) => void): Promise<void> => {
    try {
      const auth = socketAuth.safeParse(socket.handshake.auth);
      if (!auth.success || auth.data.protocol !== protocolVersion) return next(closed('oldPage'));
      const { personId, deviceId } = auth.data;
      const seat = await seatOf(db, socket.handshake.headers, personId, secure);
      if (seat?.device.device_id !== deviceId) return next(closed('signedOut'));
      const { person } = seat;
      const row = await currentSession(db, person.course_id, now());
      if (!row) return next(closed('signedOut'));
      const role = person.role as Role;
      const session = await sessions.find(row.id);
      const entered = session.state().people[personId]?.device.deviceId === deviceId;
      const data: SocketData = {
        viewer: { personId, role },
        // Each attendee of a taster takes one place, as a family does elsewhere.
        familyId: role === 'attendee' ? personId : person.family_id,
        deviceId,
        courseId: person.course_id,
        session,
        entered,
        counted: entered,
        backSoon: false,
      };
      Object.assign(socket.data, data);
      next();
    } catch {
      next(new Error('busy'));
    }
  };
}

function closed(code: CloseCode): Error {
  return new Error(code);
}
