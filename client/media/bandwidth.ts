/** How many of the others' pictures this device takes. */
export type Pictures = 'all' | 'fewer' | 'none';

/** What a look at the line found since the look before. */
export type LineLook = {
  /** Of the packets with sound and pictures, the share that was lost, 0 to 1; null: too few came to tell. */
  lost: number | null;
  /** Of the sound that was playing, the share that had to be made up, 0 to 1; null: too little was playing to tell. */
  madeUp: number | null;
  /** What the SFU says of this line. It is late and may mean the way out, so it counts only beside a figure of ours. */
  poor: boolean;
};

/** What to take now, and since when (ms, any clock that only goes forward) the line has been as it is. */
export type Bandwidth = {
  pictures: Pictures;
  changedAt: number;
  /** The looks since then, the newer ones weighing more. */
  lost: number;
  madeUp: number;
  badSince: number | null;
  weakSince: number | null;
  goodSince: number | null;
  /** When more was last tried; null: what changed last was less. */
  raisedAt: number | null;
  /** How long it has to be good before more is tried, ms. */
  patience: number;
};

export const BEGINNING: Bandwidth = {
  pictures: 'all',
  changedAt: 0,
  lost: 0,
  madeUp: 0,
  badSince: null,
  weakSince: null,
  goodSince: null,
  raisedAt: null,
  patience: 30_000,
};

/** The weight of the newest look, and the most that a single one counts: a short gap is no weak line. */
const NEWEST = 0.5;
const MOST = 0.35;
/** The line is bad that long, or weak that long, before pictures are given up for the sound, ms. */
const BAD_FOR = 5_000;
const WEAK_FOR = 12_000;
/** Fewer pictures get so long to help before all are given up, ms. */
const FEWER_FOR = 10_000;
/** More pictures that have to be taken back sooner than this were a try that failed, ms. */
const TRIAL = 25_000;
const LONGEST_PATIENCE = 300_000;

/**
 * What to take after a look at the moment `now`. Sound comes first: pictures become fewer, then none, when it suffers or
 * much is lost; they come back one step at a time, each try that fails doubling the wait for the next.
 */
export function nextBandwidth(before: Bandwidth, look: LineLook, now: number): Bandwidth {
  if (look.lost === null) return before;
  const since = (held: number | null, holds: boolean): number | null => (holds ? (held ?? now) : null);
  const [lost, madeUp] = [weigh(before.lost, look.lost), weigh(before.madeUp, look.madeUp ?? before.madeUp)];
  const after = {
    ...before,
    lost,
    madeUp,
    badSince: since(before.badSince, isBad(lost, madeUp, look.poor)),
    weakSince: since(before.weakSince, isWeak(lost, madeUp, before.pictures)),
    // Sound that is made up without a loss comes from a busy device, and fewer pictures have been tried by then.
    goodSince: since(before.goodSince, lost < 0.02),
  };
  if (isTooMuch(after, now)) return take(after, before.pictures === 'all' ? 'fewer' : 'none', now);
  if (isEnough(after, now)) return take(after, before.pictures === 'none' ? 'fewer' : 'all', now);
  return after;
}

/** The person asks for pictures again: a try, which the line may end. */
export function tryAgain(before: Bandwidth, now: number): Bandwidth {
  return before.pictures === 'none' ? take(before, 'fewer', now) : before;
}

function weigh(before: number, newest: number): number {
  return before + NEWEST * (Math.min(MOST, newest) - before);
}

/** Sound breaks. Where it is made up without a loss, the device is busy: then the line is not to blame. */
function isBad(lost: number, madeUp: number, poor: boolean): boolean {
  return lost >= 0.12 || (madeUp >= 0.15 && (lost >= 0.03 || poor));
}

/** Sound is worse than it need be. When pictures are few already, less is enough to give up the rest. */
function isWeak(lost: number, madeUp: number, pictures: Pictures): boolean {
  return pictures === 'all' ? lost >= 0.08 : lost >= 0.04 && madeUp >= 0.02;
}

function isTooMuch({ pictures, badSince, weakSince, changedAt, raisedAt }: Bandwidth, now: number): boolean {
  const bad = badSince !== null && now - badSince >= BAD_FOR;
  const weak = weakSince !== null && now - weakSince >= WEAK_FOR;
  if (pictures === 'all') return bad || weak;
  // A try that goes wrong ends sooner.
  return pictures === 'fewer' && (bad || weak) && (raisedAt !== null || now - changedAt >= FEWER_FOR);
}

function isEnough({ pictures, goodSince, changedAt, patience }: Bandwidth, now: number): boolean {
  if (pictures === 'all' || goodSince === null) return false;
  return now - Math.max(goodSince, changedAt) >= patience;
}

function take(before: Bandwidth, pictures: Pictures, now: number): Bandwidth {
  const steps = { none: 0, fewer: 1, all: 2 };
  const up = steps[pictures] > steps[before.pictures];
  // What is taken now has its own good and bad times.
  return {
    ...BEGINNING,
    pictures,
    changedAt: now,
    raisedAt: up ? now : null,
    patience: up ? before.patience : patienceAfter(before, now),
  };
}

function patienceAfter({ raisedAt, patience }: Bandwidth, now: number): number {
  if (raisedAt === null) return patience;
  return now - raisedAt < TRIAL ? Math.min(LONGEST_PATIENCE, patience * 2) : BEGINNING.patience;
}
