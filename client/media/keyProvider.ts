import { BaseKeyProvider } from 'livekit-client';

/** Slots in the worker's ring of keys; a key's slot is its epoch modulo this. */
const KEY_SLOTS = 16;

export type MediaKey = { bytes: ArrayBuffer; index: number };

/**
 * One key for everybody in the room, in a slot of our choice (livekit-client's own provider knows only slot 0).
 * No ratchet: a frame that the key doesn't open is dropped, and no number of them makes a right key invalid.
 */
export class RoomKeyProvider extends BaseKeyProvider {
  constructor() {
    super({ sharedKey: true, ratchetWindowSize: 0, failureTolerance: -1, keyringSize: KEY_SLOTS });
  }

  /** Puts the key into its slot and sends with it from now on. Rejects when the bytes are not a 32-byte key. */
  async setKey({ bytes, index }: MediaKey): Promise<void> {
    if (bytes.byteLength !== 32) throw new RangeError('A media key has 32 bytes.');
    const key = await crypto.subtle.importKey('raw', bytes, 'HKDF', false, ['deriveBits', 'deriveKey']);
    this.onSetEncryptionKey(key, undefined, index % KEY_SLOTS);
  }
}
