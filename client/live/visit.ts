import { isStaff, staffInRoom } from '#shared/session/roles.ts';
import { refusals, type Command, type CommandAnswer } from '#shared/session/commands.ts';
import { mediaIdentity } from '#shared/session/roster.ts';
import type { Person, Ticks } from '#shared/session/state.ts';
import type { CloseCode } from '#shared/socketEvents.ts';
import { openSessionKeys, type DeviceKeys } from '../keys/deviceKeys.ts';
import type { KeyStore } from '../keys/keyStore.ts';
import { createPictureKeeper, type PictureKeeper } from '../media/bandwidthKeeper.ts';
import type { LocalDevices } from '../media/devices.ts';
import type { MediaSnapshot } from '../media/mediaRoom.ts';
import { connectSession, type SessionConnection } from '../session/connection.ts';
import type { Held } from '../session/held.ts';
import { createKeyring, type AdmitProblem, type Doubt, type GroupKey, type Guest, type Keyring } from './keyring.ts';
import { fetchKey } from './fetchKey.ts';
import { leadIdentity } from './leadIdentity.ts';
import { isMarked } from './tabMarks.ts';
import { visitMedia } from './visitMedia.ts';

export type VisitOptions = {
  personId: string;
  sessionId: string;
  store: KeyStore;
  device: DeviceKeys;
  devices: LocalDevices;
  /** Where media will be. */
  mediaUrl: string;
  onChange(): void;
  onClosed(code: CloseCode): void;
  /** The connection is there (again). */
  onConnected(): void;
  /** Rosters or boxes did not add up. */
  onDoubt(doubt: Doubt): void;
};

/** One person's presence in a session: connection, keys and media, from the door to leaving. */
export type Visit = {
  held(): Held | null;
  me(): Person | undefined;
  connected(): boolean;
  /** What the server can't do now: store what is given (it waits), or reach the installation's other servers. */
  trouble(): 'notStoring' | 'notLinked' | null;
  key(): GroupKey | null;
  media(): MediaSnapshot | null;
  /** Whose pictures this device takes. */
  pictures: PictureKeeper;
  /** Resolves with the first view. */
  ready: Promise<void>;
  standing: Keyring['standing'];
  connection: SessionConnection;
  /** Comes to the door; with `takeOver` also when the person is here on another device, which then goes. */
  enter(ticks: Ticks, takeOver: boolean): Promise<CommandAnswer>;
  give(command: Command): Promise<CommandAnswer>;
  admit(guests: Guest[]): Promise<AdmitProblem | null>;
  startAudio(): void;
  setSpeaker(deviceId: string): void;
  close(): void;
};

export async function startVisit(options: VisitOptions): Promise<Visit> {
  const { personId, sessionId, store, device, devices, mediaUrl, onChange } = options;
  const session = await openSessionKeys(store, device, sessionId, personId);
  const pictures = createPictureKeeper({ soundOnly: isMarked('sound-only', personId), onChange });
  let held: Held | null = null;
  let connected = false;
  let storing = true;
  let linked = true;
  let closed = false;
  let started = false;

  let firstView = (): void => {};
  const ready = new Promise<void>((done) => {
    firstView = done;
  });

  // Most often the whole line has gone then, which the connection's heartbeat would notice much later.
  const onLost = (): void => connection.prove();
  const media = visitMedia({ devices, pictures, mediaUrl, token: mediaToken, isMember, onChange, onLost });
  media.prepare();
  const connection = connectSession({
    personId,
    deviceId: device.deviceId,
    onHeld(next) {
      // Another session is on by now (this device slept through the end): the page starts afresh.
      if (next.view.sessionId !== sessionId) return closeFor('oldPage');
      held = next;
      settle();
      firstView();
    },
    onConnected(now) {
      connected = now;
      if (now) options.onConnected();
      onChange();
    },
    onStoring(now) {
      storing = now;
      onChange();
    },
    onLinked(now) {
      linked = now;
      onChange();
    },
    onClosed: closeFor,
    onBox: (box) => void ring.then((keyring) => keyring.takeBox(box)).catch(doubt),
    onKeyWanted: (wanted) => void ring.then((keyring) => keyring.answer(wanted)).catch(() => {}),
  });
  // What can't even be read is as little to be trusted as what fails a check.
  const doubt = (): void => options.onDoubt('refused');
  const ring = createKeyring({
    store,
    device,
    session,
    connection,
    view: () => {
      if (held === null) throw new Error('no view yet');
      return held.view;
    },
    onKey: settle,
    onDoubt: options.onDoubt,
  });
  const keyring = await ring;
  const keyFetch = fetchKey({ connection, keyring, situation });
  // Views may come before the keyring is there: they are settled now.
  started = true;
  settle();

  function me(): Person | undefined {
    const person = held?.view.people[personId];
    return person?.device.deviceId === device.deviceId ? person : undefined;
  }

  /** What this device can do about a key it lacks. */
  function situation(): 'none' | 'ask' | 'askThenOpen' | 'open' {
    const person = me();
    if (closed || held === null || person === undefined || held.view.phase === 'ended') return 'none';
    const staff = isStaff(person.role);
    // Who has lost the connection can let nobody in; the server decides when they count as gone (SPEC P6).
    const staffInside = staffInRoom(held.view).some((one) => held?.presence[one.personId] !== 'lost');
    if (person.status === 'waiting') return staff && !staffInside ? 'open' : 'none';
    if ((keyring.key()?.epoch ?? 0) >= held.view.audiences.group.epoch) return 'none';
    return staff ? 'askThenOpen' : 'ask';
  }

  /** Brings keys and media in line with what is held; called after every change. */
  function settle(): void {
    if (closed || held === null || !started) return;
    pictures.setFirst(leadIdentity(held.view));
    const person = me();
    const inside = person?.status === 'admitted' && held.view.phase !== 'ended';
    const { mediaRoom } = held.view.audiences.group;
    // First, so that the token is asked for at once; the key may come later.
    media.follow(inside ? { mediaRoom, key: keyring.key() } : null);
    if (person !== undefined) void keyring.takeRosters().catch(doubt);
    keyFetch.look();
    onChange();
  }

  function isMember(identity: string): boolean {
    const roster = keyring.key()?.roster.devices ?? [];
    return roster.some(({ personId: member, deviceId }) => mediaIdentity(member, deviceId) === identity);
  }

  async function mediaToken(): Promise<{ url: string; token: string }> {
    const answer = await connection.mediaToken('group');
    if (!answer.ok) throw new Error(answer.refused);
    return answer;
  }

  function closeFor(code: CloseCode): void {
    close();
    options.onClosed(code);
  }

  function close(): void {
    if (closed) return;
    closed = true;
    if (started) keyFetch.stop();
    connection.close();
    media.close();
  }

  return {
    held: () => held,
    me,
    connected: () => connected,
    trouble: () => (!storing ? 'notStoring' : !linked ? 'notLinked' : null),
    key: () => keyring.key(),
    media: media.snapshot,
    pictures,
    ready,
    standing: keyring.standing,
    connection,
    enter: (ticks, takeOver) => connection.give({ type: 'enter', device: session.card, ticks, takeOver }),
    async give(command) {
      // Ending for everybody must not happen minutes later, when the connection is back and nobody expects it.
      if (command.type === 'end' && !connected) return { ok: false, refused: 'busy', say: refusals.busy };
      return connection.give(command);
    },
    admit: keyring.admit,
    startAudio: media.startAudio,
    setSpeaker: media.setSpeaker,
    close,
  };
}
