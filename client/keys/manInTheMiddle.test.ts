import { beforeAll, describe, expect, it } from 'vitest';
import { boxHeader, type Roster, type SealedBox } from '#shared/session/roster.ts';
import type { DeviceCard } from '#shared/session/state.ts';
import { toBase64url, utf8 } from './base64url.ts';
import { verifyCard } from './deviceKeys.ts';
import { newSecret } from './frameKey.ts';
import { importHpkeKey, info, suite } from './hpke.ts';
import { knownDevices } from './knownDevices.ts';
import { checkChain, hashRoster, nextRoster, signRoster } from './roster.ts';
import { sealSecret } from './sealedBox.ts';
import { entry, member, opened, roster, type Member } from './testRoom.fixtures.ts';
import { fourWords } from './words.ts';

let fay: Member, ann: Member;
let alone: Roster;
const secret = newSecret();

beforeAll(async () => {
  [fay, ann] = await Promise.all([member('fay', 'staff'), member('ann', 'family')]);
  alone = await roster(fay, [fay]);
});

/** Staff admit whatever card the relay shows them. They leave `verifyCard` out: the door behind it must hold too. */
async function admit(card: DeviceCard): Promise<{ under: Roster; box: SealedBox }> {
  const devices = [...alone.devices, entry(ann, card)];
  const body = await nextRoster(alone, {
    sessionId: 'week4',
    audience: 'group',
    epoch: 1,
    secretHash: 'of the secret',
    devices,
  });
  const under = await signRoster(body, fay.device);
  return { under, box: await sealSecret({ secret, roster: under, to: card.deviceId, device: fay.device }) };
}

it('control, an honest relay: the card is whole, the chain holds, the box opens, the words are equal', async () => {
  const card = ann.session.card;
  expect(await verifyCard(card, 'week4', 'ann')).toBe(true);
  const { under, box } = await admit(card);
  expect(await checkChain(null, [alone, under])).toBe(null);
  const got = await opened(ann, box, under);
  expect(got).toEqual(secret);
  expect(await fourWords(got as Uint8Array, under)).toEqual(await fourWords(secret, under));
});

describe('a relay that swaps the HPKE key at admission', () => {
  let swapped: DeviceCard;
  let under: Roster, box: SealedBox;
  let stolen: Uint8Array;

  beforeAll(async () => {
    const pair = await suite.kem.generateKeyPair();
    const hpkeKey = toBase64url(new Uint8Array(await suite.kem.serializePublicKey(pair.publicKey)));
    swapped = { ...ann.session.card, hpkeKey };
    ({ under, box } = await admit(swapped));
    const recipient = { recipientKey: pair, enc: Buffer.from(box.encapsulated, 'base64url'), info };
    const ciphertext = Buffer.from(box.ciphertext, 'base64url');
    stolen = new Uint8Array(await suite.open(recipient, ciphertext, utf8(boxHeader(box))));
  });

  /** The relay seals what it read to the family's real key, under the header it likes. */
  async function resealed(change: Partial<SealedBox>): Promise<SealedBox> {
    const header = { ...box, ...change };
    const recipientPublicKey = await importHpkeKey(ann.session.card.hpkeKey);
    const { enc, ct } = await suite.seal({ recipientPublicKey, info }, stolen, utf8(boxHeader(header)));
    const [encapsulated, ciphertext] = [toBase64url(new Uint8Array(enc)), toBase64url(new Uint8Array(ct))];
    return { ...header, encapsulated, ciphertext };
  }

  it('is a real danger: with staff who do not check the card it reads the secret', () => {
    expect(stolen).toEqual(secret);
  });

  it('is found by staff, for the device did not sign that key', async () => {
    expect(await verifyCard(swapped, 'week4', 'ann')).toBe(false);
  });

  it('is found by the real device, which refuses the box as it came and resealed to its own key', async () => {
    expect(await checkChain(null, [alone, under])).toBe(null);
    expect(await opened(ann, box, under)).toBe('keySwapped');
    expect(await opened(ann, await resealed({}), under)).toBe('keySwapped');
  });

  it('cannot mend the roster: its signature breaks, and so does that of the box', async () => {
    const devices = [...alone.devices, entry(ann, ann.session.card)];
    const mended = { ...under, devices };
    const rosterHash = await hashRoster(mended);
    expect(await checkChain(null, [alone, mended])).toBe('badSignature');
    expect(await opened(ann, box, mended)).toBe('otherRoster');
    expect(await opened(ann, await resealed({ rosterHash }), mended)).toBe('badSignature');
  });
});

describe('a server in the middle, with a staff and a family device of its own', () => {
  let fakeFay: Member, fakeAnn: Member;
  let toStaff: Roster, boxFromStaff: SealedBox;

  beforeAll(async () => {
    [fakeFay, fakeAnn] = await Promise.all([member('fay', 'staff'), member('ann', 'family')]);
    ({ under: toStaff, box: boxFromStaff } = await admit(fakeAnn.session.card));
  });

  it('is let in by staff with a whole card of its own and reads the secret', async () => {
    expect(await verifyCard(fakeAnn.session.card, 'week4', 'ann')).toBe(true);
    expect(await opened(fakeAnn, boxFromStaff, toStaff)).toEqual(secret);
  });

  it.each([
    ['the same secret, so that media could be passed on', secret],
    ['a secret of its own', newSecret()],
  ])('gets its box opened with %s, but the four words differ', async (_what, passedOn) => {
    const fakeAlone = await roster(fakeFay, [fakeFay]);
    const toFamily = await roster(fakeFay, [fakeFay, ann], fakeAlone);
    const box = await sealSecret({
      secret: passedOn,
      roster: toFamily,
      to: ann.device.deviceId,
      device: fakeFay.device,
    });
    expect(await checkChain(null, [fakeAlone, toFamily])).toBe(null);
    const got = await opened(ann, box, toFamily);
    expect(got).toEqual(passedOn);
    const [familyReads, staffRead] = await Promise.all([
      fourWords(got as Uint8Array, toFamily),
      fourWords(secret, toStaff),
    ]);
    expect(familyReads).not.toEqual(staffRead);
  });

  it('cannot carry on a chain that the family has seen', async () => {
    const carriedOn = await roster(fakeFay, [fakeFay, ann], alone);
    expect(await checkChain(alone, [carriedOn])).toBe('unknownSigner');
    expect(await checkChain(alone, [await roster(fakeFay, [fakeFay])])).toBe('gap');
  });

  it('shows a changed key to whoever met the real person before', async () => {
    const known = await knownDevices(ann.store);
    await known.remember((await admit(ann.session.card)).under);
    expect(known.standing('fay', fay.device.signingKey)).toBe('known');
    expect(known.standing('fay', fakeFay.device.signingKey)).toBe('changed');
    const staffKnow = await knownDevices(fay.store);
    await staffKnow.remember((await admit(ann.session.card)).under);
    expect(staffKnow.standing('ann', fakeAnn.device.signingKey)).toBe('changed');
  });
});
