import { beforeEach, expect, test } from 'vitest';
import type { Command, CommandAnswer } from '#shared/session/commands.ts';
import { decide } from '#shared/session/decide.ts';
import type { StoredEvent } from '#shared/session/events.ts';
import { fold } from '#shared/session/reduce.ts';
import { isStaff } from '#shared/session/roles.ts';
import type { Roster, SealedBox } from '#shared/session/roster.ts';
import { actorOf, planned, stored, ticks } from '#shared/session/session.fixtures.ts';
import { emptySession, type SessionState } from '#shared/session/state.ts';
import { view } from '#shared/session/view.ts';
import { hashSecret, newSecret } from '../keys/frameKey.ts';
import { nextRoster, signRoster } from '../keys/roster.ts';
import { sealSecret } from '../keys/sealedBox.ts';
import { fourWords } from '../keys/words.ts';
import { member, type Member } from '../keys/testRoom.fixtures.ts';
import { createKeyring, type GroupKey, type Keyring } from './keyring.ts';

/** A server made of the real engine and a relay that a test may tamper with. */
let state: SessionState;
let log: StoredEvent[];
let relay: (box: SealedBox) => SealedBox | null;
let rosters: (from: Roster[]) => Roster[];
/** Who asked for rosters, in order. */
let asked: string[];
/** The server refuses to admit anybody. */
let refusing: boolean;
let people: Map<string, Device>;

type Device = { who: Member; ring: Keyring; key: GroupKey | null; doubts: number };

beforeEach(() => {
  log = stored([planned]);
  state = fold(log, emptySession('session-1'));
  relay = (box) => box;
  rosters = (all) => all;
  asked = [];
  refusing = false;
  people = new Map();
});

function give(personId: string, command: Command): CommandAnswer {
  if (refusing && command.type === 'admit') return { ok: false, refused: 'busy', say: '' };
  const decision = decide(state, command, actorOf(personId), log.length);
  if ('refused' in decision) return { ok: false, refused: decision.refused, say: '' };
  const events = stored(decision.events, state.seq);
  log.push(...events);
  state = fold(events, state);
  return { ok: true, seq: state.seq };
}

async function arrive(personId: string, who?: Member): Promise<Device> {
  const actor = actorOf(personId);
  const side = actor.by === 'person' && isStaff(actor.role) ? 'staff' : 'family';
  const me = who ?? (await member(personId, side, 'session-1'));
  const device: Device = { who: me, ring: undefined as unknown as Keyring, key: null, doubts: 0 };
  device.ring = await createKeyring({
    ...me,
    connection: {
      give: async (command) => give(personId, command),
      rosters: async (_audience, after) => {
        asked.push(personId);
        const all = log.flatMap((event) => (event.type === 'rosterSigned' ? [event.roster] : []));
        return rosters(all).filter(({ version }) => version > after);
      },
      async sendBoxes(boxes) {
        for (const box of boxes) {
          const passed = relay(box);
          const to = [...people.values()].find((one) => one.who.device.deviceId === passed?.to);
          if (passed) await to?.ring.takeBox(passed);
        }
        return boxes.length;
      },
    },
    view: () => view(state, { personId, role: actor.by === 'person' ? actor.role : 'caregiver' }),
    onKey: (key) => (device.key = key),
    onDoubt: () => (device.doubts += 1),
  });
  people.set(personId, device);
  give(personId, { type: 'enter', device: me.session.card, ticks, takeOver: true });
  return device;
}

/** People at the door with the devices they stand there with. */
const seen = (...personIds: string[]) =>
  personIds.map((personId) => ({ personId, deviceId: state.people[personId]?.device.deviceId ?? '' }));

const secretOf = ({ key }: Device) => key && Buffer.from(key.secret).toString('hex');
const wordsOf = async ({ key }: Device) => (key ? await fourWords(key.secret, key.roster) : null);

/** Ruth has opened the room and let Maya in. */
async function room() {
  const ruth = await arrive('ruth');
  const maya = await arrive('maya');
  expect(await ruth.ring.open()).toBeNull();
  expect(await ruth.ring.admit(seen('maya'))).toBeNull();
  return { ruth, maya };
}

test('K1 K2 admission is the key: one at a time or several, all end with the same secret and words', async () => {
  const { ruth, maya } = await room();
  const [tom, priya] = [await arrive('tom'), await arrive('priya')];
  expect(await ruth.ring.admit(seen('tom', 'priya'))).toBeNull();
  await maya.ring.takeRosters();
  expect(new Set([ruth, maya, tom, priya].map(secretOf)).size).toBe(1);
  const words = await Promise.all([ruth, maya, tom, priya].map(wordsOf));
  expect(words[0]).toHaveLength(4);
  expect(new Set(words.map((list) => list?.join(' '))).size).toBe(1);
  expect([ruth, maya, tom, priya].map(({ doubts }) => doubts)).toEqual([0, 0, 0, 0]);
});

