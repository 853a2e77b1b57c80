import { BEGINNING, nextBandwidth, tryAgain, type LineLook, type Pictures } from './bandwidth.ts';
import { choosePictures, type Candidate } from './bandwidthChoice.ts';

/** How often the line is looked at, ms. */
const LOOK_EVERY = 2_000;

/** How many of the others' pictures are taken, and who decided it: the person, or what the line can carry. */
export type PictureState = { level: Pictures; by: 'person' | 'line' };

/** One Room's line and the people in it. */
export type Line = {
  /** What was found since the last call. */
  look(): Promise<LineLook>;
  /** Everybody else, in the order they came. */
  people(): Omit<Candidate, 'heardAt'>[];
  speaking(): string[];
};

/** Decides whose pictures this device takes. It lasts through rejoins, so that a weak line is not tried anew each time. */
export type PictureKeeper = {
  state(): PictureState;
  /** Off: pictures are tried again, as many as the line carried before. */
  setSoundOnly(on: boolean): void;
  /** The lead's identity: theirs is the last picture to go. */
  setFirst(identity: string | null): void;
  /** `small`: the smallest that is sent. Sound is taken in any case. */
  takes(identity: string): 'full' | 'small' | 'none';
  /** Looks at this line until the answer is called; `review` is called when `takes` may answer differently. */
  follow(line: Line, review: () => void): () => void;
};

export function createPictureKeeper(options: { soundOnly: boolean; onChange(): void }): PictureKeeper {
  const heard = new Map<string, number>();
  let { soundOnly } = options;
  let bandwidth = BEGINNING;
  let first: string | null = null;
  let chosen: ReadonlySet<string> = new Set();
  let followed: { line: Line; review: () => void } | null = null;

  function level(): Pictures {
    return soundOnly ? 'none' : bandwidth.pictures;
  }

  /** Brings what is taken in line with what was decided and with who speaks. */
  function settle(levelChanged: boolean): void {
    const now = performance.now();
    for (const identity of followed?.line.speaking() ?? []) heard.set(identity, now);
    const people = (followed?.line.people() ?? []).map((one) => ({ ...one, heardAt: heard.get(one.identity) ?? null }));
    const before = chosen;
    chosen = level() === 'fewer' ? choosePictures(people, { first, before, now }) : new Set();
    if (levelChanged || !isSame(chosen, before)) followed?.review();
  }

  async function look({ line }: { line: Line }): Promise<void> {
    const seen = await line.look().catch(() => null);
    if (seen === null || followed?.line !== line) return;
    const before = bandwidth.pictures;
    if (!soundOnly) bandwidth = nextBandwidth(bandwidth, seen, performance.now());
    const changed = bandwidth.pictures !== before;
    settle(changed);
    if (changed) options.onChange();
  }

  return {
    state: () => ({ level: level(), by: soundOnly ? 'person' : 'line' }),
    setSoundOnly(on) {
      if (on === soundOnly && (on || bandwidth.pictures !== 'none')) return;
      soundOnly = on;
      if (!on) bandwidth = tryAgain(bandwidth, performance.now());
      settle(true);
      options.onChange();
    },
    setFirst(identity) {
      if (identity === first) return;
      first = identity;
      settle(false);
    },
    takes(identity) {
      if (level() === 'all') return 'full';
      return chosen.has(identity) ? 'small' : 'none';
    },
    follow(line, review) {
      const mine = { line, review };
      followed = mine;
      settle(true);
      const timer = setInterval(() => void look(mine), LOOK_EVERY);
      return () => {
        clearInterval(timer);
        if (followed === mine) followed = null;
      };
    },
  };
}

function isSame(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size === b.size && [...a].every((one) => b.has(one));
}
