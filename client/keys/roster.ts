import { rosterText, type Roster, type RosterBody } from '#shared/session/roster.ts';
import { toBase64url, utf8 } from './base64url.ts';
import { ownsDeviceId, verifyText, type DeviceKeys } from './deviceKeys.ts';

/**
 * Why a roster is not accepted. `gap`: not the next version, or of another session, audience or epoch than may follow.
 * `wrongHash`: follows another roster. `otherSecret`: changes the secret within an epoch. `badDevice`: an id that is not its key's, or named twice. `unknownSigner`: not
 * on the roster before. `notStaff`: signed by a family's device. `badSignature`: not signed by that key.
 */
export type RosterProblem =
  | 'badSignature'
  | 'notStaff'
  | 'gap'
  | 'wrongHash'
  | 'otherSecret'
  | 'badDevice'
  | 'unknownSigner';

/** SHA-256 of a roster's text, base64url. */
export async function hashRoster(body: RosterBody): Promise<string> {
  return toBase64url(new Uint8Array(await crypto.subtle.digest('SHA-256', utf8(rosterText(body)))));
}

/** The roster with this device's signature. Whether this device may sign it is for `checkRoster` to say. */
export async function signRoster(body: RosterBody, device: DeviceKeys): Promise<Roster> {
  return { ...body, signedBy: device.deviceId, signature: await device.sign(rosterText(body)) };
}

/** The body that follows `previous` (null: the first ever of this audience), not yet signed. */
export async function nextRoster(
  previous: Roster | null,
  change: Pick<RosterBody, 'sessionId' | 'audience' | 'epoch' | 'secretHash' | 'devices'>,
): Promise<RosterBody> {
  const { sessionId, audience, epoch, secretHash, devices } = change;
  const hash = previous && (await hashRoster(previous));
  return { sessionId, audience, epoch, version: (previous?.version ?? 0) + 1, previous: hash, secretHash, devices };
}

/**
 * Null when `roster` may follow `previous`. The first one is signed by a staff device of its own: nothing but the four
 * words and remembered keys can tell whether that is the real one.
 */
export async function checkRoster(roster: Roster, previous: Roster | null): Promise<RosterProblem | null> {
  if (!isNext(roster, previous)) return 'gap';
  if (roster.previous !== (previous && (await hashRoster(previous)))) return 'wrongHash';
  if (previous?.epoch === roster.epoch && previous.secretHash !== roster.secretHash) return 'otherSecret';
  return checkSigned(roster, previous ?? roster);
}

/**
 * Null when `roster` may open an audience by its own word: at the very first, or anew by staff whom no device there could
 * let in. As with the first one, nothing but the four words and remembered keys can tell whether it is the real one.
 */
export function checkOpening(roster: Roster): Promise<RosterProblem | null> {
  return checkSigned(roster, roster);
}

async function checkSigned(roster: Roster, signers: RosterBody): Promise<RosterProblem | null> {
  const ids = new Set(roster.devices.map((device) => device.deviceId));
  const owned = await Promise.all(roster.devices.map(ownsDeviceId));
  if (ids.size < roster.devices.length || owned.includes(false)) return 'badDevice';
  const signer = signers.devices.find((device) => device.deviceId === roster.signedBy);
  if (signer === undefined) return 'unknownSigner';
  if (signer.side !== 'staff') return 'notStaff';
  return (await verifyText(signer.signingKey, rosterText(roster), roster.signature)) ? null : 'badSignature';
}

/**
 * The first problem in a chain, or null when each roster follows the one before. `from` is the last one checked
 * already; null: the chain starts with the first ever.
 */
export async function checkChain(from: Roster | null, rosters: Roster[]): Promise<RosterProblem | null> {
  let previous = from;
  for (const roster of rosters) {
    const problem = await checkRoster(roster, previous);
    if (problem !== null) return problem;
    previous = roster;
  }
  return null;
}

function isNext(roster: Roster, previous: Roster | null): boolean {
  if (previous === null) return roster.version === 1 && roster.epoch === 1;
  const { sessionId, audience, version, epoch } = previous;
  if (roster.sessionId !== sessionId || roster.audience !== audience) return false;
  return roster.version === version + 1 && (roster.epoch === epoch || roster.epoch === epoch + 1);
}
