import {
  LocalAudioTrack,
  LocalVideoTrack,
  RoomEvent,
  Track,
  type LocalTrack,
  type RemoteTrack,
  type RemoteTrackPublication,
  type Room,
} from 'livekit-client';
import { createConnection, type Connection } from './connection.ts';
import type { AttachPicture } from './participants.ts';
import { readTraffic, trafficBetween, type Traffic, type Way } from './traffic.ts';

/** How long the web socket may take, and then media, ms: a slow network is what is to be found out. */
const PATIENCE = { signal: 10_000, media: 15_000 };
/** How long the first picture may take after both ends are connected, ms. */
const FIRST_PICTURE_WITHIN = 20_000;
/** What the line carries only shows after some seconds, ms. */
const MEASURE_FOR = 6_000;

export type LoopOptions = {
  url: string;
  tokens: [sends: string, receives: string];
  picture: MediaStreamTrack;
  sound: MediaStreamTrack;
  signal: AbortSignal;
  /** The picture as it came back, for the screen. */
  onPicture(attach: AttachPicture): void;
  /** How it travels, as soon as something came back. */
  onWay(way: Way): void;
};

/**
 * Sends picture and sound from this page to the SFU and receives them again, encrypted like a session and with a key that
 * never leaves the page. `unreached`: the SFU could not be connected to.
 */
export async function runLoop(options: LoopOptions): Promise<Traffic | 'unreached'> {
  const bytes = crypto.getRandomValues(new Uint8Array(32)).buffer;
  const ends = [0, 1].map(() => createConnection(null));
  const [sender, receiver] = ends as [Connection, Connection];
  const drop = (): void => void Promise.all(ends.map((end) => end.drop()));
  options.signal.addEventListener('abort', drop, { once: true });
  try {
    const received = receive(receiver.room, options.onPicture);
    await Promise.all(ends.map((end) => end.setKey({ bytes, index: 0 })));
    const joined = await Promise.allSettled(
      ends.map((end, index) => end.join(options.url, options.tokens[index] ?? '', PATIENCE, () => {})),
    );
    if (joined.some(({ status }) => status === 'rejected')) return 'unreached';
    await send(sender.room, options);
    await within(received.first, FIRST_PICTURE_WITHIN);
    return await measure(receiver.room, options);
  } finally {
    options.signal.removeEventListener('abort', drop);
    drop();
  }
}

async function send(room: Room, { picture, sound }: LoopOptions): Promise<void> {
  if (!room.isE2EEEnabled) throw new Error('Not encrypted.');
  const { localParticipant: me } = room;
  await Promise.all([
    // `true`: the tracks are the caller's, who ends them. livekit-client's types don't know exactOptionalPropertyTypes.
    me.publishTrack(new LocalVideoTrack(picture, undefined, true) as LocalTrack, { source: Track.Source.Camera }),
    me.publishTrack(new LocalAudioTrack(sound, undefined, true) as LocalTrack, { source: Track.Source.Microphone }),
  ]);
}

/** Takes what is encrypted. Sound is decoded but not heard: it would come out of the room's own speaker. */
function receive(room: Room, onPicture: LoopOptions['onPicture']): { first: Promise<void> } {
  function take(publication: RemoteTrackPublication): void {
    if (!publication.isEncrypted) return;
    publication.setSubscribed(true);
    // Else none is sent while the picture is scrolled out of sight.
    publication.setEnabled(true);
  }
  room.on(RoomEvent.TrackPublished, take);
  room.on(RoomEvent.Connected, () => {
    for (const { trackPublications } of room.remoteParticipants.values()) trackPublications.forEach(take);
  });
  const first = new Promise<void>((resolve) => {
    room.on(RoomEvent.TrackSubscribed, (track: RemoteTrack) => {
      if (track.kind === Track.Kind.Audio) {
        track.attach(Object.assign(new Audio(), { muted: true }));
        return;
      }
      onPicture((element) => {
        track.attach(element);
        element.addEventListener('loadeddata', () => resolve(), { once: true });
        return () => void track.detach(element);
      });
    });
  });
  return { first };
}

async function measure(room: Room, { signal, onWay }: LoopOptions): Promise<Traffic> {
  const before = await readTraffic(room);
  onWay(before.way);
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, MEASURE_FOR);
    signal.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true });
  });
  return trafficBetween(before, await readTraffic(room));
}

/** Resolves with the promise or after the time (ms), whichever is first. */
async function within(promise: Promise<void>, ms: number): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  await Promise.race([promise, new Promise((resolve) => (timer = setTimeout(resolve, ms)))]);
  clearTimeout(timer);
}
