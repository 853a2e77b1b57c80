import type { PictureKeeper } from './bandwidthKeeper.ts';
import { CHANGES } from './changes.ts';
import { createConnection, type Connection } from './connection.ts';
import type { LocalDevices } from './devices.ts';
import type { MediaKey } from './keyProvider.ts';
import { createParticipantReader, type MediaParticipant } from './participants.ts';
import { createPublisher, type Publisher } from './publish.ts';
import { connectionEnd, patience, pause, rejoinDelay, type ClosedBy } from './rejoin.ts';
import { createSubscriber, type Subscriber } from './subscribe.ts';

/** What a media room looks like to its person at one moment. */
export type MediaSnapshot = {
  state: 'connecting' | 'connected' | 'reconnecting' | 'closed';
  /** Set when the room was closed from outside; there is no way back in with this object. */
  closedBy: ClosedBy | null;
  /** The worker has confirmed that what we send is encrypted, and with the group's key. */
  encrypted: boolean;
  /** How many tracks came without encryption since the room was opened; none was shown or played. */
  refusedTracks: number;
  /** The browser keeps the sound silent until the person taps: call `startAudio` then. */
  audioBlocked: boolean;
  /** By identity: the members whose devices are connected, and this one. */
  participants: Record<string, MediaParticipant>;
  /** Identities that are connected to the SFU without being members. They get nothing they can decrypt. */
  strangers: string[];
};

export type MediaRoomOptions = {
  /** Asked at each try, since tokens are short-lived. May reject: it is asked again a little later. */
  token(): Promise<{ url: string; token: string }>;
  /** Made in advance by `prepareConnection`; otherwise it is made when it is needed. */
  prepared?: Connection;
  /** Is this identity (`personId#deviceId`) on the roster? Say so with `membersChanged` when answers change. */
  isMember(identity: string): boolean;
  devices: LocalDevices;
  speaker: string | null;
  /** Whose pictures are taken; kept by the caller, through rooms and rejoins. */
  pictures: PictureKeeper;
  onChange(snapshot: MediaSnapshot): void;
};

export type MediaRoom = {
  /** Uses this key from now on; before the first one nothing is sent. Rejects when it hasn't 32 bytes. */
  setKey(bytes: ArrayBuffer, index: number): Promise<void>;
  /** Brings what is published in line with the devices. Changes of the devices do this by themselves. */
  syncDevices(): Promise<void>;
  membersChanged(): void;
  setSpeaker(deviceId: string): void;
  /** Call it from a tap when the snapshot says `audioBlocked`. */
  startAudio(): void;
  /** Leaves for good. `onChange` is not called any more. */
  close(): Promise<void>;
};

/** `publisher` comes last: with media connected, encryption confirmed, and the key there. */
type Live = { connection: Connection; subscriber: Subscriber; publisher: Publisher | null };

/** A connection that ends sooner counts as a failed try, ms: a server that throws everybody out is not hammered. */
const SHORT_LIVED = 3_000;

/**
 * Starts whatever a media room needs, so that it is there when its person is let in. The browser also looks up the SFU's
 * name and greets its machine (a HEAD request): without a token, so nobody enters anything by it.
 */
export function prepareConnection(speaker: string | null, url: string): Connection {
  const connection = createConnection(speaker);
  void connection.room.prepareConnection(url);
  return connection;
}

