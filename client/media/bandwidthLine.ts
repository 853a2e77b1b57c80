import { ConnectionQuality, Track, type Room } from 'livekit-client';
import type { Line } from './bandwidthKeeper.ts';
import { lookBetween, type LineCounts, type TrackCounts } from './bandwidthLook.ts';
import { receivedTracks } from './received.ts';

/** The line of one Room and the members in it. */
export function lineOf(room: Room, isMember: (identity: string) => boolean): Line {
  let before: LineCounts = { at: performance.now(), senders: new Map() };
  const members = () => [...room.remoteParticipants.values()].filter(({ identity }) => isMember(identity));
  return {
    async look() {
      const now = await countLine(room);
      const look = lookBetween(before, now, isPoor(room));
      before = now;
      return look;
    },
    people: () =>
      members().map((person) => {
        const camera = person.getTrackPublication(Track.Source.Camera);
        return { identity: person.identity, filmed: camera !== undefined && !camera.isMuted };
      }),
    speaking: () => members().flatMap(({ identity, isSpeaking }) => (isSpeaking ? identity : [])),
  };
}

/** Reads the counts of everything that arrives in this Room now. */
async function countLine(room: Room): Promise<LineCounts> {
  const at = performance.now();
  const senders: LineCounts['senders'] = new Map();
  for (const { identity, track, report } of await receivedTracks(room)) {
    const tracks = senders.get(identity) ?? new Map<string, TrackCounts>();
    senders.set(identity, tracks);
    report.forEach((entry: InboundStats) => {
      if (entry.type === 'inbound-rtp') tracks.set(`${track.sid} ${entry.id}`, countsOf(entry));
    });
  }
  return { at, senders };
}

/** Whether the SFU calls this device's own line poor. */
function isPoor(room: Room): boolean {
  const { connectionQuality } = room.localParticipant;
  return connectionQuality === ConnectionQuality.Poor || connectionQuality === ConnectionQuality.Lost;
}

type InboundStats = {
  type: string;
  id: string;
  packetsReceived?: number;
  packetsLost?: number;
  totalSamplesReceived?: number;
  concealedSamples?: number;
  silentConcealedSamples?: number;
};

function countsOf(entry: InboundStats): TrackCounts {
  const { packetsReceived = 0, packetsLost = 0, totalSamplesReceived = 0 } = entry;
  return {
    packetsReceived,
    packetsLost,
    samples: totalSamplesReceived,
    madeUp: (entry.concealedSamples ?? 0) - (entry.silentConcealedSamples ?? 0),
  };
}
