import type { PictureKeeper } from '../media/bandwidthKeeper.ts';
import type { LocalDevices } from '../media/devices.ts';
import type { Connection } from '../media/connection.ts';
import type { MediaRoom, MediaSnapshot, openMediaRoom } from '../media/mediaRoom.ts';
import { frameKey } from '../keys/frameKey.ts';
import type { GroupKey } from './keyring.ts';

/** Media that failed to open, or was closed from outside, is opened again after this. */
const ENTER_AGAIN_MS = 1_000;

/** The library of the media room, which is loaded apart, and a connection made in advance. */
type Prepared = { open: typeof openMediaRoom; connection: Connection };

export type VisitMediaOptions = {
  devices: LocalDevices;
  pictures: PictureKeeper;
  /** Where media will be. */
  mediaUrl: string;
  /** Asked only for a device that was let in. Rejects when it is refused. */
  token(): Promise<{ url: string; token: string }>;
  isMember(identity: string): boolean;
  onChange(): void;
  /** The connection to the SFU is lost and being made anew. */
  onLost(): void;
};

/** What this device is to do with media: null outside the room; the key is null while it is on its way. */
export type MediaPlace = { mediaRoom: string; key: GroupKey | null } | null;

/**
 * One visit's media. Everything is loaded and started while its person stands at the door; being let in then costs no more
 * than the token and the connection, both of which go ahead while the key is still on its way. Nothing is sent without it.
 */
export function visitMedia(options: VisitMediaOptions) {
  const { devices, onChange } = options;
  let place: MediaPlace = null;
  let prepared: Prepared | null = null;
  let room: MediaRoom | null = null;
  let snapshot: MediaSnapshot | null = null;
  /** The epoch of the key that the room has; 0: none. */
  let epoch = 0;
  let pausing: ReturnType<typeof setTimeout> | undefined;
  let closed = false;

  async function prepare(): Promise<void> {
    const { openMediaRoom: open, prepareConnection } = await import('../media/mediaRoom.ts');
    if (closed || prepared !== null || room !== null) return;
    prepared = { open, connection: prepareConnection(devices.state().chosen.speaker, options.mediaUrl) };
    settle();
  }

  function settle(): void {
    if (closed || pausing !== undefined) return;
    if (place === null) return leave();
    const { key, mediaRoom } = place;
    // A key that was let go of (at the door again) must not live on in a worker.
    if (key === null && epoch > 0) leave();
    if (room === null) enter();
    room?.membersChanged();
    if (room !== null && key !== null && key.epoch !== epoch) void takeKey(room, key, mediaRoom).catch(enterAgainSoon);
  }

  function enter(): void {
    if (prepared === null) return void prepare().catch(enterAgainSoon);
    const { open, connection } = prepared;
    prepared = null;
    const entered = open({
      token: options.token,
      prepared: connection,
      isMember: options.isMember,
      devices,
      pictures: options.pictures,
      speaker: devices.state().chosen.speaker,
      onChange(next) {
        if (room !== entered) return;
        const was = snapshot?.state;
        snapshot = next;
        if (was === 'connected' && next.state === 'reconnecting') options.onLost();
        // Closed from outside while the session still has a place for this device: in again.
        if (next.closedBy !== null) enterAgainSoon();
        onChange();
      },
    });
    room = entered;
  }

  async function takeKey(into: MediaRoom, key: GroupKey, mediaRoom: string): Promise<void> {
    epoch = key.epoch;
    const bytes = await frameKey(key.secret, mediaRoom, key.epoch);
    // A newer one, or another room, has come meanwhile.
    if (room !== into || epoch !== key.epoch) return;
    await into.setKey(bytes, key.epoch);
  }

  function leave(): void {
    void room?.close();
    room = snapshot = null;
    epoch = 0;
  }

  function enterAgainSoon(): void {
    leave();
    clearTimeout(pausing);
    pausing = setTimeout(() => {
      pausing = undefined;
      settle();
    }, ENTER_AGAIN_MS);
  }

  return {
    prepare: () => void prepare().catch(() => {}),
    /** Brings media in line with where this device is now; called after every change. */
    follow(now: MediaPlace): void {
      place = now;
      settle();
    },
    snapshot: () => snapshot,
    startAudio: () => room?.startAudio(),
    setSpeaker: (deviceId: string) => room?.setSpeaker(deviceId),
    close(): void {
      closed = true;
      clearTimeout(pausing);
      void prepared?.connection.drop();
      prepared = null;
      leave();
    },
  };
}
