import {
  RoomEvent,
  Track,
  VideoQuality,
  type Participant,
  type RemoteTrack,
  type RemoteTrackPublication,
  type Room,
} from 'livekit-client';
import type { PictureKeeper } from './bandwidthKeeper.ts';
import { lineOf } from './bandwidthLine.ts';
import { freshPictures } from './freshPicture.ts';

export type Subscriber = {
  /** Looks at every publication again: after the roster changed. */
  review(): void;
  /** True while the browser keeps remote sound silent until the person taps. */
  audioBlocked(): boolean;
  /** Removes the sound elements. */
  stop(): void;
};

export type SubscriberOptions = {
  isMember(identity: string): boolean;
  /** Whose pictures are taken, and how large. */
  pictures: PictureKeeper;
  /** Collects the ids of tracks that came without encryption. */
  refused: Set<string>;
};

const SHOWN = new Set([Track.Source.Camera, Track.Source.Microphone]);

/** Receives the encrypted cameras and microphones of members, plays their sound, and refuses everything else. */
export function createSubscriber(room: Room, { isMember, pictures, refused }: SubscriberOptions): Subscriber {
  const sounds = new Map<string, HTMLMediaElement>();

  function isWelcome(publication: RemoteTrackPublication, participant: Participant): boolean {
    return publication.isEncrypted && SHOWN.has(publication.source) && isMember(participant.identity);
  }

  /** Sound is always taken. A picture that is not taken is not sent at all, so that the line is free for sound. */
  function isWanted(publication: RemoteTrackPublication, participant: Participant): boolean {
    if (!isWelcome(publication, participant)) return false;
    return publication.source !== Track.Source.Camera || pictures.takes(participant.identity) !== 'none';
  }

  function consider(publication: RemoteTrackPublication, participant: Participant): void {
    if (!publication.isEncrypted) refused.add(publication.trackSid);
    const wanted = isWanted(publication, participant);
    if (publication.isDesired !== wanted) publication.setSubscribed(wanted);
    if (wanted && publication.source === Track.Source.Camera) resize(publication, participant);
    // Now, not when the server has obeyed.
    if (!wanted && publication.track) gone(publication.track, publication);
    else if (publication.track) play(publication.track, publication);
  }

  /** `small` is the smallest layer that the sender makes; otherwise the size of the tile decides. */
  function resize(publication: RemoteTrackPublication, participant: Participant): void {
    const quality = pictures.takes(participant.identity) === 'small' ? VideoQuality.LOW : VideoQuality.HIGH;
    if (publication.videoQuality !== quality) publication.setVideoQuality(quality);
  }

  function review(): void {
    for (const participant of room.remoteParticipants.values()) {
      for (const publication of participant.trackPublications.values()) {
        consider(publication, participant);
      }
    }
  }

  function received(track: RemoteTrack, publication: RemoteTrackPublication, participant: Participant): void {
    // The server decides what it sends; what we did not ask for is sent back unplayed.
    if (!isWanted(publication, participant)) {
      if (!publication.isEncrypted) refused.add(publication.trackSid);
      publication.setSubscribed(false);
      return;
    }
    play(track, publication);
  }

  function play(track: RemoteTrack, publication: RemoteTrackPublication): void {
    if (track.kind !== Track.Kind.Audio || sounds.has(publication.trackSid)) return;
    const element = track.attach();
    element.hidden = true;
    document.body.append(element);
    sounds.set(publication.trackSid, element);
  }

  function gone(track: RemoteTrack, publication: RemoteTrackPublication): void {
    for (const element of track.detach()) if (track.kind === Track.Kind.Audio) element.remove();
    sounds.delete(publication.trackSid);
  }

  room
    .on(RoomEvent.TrackPublished, consider)
    .on(RoomEvent.TrackSubscribed, received)
    .on(RoomEvent.TrackUnsubscribed, gone);
  const stopFresh = freshPictures(room, isMember);
  // Reviews at once.
  const unfollow = pictures.follow(lineOf(room, isMember), review);

  return {
    review,
    audioBlocked: () => sounds.size > 0 && !room.canPlaybackAudio,
    stop() {
      unfollow();
      stopFresh();
      for (const element of sounds.values()) {
        element.srcObject = null;
        element.remove();
      }
      sounds.clear();
    },
  };
}
