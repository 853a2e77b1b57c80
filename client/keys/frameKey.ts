import { toBase64url, utf8 } from './base64url.ts';
import { keyError } from './keyError.ts';

/** A fresh audience secret: 32 random bytes. */
export function newSecret(): Uint8Array<ArrayBuffer> {
  return crypto.getRandomValues(new Uint8Array(32));
}

/** A copy of the secret; throws `badSecret` unless it has 32 bytes. */
export function secretBytes(secret: Uint8Array): Uint8Array<ArrayBuffer> {
  if (secret.byteLength !== 32) throw keyError('badSecret');
  return new Uint8Array(secret);
}

/**
 * The key (32 bytes) for the media of one LiveKit room in one epoch: HKDF-SHA256 (RFC 5869), so rooms and epochs that
 * come from one secret share no key. Throws `badSecret`.
 */
export async function frameKey(secret: Uint8Array, mediaRoom: string, epoch: number): Promise<ArrayBuffer> {
  const base = await crypto.subtle.importKey('raw', secretBytes(secret), 'HKDF', false, ['deriveBits']);
  const info = utf8(JSON.stringify(['kinroom frame key 1', mediaRoom, epoch]));
  return crypto.subtle.deriveBits({ name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info }, base, 256);
}

/** What a roster says of its epoch's secret: SHA-256 under a label of its own, base64url. It tells nothing of the secret. */
export async function hashSecret(secret: Uint8Array): Promise<string> {
  const labelled = new Uint8Array([...utf8('kinroom secret 1'), ...secretBytes(secret)]);
  return toBase64url(new Uint8Array(await crypto.subtle.digest('SHA-256', labelled)));
}
