import { hkdfSync } from 'node:crypto';
import { expect, it } from 'vitest';
import { frameKey, newSecret } from './frameKey.ts';

const hex = (bytes: ArrayBuffer) => Buffer.from(bytes).toString('hex');

it('is HKDF-SHA256 over room and epoch, 32 bytes, the same for all who have the secret', async () => {
  const secret = newSecret();
  const key = await frameKey(secret, 'room-1', 3);
  const info = JSON.stringify(['kinroom frame key 1', 'room-1', 3]);
  expect(key.byteLength).toBe(32);
  expect(hex(key)).toBe(hex(hkdfSync('sha256', secret, '', info, 32)));
  expect(hex(await frameKey(new Uint8Array(secret), 'room-1', 3))).toBe(hex(key));
});

it('differs by secret, room and epoch', async () => {
  const secret = newSecret();
  const keys = await Promise.all([
    frameKey(secret, 'room-1', 1),
    frameKey(secret, 'room-1', 2),
    frameKey(secret, 'room-2', 1),
    frameKey(secret, 'room-11', 1),
    frameKey(secret, 'room-1', 11),
    frameKey(newSecret(), 'room-1', 1),
  ]);
  expect(new Set(keys.map(hex)).size).toBe(keys.length);
});

it('refuses a secret that has not 32 bytes', async () => {
  await expect(frameKey(new Uint8Array(31), 'room-1', 1)).rejects.toMatchObject({ code: 'badSecret' });
});
