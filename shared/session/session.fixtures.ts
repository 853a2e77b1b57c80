import type { SessionEvent, StoredEvent } from './events.ts';
import type { Actor } from './roles.ts';
import { rosterEntry, type Roster } from './roster.ts';
import { type DeviceCard, type Person, type Role, type SessionState } from './state.ts';

/** People of the tests: two staff, three families, the first with two caregivers. */
export const cast: { personId: string; role: Role; familyId: string | null }[] = [
  { personId: 'ruth', role: 'facilitator', familyId: null },
  { personId: 'tom', role: 'coFacilitator', familyId: null },
  { personId: 'maya', role: 'caregiver', familyId: 'family-1' },
  { personId: 'jonas', role: 'caregiver', familyId: 'family-1' },
  { personId: 'priya', role: 'caregiver', familyId: 'family-2' },
  { personId: 'dan', role: 'caregiver', familyId: 'family-3' },
];

export function actorOf(personId: string): Actor {
  const found = cast.find((person) => person.personId === personId);
  if (!found) throw new Error(`nobody is called ${personId}`);
  return { by: 'person', ...found };
}

/** Keys of a test device; made of its name, since the engine compares keys and never uses them. */
export function card(deviceId: string): DeviceCard {
  return { deviceId, signingKey: `${deviceId}-sign`, hpkeKey: `${deviceId}-hpke`, hpkeSignature: `${deviceId}-proof` };
}

export const ticks = { privatePlace: true, agreementVersion: 1 };

export const planned: SessionEvent = {
  type: 'sessionPlanned',
  at: 0,
  plannedStart: 1_200_000,
  latestEndMinutes: 10,
  maxFamilies: 2,
  familyIds: ['family-1', 'family-2', 'family-3'],
  segments: [
    { segmentId: 's1', title: 'Arrive', prompt: '', kind: 'welcome', where: 'main', planned: 5, given: 5 },
    { segmentId: 's2', title: 'Check-in', prompt: '', kind: 'check-in', where: 'main', planned: 15, given: 15 },
    { segmentId: 's3', title: 'Break', prompt: '', kind: 'break', where: 'main', planned: 10, given: 10 },
    { segmentId: 's4', title: 'Close', prompt: '', kind: 'close', where: 'main', planned: 5, given: 5 },
  ],
  mediaRooms: { group: 'kinroom-media-1' },
};

export function stored(events: SessionEvent[], after = 0): StoredEvent[] {
  return events.map((event, index) => ({ ...event, seq: after + index + 1 }));
}

/** The roster that `signer` would sign next for exactly these people. The signature is not the engine's business. */
export function rosterFor(state: SessionState, signer: Person, people: Person[], epoch?: number): Roster {
  const last = state.audiences.group.roster;
  return {
    sessionId: state.sessionId,
    audience: 'group',
    epoch: epoch ?? state.audiences.group.epoch,
    version: (last?.version ?? 0) + 1,
    previous: last === null ? null : `hash-of-${last.version}`,
    secretHash: `hash-of-secret-${epoch ?? state.audiences.group.epoch}`,
    devices: people.map(rosterEntry),
    signedBy: signer.device.deviceId,
    signature: 'signature',
  };
}
