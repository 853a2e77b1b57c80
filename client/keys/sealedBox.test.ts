import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { boxHeader, type Roster, type SealedBox } from '#shared/session/roster.ts';
import { toBase64url, utf8 } from './base64url.ts';
import { openSessionKeys, type DeviceKeys } from './deviceKeys.ts';
import { newSecret } from './frameKey.ts';
import { importHpkeKey, info, suite } from './hpke.ts';
import { hashRoster } from './roster.ts';
import { sealSecret } from './sealedBox.ts';
import { entry, member, opened, roster, type Member } from './testRoom.fixtures.ts';

let fay: Member, ann: Member, ben: Member;
let both: Roster;
let box: SealedBox;
const secret = newSecret();

beforeAll(async () => {
  [fay, ann, ben] = await Promise.all([member('fay', 'staff'), member('ann', 'family'), member('ben', 'family')]);
  both = await roster(fay, [fay, ann]);
  box = await sealSecret({ secret, roster: both, to: ann.device.deviceId, device: fay.device });
});

/** A box by somebody who is on the roster and lies: what they say is signed and sealed as it should be. */
async function lie(by: DeviceKeys, to: string, change: Partial<SealedBox>, content: Uint8Array = secret) {
  const header = { ...box, from: by.deviceId, ...change };
  const recipientPublicKey = await importHpkeKey(to);
  const { enc, ct } = await suite.seal({ recipientPublicKey, info }, content, utf8(boxHeader(header)));
  const sealed = { encapsulated: toBase64url(new Uint8Array(enc)), ciphertext: toBase64url(new Uint8Array(ct)) };
  return sign({ ...header, ...sealed }, by);
}

async function sign(unsigned: SealedBox, by: DeviceKeys): Promise<SealedBox> {
  const { encapsulated, ciphertext } = unsigned;
  const text = JSON.stringify(['kinroom box signature 1', boxHeader(unsigned), encapsulated, ciphertext]);
  return { ...unsigned, signature: await by.sign(text) };
}

describe('a sealed box', () => {
  it('opens for the device it is sealed to, also when a family seals it for another', async () => {
    expect(await opened(ann, box, both)).toEqual(secret);
    const three = await roster(fay, [fay, ann, ben], both);
    const passedOn = await sealSecret({ secret, roster: three, to: ben.device.deviceId, device: ann.device });
    expect(await opened(ben, passedOn, three)).toEqual(secret);
  });

  it('shows the secret nowhere, and is new each time', async () => {
    const again = await sealSecret({ secret, roster: both, to: ann.device.deviceId, device: fay.device });
    expect(JSON.stringify(box)).not.toContain(toBase64url(secret));
    expect(again.encapsulated).not.toBe(box.encapsulated);
    expect(again.ciphertext).not.toBe(box.ciphertext);
  });
});

describe('sealing is refused', () => {
  it('to a device that is not on the roster', async () => {
    const sealing = sealSecret({ secret, roster: both, to: ben.device.deviceId, device: fay.device });
    await expect(sealing).rejects.toMatchObject({ code: 'recipientNotOnRoster' });
  });

  it('by a device that is not on the roster, or is so only by its id', async () => {
    const to = ann.device.deviceId;
    const code = 'sealerNotOnRoster';
    await expect(sealSecret({ secret, roster: both, to, device: ben.device })).rejects.toMatchObject({ code });
    const impostor = { ...ben.device, deviceId: fay.device.deviceId };
    await expect(sealSecret({ secret, roster: both, to, device: impostor })).rejects.toMatchObject({ code });
  });

  it.each([0, 16, 31, 33])('of a secret of %d bytes', async (length) => {
    const short = new Uint8Array(length);
    const sealing = sealSecret({ secret: short, roster: both, to: ann.device.deviceId, device: fay.device });
    await expect(sealing).rejects.toMatchObject({ code: 'badSecret' });
  });

  it('to an HPKE key that is no point of the curve', async () => {
    const devices = both.devices.map((one) => ({ ...one, hpkeKey: toBase64url(new Uint8Array(65).fill(4)) }));
    const sealing = sealSecret({ secret, roster: { ...both, devices }, to: ann.device.deviceId, device: fay.device });
    await expect(sealing).rejects.toMatchObject({ code: 'badKey' });
  });
});

