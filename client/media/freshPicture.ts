import {
  RoomEvent,
  Track,
  type RemoteParticipant,
  type RemoteTrack,
  type RemoteTrackPublication,
  type Room,
} from 'livekit-client';

/** The topic of the message by which a device asks another for a whole picture. */
const TOPIC = 'picture';
/** Not more often, ms: when many come in together, one whole picture serves all of them. */
const AT_MOST_EVERY = 200;

/** Not in TypeScript's own types yet: https://w3c.github.io/webrtc-extensions/#rtcrtpencodingparameters */
type Encoder = {
  setParameters(now: RTCRtpSendParameters, options: { encodingOptions: { keyFrame: boolean }[] }): Promise<void>;
};

/**
 * Whoever can show somebody's camera from now on asks them for a whole picture, over the encrypted channel, and whoever is
 * asked sends one. The first one, which the SFU asks for, often comes before the browser is ready for it and is lost; what
 * follows are changes to it, which show nothing. Asked again by the SFU, a browser makes no second one within 300 ms:
 * altogether most of a second (SFU 1.13.3, Chromium 156). Returns how to stop.
 */
export function freshPictures(room: Room, isMember: (identity: string) => boolean): () => void {
  let last = -AT_MOST_EVERY;
  let later: ReturnType<typeof setTimeout> | undefined;

  function ask(track: RemoteTrack, _: RemoteTrackPublication, { identity }: RemoteParticipant): void {
    if (track.kind !== Track.Kind.Video || !isMember(identity)) return;
    const message = { reliable: true, topic: TOPIC, destinationIdentities: [identity] };
    // Without it the picture comes later.
    void room.localParticipant.publishData(new Uint8Array([1]), message).catch(() => undefined);
  }

  function answer(_: Uint8Array, from?: RemoteParticipant, __?: unknown, topic?: string): void {
    // Who has just come in is heard from before the SFU has told of them.
    if (topic !== TOPIC || (from !== undefined && !isMember(from.identity))) return;
    clearTimeout(later);
    later = setTimeout(send, Math.max(0, last + AT_MOST_EVERY - performance.now()));
  }

  function send(): void {
    const sender = room.localParticipant.getTrackPublication(Track.Source.Camera)?.videoTrack?.sender;
    if (!sender) return;
    last = performance.now();
    const now = sender.getParameters();
    const encodingOptions = now.encodings.map(() => ({ keyFrame: true }));
    // Where the browser can't, the picture comes when the SFU asks for it.
    void (sender as Encoder).setParameters(now, { encodingOptions }).catch(() => undefined);
  }

  room.on(RoomEvent.TrackSubscribed, ask).on(RoomEvent.DataReceived, answer);
  return () => {
    clearTimeout(later);
    room.off(RoomEvent.TrackSubscribed, ask).off(RoomEvent.DataReceived, answer);
  };
}
