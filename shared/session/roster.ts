import { isStaff } from './roles.ts';
import type { AudienceId, DeviceId, Person, PersonId } from './state.ts';

/** One device that holds an audience's secret. Only devices marked `staff` may sign the next roster. */
export type RosterDevice = {
  personId: PersonId;
  deviceId: DeviceId;
  side: 'staff' | 'family';
  signingKey: string;
  hpkeKey: string;
};

/** What is signed and hashed. `previous` is the hash of the roster before, null for the very first. */
export type RosterBody = {
  sessionId: string;
  audience: AudienceId;
  epoch: number;
  version: number;
  previous: string | null;
  /** Hash of the epoch's secret: a member could otherwise hand another one to somebody who comes back. */
  secretHash: string;
  devices: RosterDevice[];
};

export type Roster = RosterBody & { signedBy: DeviceId; signature: string };

/**
 * An audience's secret, sealed to one device (HPKE, RFC 9180) and signed by the sealer's device key. The header is the
 * authenticated data: a box for another session, epoch, recipient or roster does not open.
 */
export type SealedBox = {
  sessionId: string;
  audience: AudienceId;
  epoch: number;
  rosterHash: string;
  to: DeviceId;
  from: DeviceId;
  encapsulated: string;
  ciphertext: string;
  signature: string;
};

/** The one text of a roster that is hashed and signed: fields in a fixed order, devices sorted by id. */
export function rosterText(roster: RosterBody): string {
  const devices = [...roster.devices]
    .toSorted((a, b) => (a.deviceId < b.deviceId ? -1 : 1))
    .map((d) => [d.personId, d.deviceId, d.side, d.signingKey, d.hpkeKey]);
  const { sessionId, audience, epoch, version, previous, secretHash } = roster;
  return JSON.stringify(['kinroom roster 1', sessionId, audience, epoch, version, previous, secretHash, devices]);
}

/** The authenticated data of a sealed box, as text. */
export function boxHeader(box: Omit<SealedBox, 'encapsulated' | 'ciphertext' | 'signature'>): string {
  return JSON.stringify(['kinroom box 1', box.sessionId, box.audience, box.epoch, box.rosterHash, box.to, box.from]);
}

/** What a device signs to bind its HPKE key to one session and one person. */
export function hpkeKeyText(sessionId: string, personId: PersonId, deviceId: DeviceId, hpkeKey: string): string {
  return JSON.stringify(['kinroom hpke key 1', sessionId, personId, deviceId, hpkeKey]);
}

/** How a person's device stands on a roster. */
export function rosterEntry({ personId, role, device }: Person): RosterDevice {
  const { deviceId, signingKey, hpkeKey } = device;
  return { personId, deviceId, side: isStaff(role) ? 'staff' : 'family', signingKey, hpkeKey };
}

/** One person on one device, as LiveKit knows them. */
export function mediaIdentity(personId: PersonId, deviceId: DeviceId): string {
  return `${personId}#${deviceId}`;
}
