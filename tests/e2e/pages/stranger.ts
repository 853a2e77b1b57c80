import { Room, RoomEvent, Track } from 'livekit-client';

/** A client that has a valid token and no key, as `window.stranger`: it does what ours must be safe from. */
export type StrangerPage = {
  join(url: string, token: string): Promise<void>;
  /** Publishes camera and microphone in the clear; `claim` says they were encrypted. */
  publish(options: { claim: boolean }): Promise<void>;
  send(text: string): Promise<void>;
  /** Data messages that arrived here. */
  received(): string[];
};

declare global {
  interface Window {
    stranger: StrangerPage;
  }
}

/** AES-GCM in LiveKit's protocol. */
const CLAIM = 1;
const room = new Room();
const received: string[] = [];

room.on(RoomEvent.DataReceived, (bytes) => received.push(new TextDecoder().decode(bytes)));
room.on(RoomEvent.TrackSubscribed, (track) => {
  const element = track.attach();
  document.body.append(element);
});

window.stranger = {
  join: (url, token) => room.connect(url, token),
  async publish({ claim }) {
    const stream = await navigator.mediaDevices.getUserMedia({ video: true, audio: true });
    const [video] = stream.getVideoTracks();
    const [audio] = stream.getAudioTracks();
    const me = room.localParticipant as unknown as { encryptionType: number };
    me.encryptionType = claim ? CLAIM : 0;
    await room.localParticipant.publishTrack(video!, { source: Track.Source.Camera });
    await room.localParticipant.publishTrack(audio!, { source: Track.Source.Microphone });
  },
  send: (text) => room.localParticipant.publishData(new TextEncoder().encode(text), { reliable: true }),
  received: () => received,
};
