import type { Room } from 'livekit-client';
import { receivedTracks } from './received.ts';

/** What arrived in some seconds. */
export type Traffic = {
  framesPerSecond: number;
  /** Thousand bits a second, sound and picture together. */
  kbits: number;
  /** The share of packets that was lost, 0 to 1. */
  lost: number;
  /** Packets of sound in a second. */
  soundPackets: number;
  /** There and back to the SFU, ms; null where the browser doesn't tell. */
  roundTrip: number | null;
};

type Counts = { at: number; frames: number; bytes: number; received: number; lost: number; sound: number };

/** What carries it; `unknown` where the browser doesn't tell. */
export type Way = 'udp' | 'tcp' | 'unknown';

export type TrafficCounts = Counts & { roundTrip: number | null; way: Way };

/** The counts of everything that arrived in this Room so far, and how it travels. */
export async function readTraffic(room: Room): Promise<TrafficCounts> {
  const counts: TrafficCounts = {
    at: performance.now(),
    frames: 0,
    bytes: 0,
    received: 0,
    lost: 0,
    sound: 0,
    roundTrip: null,
    way: 'unknown',
  };
  for (const { report } of await receivedTracks(room)) count(new Map(report), counts);
  return counts;
}

export function trafficBetween(before: Counts, after: Counts & Pick<TrafficCounts, 'roundTrip'>): Traffic {
  const seconds = Math.max(0.001, (after.at - before.at) / 1_000);
  const received = after.received - before.received;
  const lost = Math.max(0, after.lost - before.lost);
  return {
    framesPerSecond: Math.round((after.frames - before.frames) / seconds),
    kbits: Math.round(((after.bytes - before.bytes) * 8) / 1_000 / seconds),
    lost: received + lost === 0 ? 0 : lost / (received + lost),
    soundPackets: Math.round((after.sound - before.sound) / seconds),
    roundTrip: after.roundTrip,
  };
}

type Entry = {
  type: string;
  kind?: string;
  framesDecoded?: number;
  bytesReceived?: number;
  packetsReceived?: number;
  packetsLost?: number;
  selectedCandidatePairId?: string;
  currentRoundTripTime?: number;
  localCandidateId?: string;
  protocol?: string;
  relayProtocol?: string;
};

function count(report: Map<string, Entry>, counts: TrafficCounts): void {
  for (const entry of report.values()) {
    if (entry.type === 'inbound-rtp') {
      counts.frames += entry.framesDecoded ?? 0;
      counts.bytes += entry.bytesReceived ?? 0;
      counts.received += entry.packetsReceived ?? 0;
      counts.lost += entry.packetsLost ?? 0;
      if (entry.kind === 'audio') counts.sound += entry.packetsReceived ?? 0;
    }
    const pair = entry.type === 'transport' ? report.get(entry.selectedCandidatePairId ?? '') : undefined;
    if (pair === undefined) continue;
    counts.roundTrip = pair.currentRoundTripTime === undefined ? null : Math.round(pair.currentRoundTripTime * 1_000);
    const candidate = report.get(pair.localCandidateId ?? '');
    const protocol = candidate?.relayProtocol ?? candidate?.protocol;
    if (protocol !== undefined) counts.way = protocol === 'udp' ? 'udp' : 'tcp';
  }
}
