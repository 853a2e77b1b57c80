import { boxHeader, type Roster, type RosterDevice, type SealedBox } from '#shared/session/roster.ts';
import type { DeviceId } from '#shared/session/state.ts';
import { toBase64url, utf8 } from './base64url.ts';
import { verifyText, type DeviceKeys, type SessionKeys } from './deviceKeys.ts';
import { secretBytes } from './frameKey.ts';
import { importHpkeKey, info, suite } from './hpke.ts';
import { keyError } from './keyError.ts';
import { hashRoster } from './roster.ts';

/**
 * Why a box is not opened. `notForMe`: another device's. `otherSession`: session, audience or epoch is not the
 * roster's. `otherRoster`: sealed under another roster. `notOnRoster`: the roster doesn't name me. `keySwapped`: it
 * names me with a key that is not mine, which is what a server in the middle has to do. `unknownSealer`: sealed by
 * nobody on the roster. `badSignature`: not signed by that sealer. `doesNotOpen`: HPKE refuses, or not 32 bytes.
 */
export type BoxProblem =
  | 'notForMe'
  | 'otherSession'
  | 'otherRoster'
  | 'notOnRoster'
  | 'keySwapped'
  | 'unknownSealer'
  | 'badSignature'
  | 'doesNotOpen';

/**
 * Seals an audience's secret to one device of a roster that was checked. Throws `recipientNotOnRoster`,
 * `sealerNotOnRoster`, `badSecret`, or `badText`/`badKey` where the recipient's HPKE key can't be used.
 */
export async function sealSecret(input: {
  secret: Uint8Array;
  roster: Roster;
  to: DeviceId;
  device: DeviceKeys;
}): Promise<SealedBox> {
  const { roster, to, device } = input;
  const secret = secretBytes(input.secret);
  const recipient = onRoster(roster, to);
  if (recipient === undefined) throw keyError('recipientNotOnRoster');
  if (onRoster(roster, device.deviceId)?.signingKey !== device.signingKey) throw keyError('sealerNotOnRoster');
  const { sessionId, audience, epoch } = roster;
  const header = { sessionId, audience, epoch, rosterHash: await hashRoster(roster), to, from: device.deviceId };
  const recipientPublicKey = await importHpkeKey(recipient.hpkeKey);
  const { enc, ct } = await suite.seal({ recipientPublicKey, info }, secret, utf8(boxHeader(header)));
  const encapsulated = toBase64url(new Uint8Array(enc));
  const ciphertext = toBase64url(new Uint8Array(ct));
  const unsigned = { ...header, encapsulated, ciphertext };
  return { ...unsigned, signature: await device.sign(boxText(unsigned)) };
}

/**
 * The secret in a box, or why it is refused. `roster` must have passed `checkChain`, and be the one the box was sealed
 * under, which need not be the newest.
 */
export async function openBox(input: {
  box: SealedBox;
  roster: Roster;
  me: DeviceKeys;
  session: SessionKeys;
}): Promise<{ secret: Uint8Array<ArrayBuffer> } | { refused: BoxProblem }> {
  const { box, roster, me, session } = input;
  const mine = onRoster(roster, me.deviceId);
  if (mine === undefined || mine.personId !== session.personId) return { refused: 'notOnRoster' };
  if (mine.signingKey !== me.signingKey || mine.hpkeKey !== session.card.hpkeKey) return { refused: 'keySwapped' };
  if (box.to !== me.deviceId) return { refused: 'notForMe' };
  if (!sameSession(box, roster) || session.sessionId !== roster.sessionId) return { refused: 'otherSession' };
  if (box.rosterHash !== (await hashRoster(roster))) return { refused: 'otherRoster' };
  const sealer = onRoster(roster, box.from);
  if (sealer === undefined) return { refused: 'unknownSealer' };
  if (!(await verifyText(sealer.signingKey, boxText(box), box.signature))) return { refused: 'badSignature' };
  try {
    return { secret: secretBytes(await session.open({ ...box, header: boxHeader(box) })) };
  } catch {
    return { refused: 'doesNotOpen' };
  }
}

function sameSession(box: SealedBox, roster: Roster): boolean {
  return box.sessionId === roster.sessionId && box.audience === roster.audience && box.epoch === roster.epoch;
}

function onRoster(roster: Roster, deviceId: DeviceId): RosterDevice | undefined {
  return roster.devices.find((device) => device.deviceId === deviceId);
}

/** What the sealer signs: header and content, so neither can be exchanged on the way. */
function boxText(box: Omit<SealedBox, 'signature'>): string {
  return JSON.stringify(['kinroom box signature 1', boxHeader(box), box.encapsulated, box.ciphertext]);
}
