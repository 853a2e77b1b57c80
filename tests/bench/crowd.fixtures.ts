import { io } from 'socket.io-client';
import type { Command, Decision } from '#shared/session/commands.ts';
import { decide } from '#shared/session/decide.ts';
import type { SessionEvent } from '#shared/session/events.ts';
import { fold } from '#shared/session/reduce.ts';
import { card, planned, rosterFor, stored, ticks } from '#shared/session/session.fixtures.ts';
import { emptySession, type Role } from '#shared/session/state.ts';
import { protocolVersion } from '#shared/socketEvents.ts';
import { setCookie } from '../../server/access/cookies.ts';
import { hashToken } from '../../server/access/tokens.ts';
import { addCourse, addSession } from '../../server/storage/courses.ts';
import type { Db } from '../../server/storage/open.ts';
import { addDevice } from '../../server/storage/people.ts';
import { appendEvents } from '../../server/storage/sessionLog.ts';
import type { TestSocket } from '../protocol/peer.ts';

export type Seat = { personId: string; deviceId: string; cookie: string };
/** A running session with its lead first; everybody is in the room. */
export type CrowdSession = { sessionId: string; seats: Seat[] };

/** Writes sessions that have begun, each with one facilitator who leads and caregivers, into an empty database. */
export async function seedCrowd(db: Db, sessions: number, people: number): Promise<CrowdSession[]> {
  const all: CrowdSession[] = [];
  for (let n = 0; n < sessions; n += 1) all.push(await seedSession(db, `bench-${n}`, people));
  return all;
}

async function seedSession(db: Db, sessionId: string, count: number): Promise<CrowdSession> {
  const now = Date.now();
  const places = Array.from({ length: count }, (_, n) => ({
    personId: `${sessionId}-p${n}`,
    familyId: n === 0 ? null : `${sessionId}-f${n}`,
    role: (n === 0 ? 'facilitator' : 'caregiver') as Role,
  }));
  const course = { id: sessionId, programme_id: 'x', organisation: 'O', name: 'N', help_phone: null, time_zone: 'UTC' };
  const families = places.flatMap(({ familyId }, seat) =>
    familyId === null ? [] : [{ id: familyId, course_id: sessionId, seat }],
  );
  const rows = places.map(({ personId, familyId, role }) => {
    const agreement = { agreement_version: null, agreed_at: null };
    return { id: personId, course_id: sessionId, family_id: familyId, role, name: personId, ...agreement };
  });
  await addCourse(db, { ...course, demo: 0 }, families, rows);
  // A minute can be added as often as anybody likes: a command that always counts, and shows when it counts twice.
  const endless = { plannedStart: now, latestEndMinutes: 1_000_000, maxFamilies: count };
  const start = { ...planned, ...endless } as SessionEvent;
  const row = { id: sessionId, course_id: sessionId, label: 'L', title: 'T', planned_start: now, minutes: 35 };
  await addSession(db, { ...row, ended_at: null }, start);
  await begin(db, sessionId, places, start, now);
  const seats = places.map(({ personId }) => seatOf(personId));
  for (const { personId, deviceId } of seats) {
    const device = { cookie_hash: hashToken(tokenOf(personId)), person_id: personId, device_id: deviceId };
    await addDevice(db, { ...device, enrolled_at: now, revoked_at: null });
  }
  return { sessionId, seats };
}

type Place = { personId: string; familyId: string | null; role: Role };

/** Everybody comes in and the lead starts, decided by the engine itself. */
async function begin(db: Db, sessionId: string, places: Place[], start: SessionEvent, now: number): Promise<void> {
  let state = fold(stored([start]), emptySession(sessionId));
  const events: SessionEvent[] = [];
  const give = (place: Place, command: Command): void => {
    const decision: Decision = decide(state, command, { by: 'person', ...place }, now);
    if ('refused' in decision) throw new Error(`${command.type} was refused: ${decision.refused}`);
    events.push(...decision.events);
    state = fold(stored(decision.events, state.seq), state);
  };
  for (const place of places) {
    give(place, { type: 'enter', device: card(deviceOf(place.personId)), ticks, takeOver: false });
  }
  const [lead, ...others] = places as [Place, ...Place[]];
  const me = () => state.people[lead.personId]!;
  give(lead, { type: 'openAudience', audience: 'group', roster: rosterFor(state, me(), [me()], 1) });
  const personIds = others.map(({ personId }) => personId);
  const roster = rosterFor(state, me(), Object.values(state.people));
  if (personIds.length > 0) give(lead, { type: 'admit', audience: 'group', personIds, roster });
  give(lead, { type: 'start' });
  await appendEvents(db, { sessionId, after: 1, events, command: null, effects: [] });
}

const deviceOf = (personId: string): string => `${personId}-laptop`;
const tokenOf = (personId: string): string => `token-of-${personId}`;

function seatOf(personId: string): Seat {
  const cookie = setCookie(personId, tokenOf(personId), false).split(';')[0] ?? '';
  return { personId, deviceId: deviceOf(personId), cookie };
}

/** Connects a seat's device, as its page would, and waits for its first view. */
export async function connectSeat(url: string, { personId, deviceId, cookie }: Seat): Promise<TestSocket> {
  const socket: TestSocket = io(url, {
    auth: { protocol: protocolVersion, personId, deviceId },
    extraHeaders: { cookie },
    transports: ['websocket'],
    forceNew: true,
    reconnectionDelay: 50,
    reconnectionDelayMax: 200,
  });
  await new Promise<void>((done, fail) => {
    socket.once('view', () => done());
    socket.once('connect_error', (error) => socket.active || fail(error));
  });
  return socket;
}
