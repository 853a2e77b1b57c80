/** Somebody else in the room, as far as choosing pictures goes. */
export type Candidate = {
  identity: string;
  /** Their camera is on. */
  filmed: boolean;
  /** When they were last heard (ms); null: not yet. */
  heardAt: number | null;
};

/** When there are fewer pictures: half of them, but no more than these. */
const MOST = 3;
/** Who was heard within this time keeps their picture, ms: a word from somebody else must not make pictures jump. */
const KEPT_FOR = 6_000;

/**
 * Whose pictures are taken when not all can be: whoever leads, then those who speak, then those who were there before.
 * `first`: the lead's identity; `before`: the answer of the last time.
 */
export function choosePictures(
  candidates: Candidate[],
  { first, before, now }: { first: string | null; before: ReadonlySet<string>; now: number },
): Set<string> {
  const filmed = candidates.filter((one) => one.filmed);
  const places = Math.min(MOST, Math.ceil(filmed.length / 2));
  const rank = ({ identity, heardAt }: Candidate): number => {
    if (identity === first) return Number.MAX_VALUE;
    const keeps = before.has(identity) && heardAt !== null && now - heardAt < KEPT_FOR;
    return keeps ? Number.MAX_SAFE_INTEGER : (heardAt ?? -1) + (before.has(identity) ? 0.5 : 0);
  };
  const ranked = filmed.toSorted((a, b) => rank(b) - rank(a));
  return new Set(ranked.slice(0, places).map(({ identity }) => identity));
}
