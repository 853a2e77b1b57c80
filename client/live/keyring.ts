import type { RefusalCode } from '#shared/session/commands.ts';
import { rosterEntry, type Roster, type RosterDevice, type SealedBox } from '#shared/session/roster.ts';
import type { SessionState } from '#shared/session/state.ts';
import type { KeyWanted } from '#shared/socketEvents.ts';
import { taskQueue } from '#shared/taskQueue.ts';
import { verifyCard, type DeviceKeys, type SessionKeys } from '../keys/deviceKeys.ts';
import { hashSecret, newSecret } from '../keys/frameKey.ts';
import type { KeyStore } from '../keys/keyStore.ts';
import { knownDevices } from '../keys/knownDevices.ts';
import { checkChain, hashRoster, nextRoster, signRoster } from '../keys/roster.ts';
import { openBox, sealSecret } from '../keys/sealedBox.ts';
import type { SessionConnection } from '../session/connection.ts';
import { chainFromLastOpening, lastOpening } from './rosterChain.ts';

/** The group's secret and the roster under which it is held. Only ever in memory. */
export type GroupKey = { epoch: number; secret: Uint8Array<ArrayBuffer>; roster: Roster };

/** Why nobody was let in: a refusal of the server, a card whose proof fails, or no key here to hand on. */
export type AdmitProblem = RefusalCode | 'badCard' | 'noKey';

export type Doubt = 'refused' | 'otherOpener';

/** Somebody at the door, with the device they were seen with. */
export type Guest = { personId: string; deviceId: string };

export type KeyringOptions = {
  store: KeyStore;
  device: DeviceKeys;
  session: SessionKeys;
  connection: Pick<SessionConnection, 'give' | 'rosters' | 'sendBoxes'>;
  /** The newest view of the session. */
  view(): SessionState;
  /** The key, or the roster it goes with, has changed; null: it is gone. */
  onKey(key: GroupKey | null): void;
  /**
   * `refused`: rosters or boxes that don't add up; what is held is kept, and nobody gets it on that word. `otherOpener`:
   * the room was opened by a person's device that is not the one this device knows them by.
   */
  onDoubt(doubt: Doubt): void;
};

/** Slot for the last roster that was checked, so that a reload goes on from it instead of trusting anew. */
const TRUSTED_SLOT = 'trusted';

/** `since`: when this person came to the door. Coming again means that whatever was trusted before counts no more. */
type Pinned = { roster: Roster; since: number };
const TRIES = 4;
const AGAIN_MS = 150;

/**
 * Holds what this device knows of the group's key: the chain of rosters it has checked, and the secret. Nothing from the
 * server counts unchecked: a roster only if it follows the chain, a box only if the roster names this very device.
 */
