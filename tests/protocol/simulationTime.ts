/** Numbers that look random and follow from a seed alone. */
export type Random = {
  /** From 0 up to, not including, 1. */
  next(): number;
  chance(probability: number): boolean;
  /** A whole number from `from` up to `to`, both included. */
  between(from: number, to: number): number;
  pick<T>(list: readonly T[]): T;
  /** Numbers of their own for one concern, so that a change in another one does not shift them. */
  fork(name: string): Random;
};

export function seeded(seed: number): Random {
  let state = seed >>> 0;
  /** mulberry32, by Tommy Ettinger (public domain). */
  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }
  const between = (from: number, to: number): number => from + Math.floor(next() * (to - from + 1));
  return {
    next,
    between,
    chance: (probability) => next() < probability,
    pick: (list) => list[between(0, list.length - 1)] as (typeof list)[number],
    fork(name) {
      let mixed = seed ^ 0x9e3779b9;
      for (const letter of name) mixed = Math.imul(mixed ^ (letter.codePointAt(0) ?? 0), 0x01000193);
      return seeded(mixed ^ (mixed >>> 15));
    },
  };
}

type Due = { at: number; order: number; every: number | null; work: (() => void) | null };

export type VirtualTime = {
  now(): number;
  /** Lets this much time pass (ms): what falls due is done one by one, each with all that follows from it at once. */
  pass(ms: number): Promise<void>;
  /** Gives the real clock and timers back. */
  restore(): void;
};

/**
 * Takes the place of timers and clocks of this process until it is restored. vitest's own fake timers do the same and take
 * forty times as long for each step, which counts when a run has some thousand of them.
 */
export function virtualTime(startsAt: number): VirtualTime {
  const real = { setTimeout, clearTimeout, setInterval, clearInterval, setImmediate, clearImmediate };
  const clocks = { date: Date.now, performance: performance.now };
  const heap: Due[] = [];
  let now = startsAt;
  let order = 0;

  function push(due: Due): void {
    heap.push(due);
    for (let at = heap.length - 1; at > 0;) {
      const parent = (at - 1) >> 1;
      if (!isBefore(heap, at, parent)) return;
      swap(heap, at, parent);
      at = parent;
    }
  }

  function pop(): Due | undefined {
    const first = heap[0];
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return first;
    heap[0] = last;
    for (let at = 0; ;) {
      const child = 2 * at + 1;
      const smaller = isBefore(heap, child + 1, child) ? child + 1 : child;
      if (!isBefore(heap, smaller, at)) return first;
      swap(heap, at, smaller);
      at = smaller;
    }
  }

  function timer(work: (...args: unknown[]) => void, ms: number, every: boolean, args: unknown[]): object {
    const due: Due = { at: now + ms, order: order++, every: every ? ms : null, work: () => work(...args) };
    push(due);
    const handle = { due, unref: () => handle, ref: () => handle, hasRef: () => true };
    return handle;
  }

  const stop = (handle: unknown): void => {
    if (typeof handle === 'object' && handle !== null && 'due' in handle) (handle.due as Due).work = null;
  };
  Object.assign(globalThis, {
    setTimeout: (work: () => void, ms = 1, ...args: unknown[]) => timer(work, Math.max(ms, 1), false, args),
    setInterval: (work: () => void, ms = 1, ...args: unknown[]) => timer(work, Math.max(ms, 1), true, args),
    // After all that is due at this moment already.
    setImmediate: (work: () => void, ...args: unknown[]) => timer(work, 0, false, args),
    clearTimeout: stop,
    clearInterval: stop,
    clearImmediate: stop,
  });
  Date.now = () => now;
  performance.now = () => now - startsAt;

  return {
    now: () => now,
    async pass(ms) {
      const until = now + ms;
      for (;;) {
        const next = heap[0];
        if (next === undefined || next.at > until) break;
        pop();
        if (next.work === null) continue;
        now = next.at;
        const { work } = next;
        if (next.every === null) next.work = null;
        else push(Object.assign(next, { at: now + next.every, order: order++ }));
        work();
        // All that is waited for in a run is either a timer here or a promise: after this the promises are through.
        await new Promise<void>((done) => real.setImmediate(done));
      }
      now = until;
    },
    restore() {
      Object.assign(globalThis, real);
      Date.now = clocks.date;
      performance.now = clocks.performance;
    },
  };
}

function isBefore(heap: Due[], one: number, other: number): boolean {
  const a = heap[one];
  const b = heap[other];
  if (a === undefined || b === undefined) return false;
  return a.at - b.at < 0 || (a.at === b.at && a.order < b.order);
}

function swap(heap: Due[], one: number, other: number): void {
  [heap[one], heap[other]] = [heap[other] as Due, heap[one] as Due];
}
