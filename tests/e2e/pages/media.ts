import { createPictureKeeper } from '../../../client/media/bandwidthKeeper.ts';
import type { CaptureKind, DevicesState, LocalDevices } from '../../../client/media/devices.ts';
import { createLocalDevices } from '../../../client/media/localDevices.ts';
import { openMediaRoom, type MediaRoom, type MediaSnapshot } from '../../../client/media/mediaRoom.ts';
import type { AttachPicture } from '../../../client/media/participants.ts';

/** What a test can do in this page, as `window.media`. */
export type MediaPage = {
  devices: LocalDevices;
  state(): Omit<DevicesState, 'stream'>;
  /** Enters the room. `keySeed` makes the key: the same seed, the same key. */
  enter(options: { members: string[]; keySeed: number }): void;
  snapshot(): PlainSnapshot | null;
  /** Everything the snapshots ever said, as text. */
  everSaid(): string;
  setOn(kind: CaptureKind, on: boolean): void;
  setMembers(members: string[]): void;
  setKey(keySeed: number, index: number): Promise<void>;
  close(): Promise<void>;
};

/** A snapshot that can leave the page: pictures as a yes or no. */
export type PlainSnapshot = Omit<MediaSnapshot, 'participants'> & {
  participants: Record<string, Omit<MediaSnapshot['participants'][string], 'picture'> & { picture: boolean }>;
};

declare global {
  interface Window {
    media: MediaPage;
    /** Given by the test. */
    mint(): Promise<{ url: string; token: string }>;
  }
}

const main = document.querySelector('main')!;
const shown = new Map<string, { picture: AttachPicture; remove(): void }>();
let members = new Set<string>();
let room: MediaRoom | null = null;
let last: PlainSnapshot | null = null;
let said = '';

const pictures = createPictureKeeper({ soundOnly: false, onChange: () => undefined });
const devices = createLocalDevices({ remember: 'test:', onChange: () => undefined });

window.media = {
  devices,
  state() {
    const { stream: _, ...rest } = devices.state();
    return rest;
  },
  enter(options) {
    members = new Set(options.members);
    room = openMediaRoom({
      token: () => window.mint(),
      isMember: (identity) => members.has(identity),
      devices,
      speaker: null,
      pictures,
      onChange: show,
    });
    void room.setKey(keyOf(options.keySeed), 0);
  },
  snapshot: () => last,
  everSaid: () => said,
  setOn: (kind, on) => devices.setOn(kind, on),
  setMembers(now) {
    members = new Set(now);
    room?.membersChanged();
  },
  setKey: async (keySeed, index) => room?.setKey(keyOf(keySeed), index),
  close: async () => room?.close(),
};

document.querySelector('#tap')!.addEventListener('click', () => room?.startAudio());

function keyOf(seed: number): ArrayBuffer {
  return new Uint8Array(32).fill(seed).buffer;
}

function show(snapshot: MediaSnapshot): void {
  const people = Object.values(snapshot.participants);
  last = {
    ...snapshot,
    participants: Object.fromEntries(people.map((one) => [one.identity, { ...one, picture: one.picture !== null }])),
  };
  said += JSON.stringify(last);
  for (const [identity, tile] of shown) {
    if (snapshot.participants[identity]?.picture === tile.picture) continue;
    tile.remove();
    shown.delete(identity);
  }
  for (const { identity, picture } of people) {
    if (picture === null || shown.has(identity)) continue;
    const video = document.createElement('video');
    video.dataset['identity'] = identity;
    main.append(video);
    const detach = picture(video);
    shown.set(identity, {
      picture,
      remove() {
        detach();
        video.remove();
      },
    });
  }
}