test('no box leaves the device before the server has let its person in', async () => {
  const { ruth } = await room();
  await arrive('priya');
  const passed: SealedBox[] = [];
  relay = (box) => (passed.push(box), box);
  refusing = true;
  expect(await ruth.ring.admit(seen('priya'))).toBe('busy');
  expect(passed).toEqual([]);
  refusing = false;
  expect(await ruth.ring.admit(seen('priya'))).toBeNull();
  expect(passed).toHaveLength(1);
});

test('whoever is let in checks the chain before the key is there; what is known is not asked for again', async () => {
  const { ruth } = await room();
  const priya = await arrive('priya');
  await priya.ring.takeRosters();
  asked = [];
  const held: SealedBox[] = [];
  relay = (box) => (held.push(box), null);
  expect(await ruth.ring.admit(seen('priya'))).toBeNull();
  await priya.ring.takeRosters();
  expect(asked).toEqual(['priya']);
  for (const box of held) await priya.ring.takeBox(box);
  expect(secretOf(priya)).toBe(secretOf(ruth));
  expect(asked).toEqual(['priya']);
  expect(priya.doubts).toBe(0);
});

test('K2 two members of staff who admit at the same moment both succeed', async () => {
  const { ruth, maya } = await room();
  const tom = await arrive('tom');
  await ruth.ring.admit(seen('tom'));
  const [priya, jonas] = [await arrive('priya'), await arrive('jonas')];
  expect(await Promise.all([ruth.ring.admit(seen('priya')), tom.ring.admit(seen('jonas'))])).toEqual([null, null]);
  expect(new Set([ruth, maya, tom, priya, jonas].map(secretOf)).size).toBe(1);
});

test('a device that reloads gets the key again without anybody doing anything', async () => {
  const { maya } = await room();
  const again = await arrive('maya', maya.who);
  expect(state.people['maya']?.status).toBe('admitted');
  expect(again.key).toBeNull();
  const ruth = people.get('ruth');
  await ruth?.ring.answer({ audience: 'group', personId: 'maya', deviceId: maya.who.device.deviceId });
  expect(secretOf(again)).toBe(secretOf(maya));
  expect(again.doubts).toBe(0);
});

test('the key goes to nobody who is not on the roster', async () => {
  const { ruth } = await room();
  const dan = await arrive('dan');
  await ruth.ring.answer({ audience: 'group', personId: 'dan', deviceId: dan.who.device.deviceId });
  await ruth.ring.answer({ audience: 'group', personId: 'maya', deviceId: dan.who.device.deviceId });
  expect(dan.key).toBeNull();
});

test('K3 staff who reload alone open a new epoch, and those in the room follow', async () => {
  const { ruth, maya } = await room();
  const again = await arrive('ruth', ruth.who);
  expect(await again.ring.open()).toBeNull();
  expect(state.people['maya']?.status).toBe('admitted');
  expect(maya.key?.epoch).toBe(2);
  expect(secretOf(maya)).toBe(secretOf(again));
  expect(secretOf(maya)).not.toBe(secretOf(ruth));
  expect(maya.doubts).toBe(0);
});

test('K3 on a new device, alone, she opens anew; who was inside waits and trusts afresh', async () => {
  const { maya } = await room();
  const phone = await arrive('ruth', await member('ruth', 'staff', 'session-1'));
  expect(await phone.ring.open()).toBeNull();
  expect(state.people['maya']?.status).toBe('waiting');
  await maya.ring.takeRosters();
  expect(await phone.ring.admit(seen('maya'))).toBeNull();
  expect(secretOf(maya)).toBe(secretOf(phone));
  expect(maya.doubts).toBe(1);
});

test('K4 a server that exchanges a key at the door is found out by the card, and the real device refuses', async () => {
  const ruth = await arrive('ruth');
  const maya = await arrive('maya');
  const middle = await member('maya', 'family', 'session-1');
  await ruth.ring.open();
  const person = state.people['maya'];
  if (!person) throw new Error('Maya is not at the door');
  state.people['maya'] = { ...person, device: { ...person.device, hpkeKey: middle.session.card.hpkeKey } };
  expect(await ruth.ring.admit(seen('maya'))).toBe('badCard');
  // All of the device is exchanged: Ruth can't know, but Maya's own device can.
  state.people['maya'] = { ...person, device: middle.session.card };
  relay = (box) => ({ ...box, to: maya.who.device.deviceId });
  expect(await ruth.ring.admit(seen('maya'))).toBeNull();
  expect(maya.key).toBeNull();
  expect(maya.doubts).toBe(1);
});

