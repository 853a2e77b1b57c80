import type { RemoteTrack, Room } from 'livekit-client';

export type ReceivedTrack = { identity: string; track: RemoteTrack; report: RTCStatsReport };

/** WebRTC's figures of every track that this Room receives now, with whose it is. */
export async function receivedTracks(room: Room): Promise<ReceivedTrack[]> {
  const received: ReceivedTrack[] = [];
  for (const { identity, trackPublications } of room.remoteParticipants.values()) {
    for (const { track } of trackPublications.values()) {
      const report = await track?.getRTCStatsReport();
      if (track && report) received.push({ identity, track, report });
    }
  }
  return received;
}
