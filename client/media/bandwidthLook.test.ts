import { expect, test } from 'vitest';
import { lookBetween, type LineCounts, type TrackCounts } from './bandwidthLook.ts';

type Gains = { received?: number; lost?: number; samples?: number; madeUp?: number };

/** The counts at a moment (s), of one track for each of these senders, with this much on top of what was before. */
function counts(at: number, senders: Record<string, Gains>): LineCounts {
  const tracks = Object.entries(senders).map(
    ([sender, gain]) => [sender, new Map([['track', trackOf(gain)]])] as const,
  );
  return { at: at * 1_000, senders: new Map(tracks) };
}

function trackOf({ received = 0, lost = 0, samples = 0, madeUp = 0 }: Gains): TrackCounts {
  return { packetsReceived: 500 + received, packetsLost: 10 + lost, samples: 9_000 + samples, madeUp: 90 + madeUp };
}

const look = (gains: Record<string, Gains>, seconds = 2) =>
  lookBetween(
    counts(0, Object.fromEntries(Object.keys(gains).map((sender) => [sender, {}]))),
    counts(seconds, gains),
    false,
  );

test('what everybody loses, our line loses', () => {
  const found = look({
    ruth: { received: 80, lost: 20 },
    priya: { received: 180, lost: 20 },
    dan: { received: 70, lost: 30 },
  });
  expect(found.lost).toBe(0.2);
});

test('what one sender loses is theirs, of three and of two', () => {
  const weak = { received: 50, lost: 50 };
  const fine = { received: 100 };
  expect(look({ ruth: fine, priya: fine, dan: weak }).lost).toBe(0);
  expect(look({ ruth: fine, dan: weak }).lost).toBe(0);
  expect(look({ dan: weak }).lost).toBe(0.5);
});

test('sound counts while it is playing, not while somebody is silent', () => {
  const silent = { received: 6, samples: 96_000, madeUp: 40_000 };
  expect(look({ ruth: silent })).toEqual({ lost: null, madeUp: null, poor: false });
  expect(look({ ruth: { received: 90, lost: 10, samples: 96_000, madeUp: 9_600 } }).madeUp).toBe(0.1);
  expect(look({ ruth: { received: 90, lost: 10, samples: 96_000, madeUp: 9_600 }, dan: silent }).madeUp).toBe(0.1);
});

test('pictures have no samples, and a packet that came late is no gain of minus one', () => {
  expect(look({ ruth: { received: 100 } })).toEqual({ lost: 0, madeUp: null, poor: false });
  expect(look({ ruth: { received: 100, lost: -3, samples: 96_000, madeUp: -5 } })).toMatchObject({
    lost: 0,
    madeUp: 0,
  });
});

test('a track that is new, a sender who left, and an empty room tell nothing', () => {
  const before = counts(0, { ruth: {} });
  const nothing = { lost: null, madeUp: null, poor: true };
  expect(lookBetween(before, counts(2, { dan: { received: 100 } }), true)).toEqual(nothing);
  expect(lookBetween(before, counts(2, {}), true)).toEqual(nothing);
});
