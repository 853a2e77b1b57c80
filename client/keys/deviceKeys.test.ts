import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { hpkeKeyText } from '#shared/session/roster.ts';
import { toBase64url } from './base64url.ts';
import { deviceIdOf, openDeviceKeys, openSessionKeys, verifyCard, verifyText } from './deviceKeys.ts';
import { forgetKeys, forgetSessionKeys } from './keyStore.ts';
import { knownDevices } from './knownDevices.ts';
import { sealSecret } from './sealedBox.ts';
import { newSecret } from './frameKey.ts';
import { member, memoryStore, opened, roster } from './testRoom.fixtures.ts';

afterEach(() => vi.unstubAllGlobals());

describe('the device key', () => {
  it('stays the same in one store and differs between stores', async () => {
    const store = memoryStore();
    const first = await openDeviceKeys(store);
    const again = await openDeviceKeys(store);
    const other = await openDeviceKeys(memoryStore());
    expect(again.deviceId).toBe(first.deviceId);
    expect(again.signingKey).toBe(first.signingKey);
    expect(other.deviceId).not.toBe(first.deviceId);
    expect(await verifyText(first.signingKey, 'hello', await again.sign('hello'))).toBe(true);
  });

  it('gives the device its id: 16 bytes of the SHA-256 of the raw key', async () => {
    const { deviceId, signingKey } = await openDeviceKeys(memoryStore());
    const raw = Buffer.from(signingKey, 'base64url');
    const digest = createHash('sha256').update(raw).digest();
    expect(raw.length).toBe(65);
    expect(deviceId).toBe(digest.subarray(0, 16).toString('base64url'));
    expect(await deviceIdOf(signingKey)).toBe(deviceId);
  });

  it('never leaves the store, nor does the key of a session', async () => {
    const { store } = await member('ann', 'family');
    const device = (await store.get('device')) as CryptoKeyPair;
    const { pair } = (await store.get('session')) as { pair: CryptoKeyPair };
    for (const { privateKey } of [device, pair]) {
      for (const format of ['jwk', 'pkcs8'] as const) {
        await expect(crypto.subtle.exportKey(format, privateKey)).rejects.toThrow('not extractable');
      }
    }
  });

  it('is made once when two tabs open together', async () => {
    let last: Promise<unknown> = Promise.resolve();
    const request = (_name: string, work: () => Promise<unknown>) => (last = last.then(work));
    vi.stubGlobal('navigator', { locks: { request } });
    const store = memoryStore();
    const [one, two] = await Promise.all([openDeviceKeys(store), openDeviceKeys(store)]);
    expect(one.deviceId).toBe(two.deviceId);
  });
});

describe('a session key', () => {
  it('outlives a reload, and still opens the box that was sealed to it', async () => {
    const staff = await member('fay', 'staff');
    const ann = await member('ann', 'family');
    const both = await roster(staff, [staff, ann]);
    const secret = newSecret();
    const box = await sealSecret({ secret, roster: both, to: ann.device.deviceId, device: staff.device });
    const device = await openDeviceKeys(ann.store);
    const session = await openSessionKeys(ann.store, device, 'week4', 'ann');
    expect(session.card.hpkeKey).toBe(ann.session.card.hpkeKey);
    expect(await opened({ ...ann, device, session }, box, both)).toEqual(secret);
  });

  it.each([
    ['another session', 'week5', 'ann'],
    ['another person', 'week4', 'ben'],
  ])('gives way to the key of %s for good', async (_what, sessionId, personId) => {
    const { store, device, session } = await member('ann', 'family');
    const next = await openSessionKeys(store, device, sessionId, personId);
    const back = await openSessionKeys(store, device, 'week4', 'ann');
    expect(new Set([session, next, back].map(({ card }) => card.hpkeKey)).size).toBe(3);
  });

  it('is gone after the session, the device key is not', async () => {
    const { store, device, session } = await member('ann', 'family');
    await forgetSessionKeys(store);
    expect((await openDeviceKeys(store)).deviceId).toBe(device.deviceId);
    expect((await openSessionKeys(store, device, 'week4', 'ann')).card.hpkeKey).not.toBe(session.card.hpkeKey);
  });
});

it('forgets everything', async () => {
  const store = memoryStore();
  const device = await openDeviceKeys(store);
  await openSessionKeys(store, device, 'week4', 'ann');
  const ann = await member('ann', 'staff');
  await (await knownDevices(store)).remember(await roster(ann, [ann]));
  expect(store.slots.size).toBe(3);
  await forgetKeys(store);
  expect(store.slots.size).toBe(0);
});

describe('a card', () => {
  it('is whole as its device made it', async () => {
    const { session } = await member('ann', 'family');
    expect(await verifyCard(session.card, 'week4', 'ann')).toBe(true);
  });

  it('is refused for another session or person', async () => {
    const { session } = await member('ann', 'family');
    expect(await verifyCard(session.card, 'week5', 'ann')).toBe(false);
    expect(await verifyCard(session.card, 'week4', 'ben')).toBe(false);
  });

  it.each(['deviceId', 'signingKey', 'hpkeKey', 'hpkeSignature'] as const)(
    'is refused with the %s of another device',
    async (field) => {
      const { session } = await member('ann', 'family');
      const other = await member('ann', 'family');
      const swapped = { ...session.card, [field]: other.session.card[field] };
      expect(await verifyCard(swapped, 'week4', 'ann')).toBe(false);
    },
  );

  it('is refused when another device signs under an id that is not its own', async () => {
    const { session } = await member('ann', 'family');
    const { device } = await member('ann', 'family');
    const { deviceId, hpkeKey } = session.card;
    const hpkeSignature = await device.sign(hpkeKeyText('week4', 'ann', deviceId, hpkeKey));
    const forged = { deviceId, signingKey: device.signingKey, hpkeKey, hpkeSignature };
    expect(await verifyCard(forged, 'week4', 'ann')).toBe(false);
  });

  it.each(['', 'not base64url', toBase64url(new Uint8Array(65).fill(4))])(
    'is refused with an HPKE key that is none, though signed: %j',
    async (hpkeKey) => {
      const { deviceId, signingKey, sign } = await openDeviceKeys(memoryStore());
      const hpkeSignature = await sign(hpkeKeyText('week4', 'ann', deviceId, hpkeKey));
      expect(await verifyCard({ deviceId, signingKey, hpkeKey, hpkeSignature }, 'week4', 'ann')).toBe(false);
    },
  );
});

it('answers false, never throws, for signatures and keys that cannot be read', async () => {
  const { signingKey, sign } = await openDeviceKeys(memoryStore());
  const signature = await sign('hello');
  expect(await verifyText(signingKey, 'hello', signature)).toBe(true);
  expect(await verifyText(signingKey, 'hallo', signature)).toBe(false);
  expect(await verifyText(signingKey, 'hello', '')).toBe(false);
  expect(await verifyText(signingKey, 'hello', `${signature}==`)).toBe(false);
  expect(await verifyText('', 'hello', signature)).toBe(false);
  expect(await verifyText('AAAA', 'hello', signature)).toBe(false);
});
