import type { LineLook } from './bandwidth.ts';

/** What one received track has come to since it began: a part of WebRTC's `inbound-rtp` statistics. */
export type TrackCounts = {
  packetsReceived: number;
  packetsLost: number;
  /** Of sound: all samples that were played, and those of them that were made up to fill a gap, silence apart. Else 0. */
  samples: number;
  madeUp: number;
};

/** When they were read (ms), and the counts by sender and track. */
export type LineCounts = { at: number; senders: Map<string, Map<string, TrackCounts>> };

/** Sound comes in 50 packets a second; of silence there are a few. A track with fewer a second is not playing. */
const PLAYING = 15;
/** With fewer packets from somebody, one that is lost says nothing. */
const ENOUGH = 20;

/**
 * What the counts of two moments say about the time between. A weak line of ours loses from everybody, one of theirs only
 * from them: so the middle one of the senders counts, and of two the better one.
 */
export function lookBetween(before: LineCounts, after: LineCounts, poor: boolean): LineLook {
  const lost: number[] = [];
  const madeUp: number[] = [];
  const seconds = Math.max(0.001, (after.at - before.at) / 1_000);
  for (const [sender, tracks] of after.senders) {
    const gains = [...tracks].flatMap(([id, now]) => gainOf(before.senders.get(sender)?.get(id), now));
    const packets = sum(gains, (gain) => gain.received + gain.lost);
    if (packets >= ENOUGH) lost.push(sum(gains, (gain) => gain.lost) / packets);
    const playing = gains.filter((gain) => gain.samples > 0 && (gain.received + gain.lost) / seconds >= PLAYING);
    if (playing.length > 0) madeUp.push(sum(playing, (gain) => gain.madeUp) / sum(playing, (gain) => gain.samples));
  }
  return { lost: lowerMedian(lost), madeUp: lowerMedian(madeUp), poor };
}

type Gain = { received: number; lost: number; samples: number; madeUp: number };

/** Nothing for a track that is new. A packet that comes late takes back its loss, so a count can go down. */
function gainOf(then: TrackCounts | undefined, now: TrackCounts): Gain[] {
  if (then === undefined) return [];
  return [
    {
      received: now.packetsReceived - then.packetsReceived,
      lost: Math.max(0, now.packetsLost - then.packetsLost),
      samples: now.samples - then.samples,
      madeUp: Math.max(0, now.madeUp - then.madeUp),
    },
  ];
}

function sum(gains: Gain[], part: (gain: Gain) => number): number {
  return gains.reduce((all, gain) => all + part(gain), 0);
}

function lowerMedian(shares: number[]): number | null {
  return shares.toSorted((a, b) => a - b)[Math.floor((shares.length - 1) / 2)] ?? null;
}
