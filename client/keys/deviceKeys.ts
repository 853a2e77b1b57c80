import { hpkeKeyText } from '#shared/session/roster.ts';
import type { DeviceCard, DeviceId, PersonId } from '#shared/session/state.ts';
import { fromBase64url, toBase64url, utf8 } from './base64url.ts';
import { importHpkeKey, info, suite } from './hpke.ts';
import { oneAtATime, slots, type KeyStore } from './keyStore.ts';

const curve = { name: 'ECDSA', namedCurve: 'P-256' };
const signing = { name: 'ECDSA', hash: 'SHA-256' };

/** This caregiver's signing key on this device. The private half stays inside the browser's key storage. */
export type DeviceKeys = {
  deviceId: DeviceId;
  signingKey: string;
  /** Signs a text; every kind of text starts with a label of its own, so that none passes for another. */
  sign(text: string): Promise<string>;
};

/** This device's HPKE key for one session, and the card that shows it at the door. */
export type SessionKeys = {
  sessionId: string;
  personId: PersonId;
  card: DeviceCard;
  /** Opens what was sealed to this session's key; rejects when key, `header` or a byte differs. */
  open(sealed: { encapsulated: string; ciphertext: string; header: string }): Promise<Uint8Array<ArrayBuffer>>;
};

type SessionSlot = { sessionId: string; personId: PersonId; pair: CryptoKeyPair };

/** Makes this caregiver's device key, or loads it where this browser has one already. */
export async function openDeviceKeys(store: KeyStore): Promise<DeviceKeys> {
  const pair = await oneAtATime(async () => {
    const kept = (await store.get(slots.device)) as CryptoKeyPair | undefined;
    if (kept) return kept;
    const made = await crypto.subtle.generateKey(curve, false, ['sign', 'verify']);
    await store.set(slots.device, made);
    return made;
  });
  const signingKey = await publicKeyText(pair);
  return {
    deviceId: await deviceIdOf(signingKey),
    signingKey,
    async sign(text) {
      return toBase64url(new Uint8Array(await crypto.subtle.sign(signing, pair.privateKey, utf8(text))));
    },
  };
}

/** The id of a device: the first 16 bytes of its key's SHA-256, so an id can't be claimed without the key. */
export async function deviceIdOf(signingKey: string): Promise<DeviceId> {
  const digest = await crypto.subtle.digest('SHA-256', fromBase64url(signingKey));
  return toBase64url(new Uint8Array(digest, 0, 16));
}

/** Whether `deviceId` follows from `signingKey`; false also for keys that can't be read. */
export async function ownsDeviceId(device: { deviceId: DeviceId; signingKey: string }): Promise<boolean> {
  return deviceIdOf(device.signingKey).then(
    (deviceId) => deviceId === device.deviceId,
    () => false,
  );
}

/**
 * Makes this session's HPKE key, or loads it after a reload. There is one slot: the key of any other session is
 * overwritten, so that a box of an earlier session can never be opened again.
 */
export async function openSessionKeys(
  store: KeyStore,
  device: DeviceKeys,
  sessionId: string,
  personId: PersonId,
): Promise<SessionKeys> {
  const { pair } = await oneAtATime(async () => {
    const kept = (await store.get(slots.session)) as SessionSlot | undefined;
    if (kept?.sessionId === sessionId && kept.personId === personId) return kept;
    // Not the library's own key generation: that makes private keys which can be exported.
    const made = await crypto.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, false, ['deriveBits']);
    const slot: SessionSlot = { sessionId, personId, pair: made };
    await store.set(slots.session, slot);
    return slot;
  });
  const { deviceId, signingKey } = device;
  const hpkeKey = await publicKeyText(pair);
  const hpkeSignature = await device.sign(hpkeKeyText(sessionId, personId, deviceId, hpkeKey));
  return {
    sessionId,
    personId,
    card: { deviceId, signingKey, hpkeKey, hpkeSignature },
    async open({ encapsulated, ciphertext, header }) {
      const recipient = { recipientKey: pair, enc: fromBase64url(encapsulated), info };
      return new Uint8Array(await suite.open(recipient, fromBase64url(ciphertext), utf8(header)));
    },
  };
}

/** Whether a card is whole: its id follows from its key, and that key vouches for an HPKE key of this session and person. */
export async function verifyCard(card: DeviceCard, sessionId: string, personId: PersonId): Promise<boolean> {
  if (!(await ownsDeviceId(card))) return false;
  const usable = await importHpkeKey(card.hpkeKey).then(
    () => true,
    () => false,
  );
  const text = hpkeKeyText(sessionId, personId, card.deviceId, card.hpkeKey);
  return usable && (await verifyText(card.signingKey, text, card.hpkeSignature));
}

/** Whether `signature` over `text` is by `signingKey`; false also for keys and signatures that can't be read. */
export async function verifyText(signingKey: string, text: string, signature: string): Promise<boolean> {
  try {
    const key = await crypto.subtle.importKey('raw', fromBase64url(signingKey), curve, false, ['verify']);
    return await crypto.subtle.verify(signing, key, fromBase64url(signature), utf8(text));
  } catch {
    return false;
  }
}

async function publicKeyText(pair: CryptoKeyPair): Promise<string> {
  return toBase64url(new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey)));
}
