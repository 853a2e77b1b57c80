import { Aes256Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from '@hpke/core';
import { fromBase64url, utf8 } from './base64url.ts';
import { keyError } from './keyError.ts';

/** RFC 9180, base mode. Who sealed a box is told by the device's signature over it, not by HPKE. */
export const suite = new CipherSuite({ kem: new DhkemP256HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() });

/** HPKE's `info`: keeps these boxes apart from anything else that may ever be sealed to such a key. */
export const info = utf8('kinroom audience secret 1');

/** A device's public HPKE key; throws `badText`, or `badKey` where it is no point of the curve. */
export async function importHpkeKey(text: string): Promise<CryptoKey> {
  const raw = fromBase64url(text);
  return suite.kem.deserializePublicKey(raw).catch(() => {
    throw keyError('badKey');
  });
}
