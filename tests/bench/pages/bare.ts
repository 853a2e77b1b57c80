import { createLocalTracks, Room, RoomEvent, Track, type LocalTrack } from 'livekit-client';
import { RoomKeyProvider } from '../../../client/media/keyProvider.ts';

/** The least a page can do for an encrypted call, as `window.bare`: what Kinroom is measured against. */
export type BarePage = {
  /** Takes camera and microphone, starts the worker, sets the key: everything that can be done before `join`. */
  prepare(): Promise<void>;
  /** Connects, then publishes both tracks side by side. Resolves to the moment it began, ms since 1970. */
  join(url: string, token: string): Promise<number>;
  leave(): Promise<void>;
};

declare global {
  interface Window {
    bare: BarePage;
  }
}

let room: Room | null = null;
let tracks: LocalTrack[] = [];

window.bare = {
  async prepare() {
    tracks = await createLocalTracks({
      video: { resolution: { width: 640, height: 360, frameRate: 24 } },
      audio: true,
    });
    const keyProvider = new RoomKeyProvider();
    const worker = new Worker(new URL('../../../client/media/encryption.worker.ts', import.meta.url), {
      type: 'module',
    });
    room = new Room({ encryption: { keyProvider, worker } });
    room.on(RoomEvent.TrackSubscribed, (track) => {
      const element = track.attach();
      if (track.kind === Track.Kind.Video) element.style.width = '640px';
      document.body.append(element);
    });
    await keyProvider.setKey({ bytes: new Uint8Array(32).fill(7).buffer, index: 0 });
    await room.setE2EEEnabled(true);
  },
  async join(url, token) {
    const began = performance.timeOrigin + performance.now();
    if (room === null) throw new Error('Prepare first.');
    const { localParticipant } = room;
    await room.connect(url, token);
    await Promise.all(tracks.map((track) => localParticipant.publishTrack(track)));
    return began;
  },
  leave: async () => room?.disconnect(),
};
