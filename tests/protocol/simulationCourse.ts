import { hashToken } from '../../server/access/tokens.ts';
import { addCourse, addSession } from '../../server/storage/courses.ts';
import { addDevice } from '../../server/storage/people.ts';
import type { SessionEvent } from '#shared/session/events.ts';
import { cast, planned } from '#shared/session/session.fixtures.ts';
import type { Names } from '#shared/socketEvents.ts';
import type { Disk } from './simulationDatabase.ts';

/** The session that `rosterFor` and its kind know. */
export const SESSION = 'session-1';

export const names: Names = Object.fromEntries(
  cast.map(({ personId, role }) => [personId, { name: personId.toUpperCase(), role }]),
);

/** Everybody has two devices. */
export function devicesOf(personId: string): string[] {
  return [`${personId}-laptop`, `${personId}-phone`];
}

/** What a device's browser sends with its connection. */
export function cookieOf(personId: string, deviceId: string): string {
  return `kinroom-${personId}=${secretOf(deviceId)}`;
}

function secretOf(deviceId: string): string {
  return `secret-of-${deviceId}`;
}

/** Fills an empty disk with a course, its people and their devices, and one session; `short`: one of half a minute. */
export async function plantCourse(disk: Disk, startsAt: number, short: boolean): Promise<void> {
  disk.clear();
  const { db } = disk.open({ alive: () => true, away: () => false, way: () => 0, committed: () => true }, true);
  const of = { course_id: 'c' };
  const course = { programme_id: 'p', organisation: 'O', name: 'N', help_phone: null, time_zone: 'UTC', demo: 0 };
  const families = [...new Set(cast.flatMap(({ familyId }) => familyId ?? []))];
  const people = cast.map(({ personId, role, familyId }) => {
    const name = names[personId]?.name ?? '';
    return { ...of, id: personId, family_id: familyId, role, name, agreement_version: null, agreed_at: null };
  });
  const seats = families.map((id, seat) => ({ ...of, id, seat }));
  await addCourse(db, { ...course, id: 'c' }, seats, people);
  for (const { personId } of cast) {
    for (const deviceId of devicesOf(personId)) {
      const cookie_hash = hashToken(secretOf(deviceId));
      await addDevice(db, { cookie_hash, person_id: personId, device_id: deviceId, enrolled_at: 0, revoked_at: null });
    }
  }
  const session = { label: 'L', title: 'T', planned_start: startsAt, minutes: 35, ended_at: null };
  await addSession(db, { ...of, ...session, id: SESSION }, evening(short));
}

function evening(short: boolean): SessionEvent {
  if (planned.type !== 'sessionPlanned' || !short) return planned;
  const segments = planned.segments.map((segment) => ({ ...segment, planned: 0.1, given: 0.1 }));
  return { ...planned, segments, latestEndMinutes: 0.1 };
}
