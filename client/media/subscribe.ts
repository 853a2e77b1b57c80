import {
  RoomEvent,
  Track,
  type Participant,
  type RemoteTrack,
  type RemoteTrackPublication,
  type Room,
} from 'livekit-client';

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
  /** Collects the ids of tracks that came without encryption. */
  refused: Set<string>;
};

const SHOWN = new Set([Track.Source.Camera, Track.Source.Microphone]);

/** Receives the encrypted cameras and microphones of members, plays their sound, and refuses everything else. */
export function createSubscriber(room: Room, { isMember, refused }: SubscriberOptions): Subscriber {
  const sounds = new Map<string, HTMLMediaElement>();

  function isWelcome(publication: RemoteTrackPublication, participant: Participant): boolean {
    return publication.isEncrypted && SHOWN.has(publication.source) && isMember(participant.identity);
  }

  function consider(publication: RemoteTrackPublication, participant: Participant): void {
    if (!publication.isEncrypted) refused.add(publication.trackSid);
    const welcome = isWelcome(publication, participant);
    if (publication.isDesired !== welcome) publication.setSubscribed(welcome);
    // Now, not when the server has obeyed.
    if (!welcome && publication.track) gone(publication.track, publication);
    else if (publication.track) play(publication.track, publication);
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
    if (!isWelcome(publication, participant)) {
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
  review();

  return {
    review,
    audioBlocked: () => sounds.size > 0 && !room.canPlaybackAudio,
    stop() {
      for (const element of sounds.values()) {
        element.srcObject = null;
        element.remove();
      }
      sounds.clear();
    },
  };
}
