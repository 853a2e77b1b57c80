import type { RosterBody, Roster, RosterDevice, SealedBox } from '#shared/session/roster.ts';
import type { DeviceCard } from '#shared/session/state.ts';
import { openDeviceKeys, openSessionKeys, type DeviceKeys, type SessionKeys } from './deviceKeys.ts';
import type { KeyStore } from './keyStore.ts';
import { nextRoster, signRoster } from './roster.ts';
import { openBox, type BoxProblem } from './sealedBox.ts';

/** For tests only: one person with a device, as in a room. */
export type Member = {
  personId: string;
  side: RosterDevice['side'];
  store: KeyStore;
  device: DeviceKeys;
  session: SessionKeys;
};

/** A store in memory that copies like IndexedDB; `slots` shows what is in it. */
export function memoryStore(): KeyStore & { slots: Map<string, unknown> } {
  const slots = new Map<string, unknown>();
  return {
    slots,
    get: async (name) => structuredClone(slots.get(name)),
    set: async (name, value) => void slots.set(name, structuredClone(value)),
    delete: async (name) => void slots.delete(name),
  };
}

export async function member(personId: string, side: RosterDevice['side'], sessionId = 'week4'): Promise<Member> {
  const store = memoryStore();
  const device = await openDeviceKeys(store);
  return { personId, side, store, device, session: await openSessionKeys(store, device, sessionId, personId) };
}

export function entry(of: { personId: string; side: RosterDevice['side'] }, card: DeviceCard): RosterDevice {
  const { deviceId, signingKey, hpkeKey } = card;
  return { personId: of.personId, side: of.side, deviceId, signingKey, hpkeKey };
}

/** The roster after `previous` with these members, signed by `signer`; `change` makes it a wrong one. */
export async function roster(
  signer: Member,
  members: Member[],
  previous: Roster | null = null,
  change: Partial<RosterBody> = {},
): Promise<Roster> {
  const devices = members.map((one) => entry(one, one.session.card));
  const epoch = previous?.epoch ?? 1;
  const body = await nextRoster(previous, {
    sessionId: 'week4',
    audience: 'group',
    epoch,
    secretHash: 'of the secret',
    devices,
  });
  return signRoster({ ...body, ...change }, signer.device);
}

/** What a member makes of a box: the secret, or the code of the refusal. */
export async function opened(who: Member, box: SealedBox, under: Roster): Promise<Uint8Array | BoxProblem> {
  const answer = await openBox({ box, roster: under, me: who.device, session: who.session });
  return 'secret' in answer ? answer.secret : answer.refused;
}