/** Enters a LiveKit room and stays in it, through lost connections and restarts of the SFU, until it is closed. */
export function openMediaRoom(options: MediaRoomOptions): MediaRoom {
  const { devices, isMember, pictures } = options;
  const closing = new AbortController();
  const refused = new Set<string>();
  const reader = createParticipantReader({ devices, isMember, onChange: changed });
  let { speaker } = options;
  let key: MediaKey | null = null;
  let state: MediaSnapshot['state'] = 'connecting';
  let closedBy: MediaSnapshot['closedBy'] = null;
  let me: string | null = null;
  let participants: MediaSnapshot['participants'] = {};
  let trying: Connection | null = null;
  let spare: Connection | null = options.prepared ?? null;
  let live: Live | null = null;
  let announcing = false;

  function snapshot(): MediaSnapshot {
    const room = live?.connection.room;
    participants = room ? reader.read(room) : reader.readWithout(participants, me);
    const present = [...(room?.remoteParticipants.keys() ?? [])];
    return {
      state,
      closedBy,
      encrypted: live?.connection.isEncrypted() ?? false,
      refusedTracks: refused.size,
      audioBlocked: live?.subscriber.audioBlocked() ?? false,
      participants,
      strangers: present.filter((identity) => !isMember(identity)),
    };
  }

  /** One snapshot for everything that happens in a tick: livekit-client is half-way through when it tells. */
  function changed(): void {
    if (announcing || closing.signal.aborted) return;
    announcing = true;
    queueMicrotask(() => {
      announcing = false;
      if (!closing.signal.aborted) options.onChange(snapshot());
    });
  }

  async function stayIn(): Promise<void> {
    let failures = 0;
    while (!closing.signal.aborted) {
      const began = performance.now();
      try {
        await enter(failures);
        closedBy = await connectionEnd(live!.connection.room, closing.signal);
        failures = performance.now() - began < SHORT_LIVED ? failures + 1 : 0;
      } catch {
        failures += 1;
      }
      await leave();
      if (closedBy !== null) return finish();
      if (!closing.signal.aborted) await pause(rejoinDelay(failures), closing.signal);
    }
  }

  async function enter(failures: number): Promise<void> {
    const { url, token } = await options.token();
    closing.signal.throwIfAborted();
    const connection = (trying = spare ?? createConnection(speaker));
    spare = null;
    if (key !== null) await connection.setKey(key);
    await connection.join(url, token, patience(failures), () => greet(connection));
    closing.signal.throwIfAborted();
    state = 'connected';
    // What others published while media were being connected was not told by an event.
    live?.subscriber.review();
    publish();
    changed();
  }

  /** The SFU has said who is there, while media are still being connected. */
  function greet(connection: Connection): void {
    const { room } = connection;
    for (const event of CHANGES) room.on(event, changed);
    me = room.localParticipant.identity;
    live = { connection, subscriber: createSubscriber(room, { isMember, pictures, refused }), publisher: null };
    changed();
  }

  /** Sends camera and microphone, side by side, from the moment at which that is safe. */
  function publish(): void {
    if (live === null || live.publisher !== null || state !== 'connected') return;
    const { connection } = live;
    if (!connection.isEncrypted()) return;
    live.publisher = createPublisher(connection.room, devices);
    void live.publisher.sync();
  }

  async function leave(): Promise<void> {
    if (live && !closing.signal.aborted) state = 'reconnecting';
    live?.publisher?.stop();
    live?.subscriber.stop();
    // A worker and a Room that never got as far as the SFU serve for the next try.
    if (trying && !trying.used() && !closing.signal.aborted) spare = trying;
    const dropped = spare ? null : trying?.drop();
    live = trying = null;
    changed();
    // The next try doesn't wait for the farewell of a connection that is gone.
    if (closing.signal.aborted) await dropped;
  }

  function finish(): void {
    state = 'closed';
    void spare?.drop();
    unsubscribe();
    reader.stop();
    changed();
  }

  function setSpeaker(deviceId: string): void {
    speaker = deviceId;
    // Browsers without a choice of speaker play on the usual one.
    void (trying ?? spare)?.room.switchActiveDevice('audiooutput', deviceId).catch(() => undefined);
  }

  const unsubscribe = devices.subscribe(() => {
    void live?.publisher?.sync();
    changed();
  });
  // Another one may have been chosen since it was prepared.
  if (spare !== null && speaker !== null) setSpeaker(speaker);
  changed();
  const staying = stayIn();

  return {
    async setKey(bytes, index) {
      key = { bytes, index };
      await (trying ?? spare)?.setKey(key);
      publish();
      changed();
    },
    syncDevices: async () => live?.publisher?.sync(),
    membersChanged() {
      live?.subscriber.review();
      changed();
    },
    setSpeaker,
    startAudio() {
      void live?.connection.room.startAudio().catch(() => undefined);
    },
    async close() {
      closing.abort();
      // Ends an attempt that is still under way.
      void trying?.drop();
      await Promise.race([staying, pause(2_000, new AbortController().signal)]);
      finish();
    },
  };
}