test('K4 a roster that the server made up, or kept back, is a doubt, and nobody is let in on it', async () => {
  const { ruth, maya } = await room();
  await arrive('priya');
  const stowaway = await member('dan', 'family', 'session-1');
  rosters = (all) =>
    all.map((one) => (one.version === 2 ? { ...one, devices: [...one.devices, entry(stowaway)] } : one));
  const fresh = await arrive('maya', maya.who);
  await ruth.ring.answer({ audience: 'group', personId: 'maya', deviceId: maya.who.device.deviceId });
  // This device trusted version 2 before the reload and needs no word of the server for it.
  expect(secretOf(fresh)).toBe(secretOf(ruth));
  const last = state.audiences.group.roster;
  if (!last) throw new Error('no roster');
  const forged = { ...last, version: last.version + 1, devices: [...last.devices, entry(stowaway)] };
  state.audiences.group.roster = forged;
  rosters = (all) => [...all, forged];
  await maya.ring.takeRosters();
  expect(maya.doubts).toBe(1);
  expect(maya.key?.roster.version).toBe(2);
  expect(await ruth.ring.admit(seen('priya'))).toBe('noKey');
});

test('K4 a server that makes up an opening of its own changes nobody’s secret', async () => {
  const { ruth, maya } = await room();
  const before = secretOf(maya);
  const server = await member('staff nobody knows', 'staff', 'session-1');
  const secret = newSecret();
  const last = state.audiences.group.roster;
  const devices = [entry(server), entry(maya.who)];
  const body = {
    sessionId: 'session-1',
    audience: 'group',
    epoch: 2,
    secretHash: await hashSecret(secret),
    devices,
  } as const;
  const forged = await signRoster(await nextRoster(last, body), server.device);
  const box = await sealSecret({ secret, roster: forged, to: maya.who.device.deviceId, device: server.device });
  rosters = (all) => [forged, ...all];
  await maya.ring.takeBox(box);
  rosters = (all) => [...all, forged];
  await maya.ring.takeBox(box);
  expect(secretOf(maya)).toBe(before);
  expect(secretOf(maya)).toBe(secretOf(ruth));
  expect(maya.doubts).toBeGreaterThan(0);
});

test('K4 a member who hands out another secret is refused, and the right one is taken after', async () => {
  const { ruth, maya } = await room();
  const again = await arrive('ruth', ruth.who);
  const { roster } = maya.key ?? { roster: null };
  if (!roster) throw new Error('Maya has no key');
  const lie = await sealSecret({ secret: newSecret(), roster, to: ruth.who.device.deviceId, device: maya.who.device });
  await again.ring.takeBox(lie);
  expect(again.key).toBeNull();
  expect(again.doubts).toBe(1);
  await maya.ring.answer({ audience: 'group', personId: 'ruth', deviceId: ruth.who.device.deviceId });
  expect(secretOf(again)).toBe(secretOf(maya));
});

test('K4 a device that is put in the place of the one that was looked at is not let in', async () => {
  const ruth = await arrive('ruth');
  await arrive('maya');
  await ruth.ring.open();
  const looked = seen('maya');
  const middle = await member('maya', 'family', 'session-1');
  give('maya', { type: 'enter', device: middle.session.card, ticks, takeOver: true });
  expect(await ruth.ring.admit(looked)).toBe('notWaiting');
  expect(state.people['maya']?.status).toBe('waiting');
});

test('K3 whoever was sent to the door and let in while offline trusts afresh on return', async () => {
  const { maya } = await room();
  const phone = await arrive('ruth', await member('ruth', 'staff', 'session-1'));
  relay = (box) => (box.to === maya.who.device.deviceId ? null : box);
  expect(await phone.ring.open()).toBeNull();
  expect(await phone.ring.admit(seen('maya'))).toBeNull();
  relay = (box) => box;
  await maya.ring.takeRosters();
  await phone.ring.answer({ audience: 'group', personId: 'maya', deviceId: maya.who.device.deviceId });
  expect(secretOf(maya)).toBe(secretOf(phone));
  // Ruth's phone is not the device that Maya knew her by: that is said, and the key works.
  expect(maya.doubts).toBe(1);
});

function entry(who: Member) {
  const { deviceId, signingKey, hpkeKey } = who.session.card;
  return { personId: who.personId, deviceId, side: who.side, signingKey, hpkeKey };
}
