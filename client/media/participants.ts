import {
  ConnectionQuality,
  Track,
  type LocalParticipant,
  type Participant,
  type RemoteTrack,
  type RemoteTrackPublication,
  type Room,
} from 'livekit-client';
import type { LocalDevices } from './devices.ts';
import { changesAt, nextSpeaking, QUIET, type Speaking } from './speaking.ts';

/** Shows the picture in an element and returns how to take it away. The same function while the track is the same. */
export type AttachPicture = (element: HTMLVideoElement) => () => void;

/** What media knows about one person's device in the room. */
export type MediaParticipant = {
  /** `personId#deviceId` */
  identity: string;
  picture: AttachPicture | null;
  /** There is a picture, but this device doesn't take it, so that the sound stays good. */
  paused: boolean;
  microphone: 'on' | 'off';
  speaking: boolean;
  /** A poor line: the picture may stutter. */
  weak: boolean;
  /** Nothing arrives from them any more. */
  lost: boolean;
};

export type ParticipantReader = {
  read(room: Room): Record<string, MediaParticipant>;
  /** The same people while there is no Room: no pictures but one's own, and everybody else lost. */
  readWithout(last: Record<string, MediaParticipant>, me: string | null): Record<string, MediaParticipant>;
  stop(): void;
};

const remotePictures = new WeakMap<RemoteTrack, AttachPicture>();
const ownPictures = new WeakMap<MediaStream, AttachPicture>();

/** Reads the people in a Room for the screens. `onChange` is called when a speaking mark goes on or off by time. */
export function createParticipantReader(options: {
  devices: LocalDevices;
  isMember(identity: string): boolean;
  onChange(): void;
}): ParticipantReader {
  const marks = new Map<string, Speaking>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  function isSpeaking(identity: string, loud: boolean, now: number): boolean {
    const mark = nextSpeaking(marks.get(identity) ?? QUIET, loud, now);
    marks.set(identity, mark);
    return mark.shown;
  }

  function wakeForNextMark(now: number): void {
    clearTimeout(timer);
    const moments = [...marks.values()].map(changesAt).filter((moment) => moment !== null);
    if (moments.length > 0) timer = setTimeout(options.onChange, Math.max(0, Math.min(...moments) - now) + 1);
  }

  function readOne(participant: Participant, own: boolean, now: number): MediaParticipant {
    const { identity, connectionQuality } = participant;
    const on = own ? options.devices.state().microphone === 'on' : hasOpenMicrophone(participant);
    return {
      identity,
      picture: own ? ownPicture() : remotePicture(participant),
      paused: !own && isPaused(participant),
      microphone: on ? 'on' : 'off',
      speaking: on ? isSpeaking(identity, participant.isSpeaking, now) : forget(identity),
      weak: connectionQuality === ConnectionQuality.Poor,
      lost: connectionQuality === ConnectionQuality.Lost,
    };
  }

  function forget(identity: string): false {
    marks.delete(identity);
    return false;
  }

  function ownPicture(): AttachPicture | null {
    const { stream } = options.devices.state();
    if (stream === null) return null;
    const picture = ownPictures.get(stream) ?? ((element) => showStream(stream, element));
    ownPictures.set(stream, picture);
    return picture;
  }

  return {
    read(room) {
      const now = performance.now();
      const people = [...room.remoteParticipants.values()].filter(({ identity }) => options.isMember(identity));
      const me: LocalParticipant = room.localParticipant;
      const read = [readOne(me, true, now), ...people.map((person) => readOne(person, false, now))];
      for (const identity of marks.keys()) if (!read.some((person) => person.identity === identity)) forget(identity);
      wakeForNextMark(now);
      return Object.fromEntries(read.map((person) => [person.identity, person]));
    },
    readWithout(last, me) {
      marks.clear();
      clearTimeout(timer);
      const microphone = options.devices.state().microphone === 'on' ? 'on' : 'off';
      return Object.fromEntries(
        Object.values(last).map((person) => [
          person.identity,
          person.identity === me
            ? { ...person, picture: ownPicture(), microphone, speaking: false }
            : { ...person, picture: null, paused: false, speaking: false, lost: true },
        ]),
      );
    },
    stop: () => clearTimeout(timer),
  };
}

function hasOpenMicrophone(participant: Participant): boolean {
  const publication = participant.getTrackPublication(Track.Source.Microphone);
  return publication !== undefined && publication.isEncrypted && !publication.isMuted;
}

function isPaused(participant: Participant): boolean {
  const publication = participant.getTrackPublication(Track.Source.Camera) as RemoteTrackPublication | undefined;
  return publication !== undefined && publication.isEncrypted && !publication.isMuted && !publication.isDesired;
}

function remotePicture(participant: Participant): AttachPicture | null {
  const publication = participant.getTrackPublication(Track.Source.Camera);
  if (!publication?.isEncrypted || publication.isMuted || !publication.isSubscribed) return null;
  const track = publication.track as RemoteTrack;
  // Through livekit-client's own attach: it asks the SFU for the size that the element has, and for nothing while hidden.
  const picture = remotePictures.get(track) ?? ((element) => (track.attach(element), () => void track.detach(element)));
  remotePictures.set(track, picture);
  return picture;
}

function showStream(stream: MediaStream, element: HTMLVideoElement): () => void {
  element.muted = true;
  element.playsInline = true;
  element.autoplay = true;
  element.srcObject = stream;
  void element.play().catch(() => undefined);
  return () => {
    if (element.srcObject === stream) element.srcObject = null;
  };
}