describe('a box is refused', () => {
  const key = (who: Member) => who.session.card.hpkeKey;

  it('notForMe: sealed to somebody else on the roster, also when it would open', async () => {
    expect(await opened(fay, box, both)).toBe('notForMe');
    const relabelled = await lie(fay.device, key(ann), { to: fay.device.deviceId });
    expect(await opened(ann, relabelled, both)).toBe('notForMe');
  });

  it('otherSession: another session, audience or epoch, though a member signed it', async () => {
    for (const change of [{ sessionId: 'week5' }, { audience: 'staff' as 'group' }, { epoch: 2 }]) {
      expect(await opened(ann, await lie(fay.device, key(ann), change), both)).toBe('otherSession');
    }
  });

  it('otherSession: the roster and box of one session, the key of another', async () => {
    const session = await openSessionKeys(ann.store, ann.device, 'week5', 'ann');
    const moved = { ...ann, session };
    const mixed = await roster(fay, [fay, moved]);
    const sealed = await sealSecret({ secret, roster: mixed, to: ann.device.deviceId, device: fay.device });
    expect(await opened(moved, sealed, mixed)).toBe('otherSession');
  });

  it('otherRoster: another roster than the one it was sealed under', async () => {
    const three = await roster(fay, [fay, ann, ben], both);
    expect(await opened(ann, box, three)).toBe('otherRoster');
    const claimed = await lie(fay.device, key(ann), { rosterHash: await hashRoster(three) });
    expect(await opened(ann, claimed, both)).toBe('otherRoster');
  });

  it('notOnRoster: a roster without me, or with my device under another person', async () => {
    expect(await opened(ben, box, both)).toBe('notOnRoster');
    const renamed = await roster(fay, [fay, { ...ann, personId: 'ben' }]);
    const sealed = await sealSecret({ secret, roster: renamed, to: ann.device.deviceId, device: fay.device });
    expect(await opened(ann, sealed, renamed)).toBe('notOnRoster');
  });

  it.each(['hpkeKey', 'signingKey'] as const)('keySwapped: a roster that names me with another %s', async (field) => {
    const devices = both.devices.map((one) =>
      one.personId === 'ann' ? { ...one, [field]: entry(ben, ben.session.card)[field] } : one,
    );
    const swapped = await roster(fay, [], null, { devices });
    const rosterHash = await hashRoster(swapped);
    expect(await opened(ann, await lie(fay.device, key(ann), { rosterHash }), swapped)).toBe('keySwapped');
  });

  it('unknownSealer: sealed by somebody who is not on the roster', async () => {
    expect(await opened(ann, await lie(ben.device, key(ann), {}), both)).toBe('unknownSealer');
  });

  it('badSignature: signed by another than it says', async () => {
    expect(await opened(ann, await sign(box, ben.device), both)).toBe('badSignature');
    const { sign: signs } = ben.device;
    const forged = await lie({ ...fay.device, sign: signs }, key(ann), {});
    expect(await opened(ann, forged, both)).toBe('badSignature');
  });

  it('doesNotOpen: content that was sealed under another header, though signed anew', async () => {
    const three = await roster(fay, [fay, ann, ben], both);
    const moved = await sign({ ...box, rosterHash: await hashRoster(three) }, fay.device);
    expect(await opened(ann, moved, three)).toBe('doesNotOpen');
  });

  it('doesNotOpen: sealed to another key, for another purpose, or no secret of 32 bytes', async () => {
    expect(await opened(ann, await lie(fay.device, key(ben), {}), both)).toBe('doesNotOpen');
    expect(await opened(ann, await lie(fay.device, key(ann), {}, new Uint8Array(31)), both)).toBe('doesNotOpen');
    const recipientPublicKey = await importHpkeKey(key(ann));
    const other = await suite.seal({ recipientPublicKey, info: utf8('other') }, secret, utf8(boxHeader(box)));
    const sealed = {
      encapsulated: toBase64url(new Uint8Array(other.enc)),
      ciphertext: toBase64url(new Uint8Array(other.ct)),
    };
    expect(await opened(ann, await sign({ ...box, ...sealed }, fay.device), both)).toBe('doesNotOpen');
    expect(await opened(ann, await sign({ ...box, encapsulated: '?' }, fay.device), both)).toBe('doesNotOpen');
  });

  it('with any one character of it changed, and opens again when it is put back', async () => {
    const fields = ['sessionId', 'audience', 'rosterHash', 'to', 'from', 'encapsulated', 'ciphertext', 'signature'];
    const place = fc.constantFrom(...(fields as (keyof Omit<SealedBox, 'epoch'>)[]));
    const char = fc.constantFrom(...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_='.split(''));
    await fc.assert(
      fc.asyncProperty(place, fc.nat(), char, async (field, at, other) => {
        const text = box[field];
        const index = at % text.length;
        const changed = text.slice(0, index) + other + text.slice(index + 1);
        const answer = await opened(ann, { ...box, [field]: changed }, both);
        if (changed === text) expect(answer).toEqual(secret);
        else expect(answer).toBeTypeOf('string');
      }),
      { numRuns: 300 },
    );
  });
});
