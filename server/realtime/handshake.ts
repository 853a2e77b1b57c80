import type { IncomingHttpHeaders } from 'node:http';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { protocolVersion, type CloseCode } from '#shared/socketEvents.ts';
import { socketAuth } from '#shared/socketEvents.schema.ts';
import { clientAddress, householdOf } from '../access/addresses.ts';
import { seatOf } from '../access/seats.ts';
import type { Watch } from '../metrics/watch.ts';
import type { Sessions } from '../sessions/registry.ts';
import { currentSession } from '../storage/courses.ts';
import type { Db } from '../storage/open.ts';
import type { Role } from '#shared/session/state.ts';
import type { SocketData } from './connections.ts';

/** A connection that asks to come in. */
export type Arriving = {
  handshake: { auth: unknown; headers: IncomingHttpHeaders; address: string };
  data: Partial<SocketData>;
};

export type HandshakeOptions = {
  db: Db;
  sessions: Sessions;
  publicUrl: string | null;
  now(): number;
  watch: Pick<Watch, 'turnedAway'>;
};

/** Hellos with a wrong cookie that one address may send in a minute. Right ones cost nothing: all may come back at once. */
const WRONG_HELLOS_A_MINUTE = 60;

/**
 * Lets a socket in whose cookie fits the person and device it names. Refused with a CloseCode as the error's message:
 * `oldPage` (another protocol version), `signedOut` (no such cookie), else `busy`, after which the client tries again.
 */
export function handshake({ db, sessions, publicUrl, now, watch }: HandshakeOptions) {
  const secure = publicUrl?.startsWith('https:') ?? false;
  const wrong = new RateLimiterMemory({ points: WRONG_HELLOS_A_MINUTE, duration: 60 });
  return async (socket: Arriving, next: (error?: Error) => void): Promise<void> => {
    const openedAt = now();
    const { address, headers } = socket.handshake;
    const household = householdOf(clientAddress(address, headers, publicUrl !== null));
    const turnAway = (code: CloseCode | 'busy'): void => {
      if (code === 'signedOut') wrong.consume(household).catch(() => {});
      watch.turnedAway(code);
      next(new Error(code));
    };
    try {
      const auth = socketAuth.safeParse(socket.handshake.auth);
      if (!auth.success || auth.data.protocol !== protocolVersion) return turnAway('oldPage');
      if (((await wrong.get(household))?.remainingPoints ?? 1) <= 0) return turnAway('busy');
      const { personId, deviceId } = auth.data;
      const seat = await seatOf(db, socket.handshake.headers, personId, secure);
      if (seat?.device.device_id !== deviceId) return turnAway('signedOut');
      const { person } = seat;
      const row = await currentSession(db, person.course_id, now());
      if (!row) return turnAway('signedOut');
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
        openedAt,
        entered,
        counted: entered,
        backSoon: false,
      };
      Object.assign(socket.data, data);
      next();
    } catch {
      turnAway('busy');
    }
  };
}
