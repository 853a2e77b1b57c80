/** Speech counts after this long, and has ended after that long of quiet (ms): the ring must not flicker. */
const ON_AFTER = 300;
const OFF_AFTER = 900;

/** `shown`: the ring is on; `loud`: sound is there now; `since`: when `loud` last changed (ms). */
export type Speaking = { shown: boolean; loud: boolean; since: number };

export const QUIET: Speaking = { shown: false, loud: false, since: 0 };

/** The mark after hearing `loud` at the moment `now` (ms, any clock that only goes forward). */
export function nextSpeaking(before: Speaking, loud: boolean, now: number): Speaking {
  const since = loud === before.loud ? before.since : now;
  const long = now - since >= (loud ? ON_AFTER : OFF_AFTER);
  const shown = long ? loud : before.shown;
  return { shown, loud, since };
}

/** When the mark changes by itself if nothing else is heard (ms, the same clock), or null if it doesn't. */
export function changesAt({ shown, loud, since }: Speaking): number | null {
  if (shown === loud) return null;
  return since + (loud ? ON_AFTER : OFF_AFTER);
}
