import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Roster, RosterBody } from '#shared/session/roster.ts';
import { checkChain, checkRoster, hashRoster, nextRoster, signRoster } from './roster.ts';
import { entry, member, roster, type Member } from './testRoom.fixtures.ts';

let fay: Member, col: Member, ann: Member, ben: Member;
let first: Roster;

beforeAll(async () => {
  [fay, col, ann, ben] = await Promise.all([
    member('fay', 'staff'),
    member('col', 'staff'),
    member('ann', 'family'),
    member('ben', 'family'),
  ]);
  first = await roster(fay, [fay]);
});

describe('a chain', () => {
  it('is accepted from the first roster on, also signed by staff who came later, also into a new epoch', async () => {
    const second = await roster(fay, [fay, col, ann], first);
    const third = await roster(col, [fay, col, ann, ben], second);
    const fourth = await roster(col, [col, ann], third, { epoch: 2 });
    expect([first, second, third, fourth].map((one) => one.version)).toEqual([1, 2, 3, 4]);
    expect(await checkChain(null, [first, second, third, fourth])).toBe(null);
    expect(await checkChain(second, [third, fourth])).toBe(null);
    expect(await checkChain(null, [])).toBe(null);
    expect(await checkChain(null, [first, third])).toBe('gap');
    expect(await checkChain(null, [second])).toBe('gap');
    expect(await checkChain(null, [first, second, second])).toBe('gap');
  });

  it('keeps its secret within an epoch, and has another one in the next', async () => {
    const changed = await roster(fay, [fay, ann], first, { secretHash: 'of another' });
    expect(await checkChain(first, [changed])).toBe('otherSecret');
    const anew = await roster(fay, [fay, ann], first, { epoch: 2, secretHash: 'of another' });
    expect(await checkChain(first, [anew])).toBe(null);
  });

  it('is refused at the first wrong link, whatever follows', async () => {
    const wrong = await roster(ben, [fay, ben], first);
    const after = await roster(fay, [fay, ben], wrong);
    expect(await checkChain(first, [wrong, after])).toBe('unknownSigner');
    expect(await checkChain(wrong, [after])).toBe(null);
  });
});

describe('a roster is refused', () => {
  const gaps: [string, Partial<RosterBody>][] = [
    ['a version left out', { version: 3 }],
    ['the same version again', { version: 1 }],
    ['another session', { sessionId: 'week5' }],
    ['another audience', { audience: 'staff' as 'group' }],
    ['an earlier epoch', { epoch: 0 }],
    ['an epoch left out', { epoch: 3 }],
  ];
  it.each(gaps)('gap: %s', async (_what, change) => {
    expect(await checkRoster(await roster(fay, [fay, ann], first, change), first)).toBe('gap');
  });

  it.each([{ version: 2 }, { version: 0 }, { epoch: 2 }, { epoch: 0 }])('gap: a first one with %j', async (change) => {
    expect(await checkRoster(await roster(fay, [fay], null, change), null)).toBe('gap');
  });

  it('wrongHash: follows another roster, or says that nothing came before', async () => {
    const other = await roster(fay, [fay, col]);
    expect(await checkRoster(await roster(fay, [fay, ann], other), first)).toBe('wrongHash');
    expect(await checkRoster(await roster(fay, [fay, ann], first, { previous: null }), first)).toBe('wrongHash');
    expect(await checkRoster(await roster(fay, [fay], null, { previous: 'AAAA' }), null)).toBe('wrongHash');
  });

  it('badDevice: an id that does not follow from its key, a key that is none, a device named twice', async () => {
    const mine = entry(fay, fay.session.card);
    const his = entry(ben, ben.session.card);
    for (const devices of [
      [mine, { ...his, deviceId: ann.device.deviceId }],
      [mine, { ...his, signingKey: ann.device.signingKey }],
      [mine, { ...his, signingKey: '?' }],
      [mine, his, his],
      [mine, his, { ...his, personId: 'ann' }],
    ]) {
      expect(await checkRoster(await roster(fay, [], first, { devices }), first)).toBe('badDevice');
    }
  });

  it('unknownSigner: staff only by the roster they signed themselves, or nobody on it', async () => {
    expect(await checkRoster(await roster(col, [fay, col], first), first)).toBe('unknownSigner');
    expect(await checkRoster(await roster(col, [fay]), null)).toBe('unknownSigner');
  });

  it('notStaff: signed by a family', async () => {
    const second = await roster(fay, [fay, ann], first);
    expect(await checkRoster(await roster(ann, [fay, ann, ben], second), second)).toBe('notStaff');
    expect(await checkRoster(await roster(ann, [ann, fay]), null)).toBe('notStaff');
  });

  it('notStaff: a family that calls itself staff in the roster it signs', async () => {
    const second = await roster(fay, [fay, ann], first);
    const risen = { ...ann, side: 'staff' as const };
    expect(await checkRoster(await roster(risen, [fay, risen], second), second)).toBe('notStaff');
  });

  it('badSignature: signed by another key than it says', async () => {
    const second = await roster(col, [fay, ann], first);
    expect(await checkRoster({ ...second, signedBy: fay.device.deviceId }, first)).toBe('badSignature');
  });

  it('badSignature: any field of any device changed after signing', async () => {
    const second = await roster(fay, [fay, ann], first);
    for (const change of [{ personId: 'ben' }, { side: 'staff' as const }, { hpkeKey: ben.session.card.hpkeKey }]) {
      const devices = second.devices.map((one) => (one.personId === 'ann' ? { ...one, ...change } : one));
      expect(await checkRoster({ ...second, devices }, first)).toBe('badSignature');
    }
    const devices = second.devices.map((one) => (one.personId === 'ann' ? entry(ben, ben.session.card) : one));
    expect(await checkRoster({ ...second, devices }, first)).toBe('badSignature');
  });
});

it('hashes alike in whatever order the devices are listed, and unlike after any change', async () => {
  const base = await roster(fay, [fay, col, ann, ben]);
  const hash = await hashRoster(base);
  const shuffled = fc.shuffledSubarray(base.devices, { minLength: 4, maxLength: 4 });
  const field = fc.constantFrom('personId', 'deviceId', 'side', 'signingKey', 'hpkeKey');
  await fc.assert(
    fc.asyncProperty(shuffled, fc.nat(3), field, async (devices, at, name) => {
      expect(await hashRoster({ ...base, devices })).toBe(hash);
      const changed = devices.map((one, index) => (index === at ? { ...one, [name]: 'other' } : one));
      expect(await hashRoster({ ...base, devices: changed })).not.toBe(hash);
    }),
  );
  for (const change of [{ sessionId: 'x' }, { epoch: 2 }, { version: 2 }, { previous: hash }]) {
    expect(await hashRoster({ ...base, ...change })).not.toBe(hash);
  }
});

it('signs what is hashed: the signature alone does not change the hash', async () => {
  const body = await nextRoster(null, {
    sessionId: 'week4',
    audience: 'group',
    epoch: 1,
    secretHash: 'of the secret',
    devices: first.devices,
  });
  const again = await signRoster(body, fay.device);
  expect(again.signature).not.toBe(first.signature);
  expect(await hashRoster(again)).toBe(await hashRoster(first));
});