export async function createKeyring(options: KeyringOptions) {
  const { store, device, session, connection, view, onKey, onDoubt } = options;
  const known = await knownDevices(store);
  const inTurn = taskQueue();
  const kept = (await store.get(TRUSTED_SLOT)) as Pinned | undefined;
  let trusted: Roster | null = kept?.roster.sessionId === session.sessionId ? kept.roster : null;
  let since = kept?.since ?? 0;
  let key: GroupKey | null = null;

  async function trust(roster: Roster): Promise<void> {
    trusted = roster;
    since = view().people[session.personId]?.since ?? since;
    await store.set(TRUSTED_SLOT, { roster, since } satisfies Pinned);
    await known.remember(roster);
    if (key?.epoch === roster.epoch) setKey({ ...key, roster });
  }

  function setKey(next: GroupKey | null): void {
    key = next;
    onKey(next);
  }

  /** Lets go of what was trusted and held before this person came to the door the last time (also while offline). */
  async function startAnewAtDoor(): Promise<void> {
    const arrived = view().people[session.personId]?.since;
    if (arrived === undefined || arrived === since || (trusted === null && key === null)) return;
    trusted = null;
    await store.delete(TRUSTED_SLOT);
    if (key !== null) setKey(null);
  }

  /** Whether what is trusted is as new as the newest roster that the view knows of: then asking brings nothing. */
  function isNewest(roster: Roster | null): roster is Roster {
    return roster !== null && roster.version === view().audiences.group.roster?.version;
  }

  /** Goes along the chain to the newest roster; null when it breaks. */
  async function followChain(): Promise<Roster | null> {
    await startAnewAtDoor();
    const rosters = await connection.rosters('group', trusted?.version ?? 0);
    const fits = trusted === null ? await chainFromLastOpening(rosters) : (await checkChain(trusted, rosters)) === null;
    const last = rosters.at(-1) ?? trusted;
    if (!fits || last === null) return null;
    if (trusted === null) lookAtOpener(rosters);
    if (last !== trusted) await trust(last);
    return last;
  }

  /** Only remembered keys and the four words can vouch for who opened the room. */
  function lookAtOpener(rosters: Roster[]): void {
    const { signedBy, devices } = lastOpening(rosters) ?? { signedBy: '', devices: [] };
    const opener = devices.find(({ deviceId }) => deviceId === signedBy);
    if (opener && known.standing(opener.personId, opener.signingKey) === 'changed') onDoubt('otherOpener');
  }

  /**
   * The roster a box was sealed under: the newest, or one of a moment ago when somebody was let in meanwhile. Found by
   * walking back from the checked one by hashes: whatever else the server calls a roster is not looked at.
   */
  async function rosterOf(box: SealedBox, newest: Roster): Promise<Roster | null> {
    if ((await hashRoster(newest)) === box.rosterHash) return newest;
    const earlier = (await connection.rosters('group', 0)).filter(({ version }) => version < newest.version);
    let previous = newest.previous;
    for (const roster of earlier.toReversed()) {
      if (roster.epoch !== newest.epoch || (await hashRoster(roster)) !== previous) return null;
      if (previous === box.rosterHash) return roster;
      previous = roster.previous;
    }
    return null;
  }

  function seal(secret: Uint8Array, roster: Roster, to: RosterDevice[]): Promise<SealedBox[]> {
    return Promise.all(to.map(({ deviceId }) => sealSecret({ secret, roster, to: deviceId, device })));
  }

  async function handOut(secret: Uint8Array, roster: Roster, to: RosterDevice[]): Promise<void> {
    if (to.length > 0) await connection.sendBoxes(await seal(secret, roster, to));
  }

  type Next = { epoch: number; secret: Uint8Array; devices: RosterDevice[] };

  async function sign(previous: Roster | null, { epoch, secret, devices }: Next): Promise<Roster> {
    const secretHash = await hashSecret(secret);
    const change = { sessionId: session.sessionId, audience: 'group', epoch, secretHash, devices } as const;
    return signRoster(await nextRoster(previous, change), device);
  }

  /** Devices of a roster whose people are in the room with them still. The roster's keys count, not the view's. */
  function inside(roster: Roster): RosterDevice[] {
    const { people } = view();
    return roster.devices.filter(({ personId, deviceId }) => {
      const person = people[personId];
      return person?.status === 'admitted' && person.device.deviceId === deviceId;
    });
  }

  /** Also before there is a key: once somebody is let in, the chain is checked while their box is still being sealed. */
  async function takeRosters(): Promise<void> {
    await startAnewAtDoor();
    if (view().people[session.personId]?.status !== 'admitted') return;
    const newest = view().audiences.group.roster?.version ?? 0;
    const isBehind = newest > (trusted?.version ?? 0);
    if (isBehind && (await followChain()) === null && key !== null) onDoubt('refused');
  }

  async function takeBox(box: SealedBox): Promise<void> {
    await startAnewAtDoor();
    if (key !== null && box.epoch <= key.epoch) return;
    const isUnderTrusted = isNewest(trusted) && box.rosterHash === (await hashRoster(trusted));
    const newest = isUnderTrusted ? trusted : await followChain();
    if (newest === null) return onDoubt('refused');
    // Of an epoch that is over: it was on its way when the next one began.
    if (box.epoch < newest.epoch) return;
    const roster = await rosterOf(box, newest);
    const opened = roster === null ? null : await openBox({ box, roster, me: device, session });
    if (opened === null || 'refused' in opened) return onDoubt('refused');
    // Whoever sealed it may be a member and still not tell the truth: the roster says which secret it is.
    if ((await hashSecret(opened.secret)) !== newest.secretHash) return onDoubt('refused');
    setKey({ epoch: box.epoch, secret: opened.secret, roster: newest });
  }

  async function answer({ deviceId, personId }: KeyWanted): Promise<void> {
    const entry = trusted?.devices.find((one) => one.deviceId === deviceId && one.personId === personId);
    if (key !== null && entry !== undefined) await handOut(key.secret, key.roster, [entry]);
  }

  async function open(): Promise<RefusalCode | null> {
    const state = view();
    const me = state.people[session.personId];
    if (!me) return 'notInRoom';
    const inRoom = me.status === 'admitted';
    // At the door nothing is trusted: the new roster only has to continue the numbering (SPEC K3).
    const last = inRoom ? await followChain() : ((await connection.rosters('group', 0)).at(-1) ?? null);
    if (inRoom && last === null) {
      onDoubt('refused');
      return 'busy';
    }
    const stay = inRoom && last ? inside(last).filter((one) => one.deviceId !== device.deviceId) : [];
    const secret = newSecret();
    const epoch = state.audiences.group.epoch + 1;
    const roster = await sign(last, { epoch, secret, devices: [rosterEntry(me), ...stay] });
    const answered = await connection.give({ type: 'openAudience', audience: 'group', roster });
    if (!answered.ok) return answered.refused;
    await trust(roster);
    setKey({ epoch: roster.epoch, secret, roster });
    await handOut(secret, roster, stay);
    return null;
  }

  async function admit(guests: Guest[]): Promise<AdmitProblem | null> {
    for (let tries = 1; ; tries += 1) {
      // A roster that somebody signed meanwhile shows in the refusal; the second try then asks for it.
      const last = tries === 1 && isNewest(trusted) ? trusted : await followChain();
      if (last === null || key === null) return 'noKey';
      const { people, sessionId } = view();
      const fresh = guests.flatMap(({ personId }) => people[personId] ?? []);
      // The device that was looked at is let in, not one that the server put in its place meanwhile.
      if (fresh.some((person) => !guests.some(({ deviceId }) => deviceId === person.device.deviceId)))
        return 'notWaiting';
      const proofs = fresh.map((person) => verifyCard(person.device, sessionId, person.personId));
      if ((await Promise.all(proofs)).includes(false)) return 'badCard';
      const entries = fresh.map(rosterEntry);
      const { epoch, secret } = key;
      const roster = await sign(last, { epoch, secret, devices: [...inside(last), ...entries] });
      const personIds = fresh.map(({ personId }) => personId);
      const admitted = connection.give({ type: 'admit', audience: 'group', personIds, roster });
      // Sealed while the server decides, sent only once it has agreed.
      const boxes = seal(secret, roster, entries);
      boxes.catch(() => {});
      const answered = await admitted;
      if (answered.ok) {
        await Promise.all([boxes.then(connection.sendBoxes), trust(roster)]);
        return null;
      }
      if (answered.refused !== 'staleRoster' || tries === TRIES) return answered.refused;
      await new Promise((done) => setTimeout(done, AGAIN_MS));
    }
  }

  return {
    key: (): GroupKey | null => key,
    /** Whether a person's device is the one they came with before. */
    standing: known.standing,
    /**
     * Checks what is new in the view: a break in the chain is a doubt, not a reason to stop hearing the group. At the door
     * again, what was trusted and held before is let go.
     */
    takeRosters: () => inTurn(takeRosters),
    takeBox: (box: SealedBox) => inTurn(() => takeBox(box)),
    /** Seals the key again for a device on the roster that lost it (a reload), to the key that stands there. */
    answer: (wanted: KeyWanted) => inTurn(() => answer(wanted)),
    /** Opens the group with a new secret. Resolves to the code of a refusal, or null. */
    open: () => inTurn(open),
    /** Lets people in with the devices that were looked at: the next roster, and the secret sealed to each. */
    admit: (guests: Guest[]) => inTurn(() => admit(guests)),
  };
}

export type Keyring = Awaited<ReturnType<typeof createKeyring>>;
