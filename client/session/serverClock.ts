/** A clock that shows the server's time, whatever this device's own clock says. */
export type ServerClock = {
  /** Server time, ms since 1970. */
  now(): number;
  measure(): Promise<void>;
};

type Sample = { offset: number; roundTrip: number };

const KEPT_SAMPLES = 5;
/** The device's clock was set, or the device slept: the offset no longer holds. */
const JUMP_MS = 500;

/**
 * Follows the server's clock by asking for it. Of the last few answers the one with the shortest way counts: its error
 * is at most half of that way. `wall` and `steady` are the device's clocks (ms), one that can be set and one that can't.
 */
export function serverClock(ask: () => Promise<number>, wall: () => number, steady: () => number): ServerClock {
  let samples: Sample[] = [];
  let offset = 0;
  let drift = wall() - steady();

  function noticeJump(): boolean {
    const now = wall() - steady();
    const jumped = Math.abs(now - drift) > JUMP_MS;
    drift = now;
    return jumped;
  }

  async function measure(): Promise<void> {
    if (noticeJump()) samples = [];
    const sent = wall();
    const server = await ask();
    const received = wall();
    if (noticeJump()) return measure();
    samples = [...samples, { offset: server - (sent + received) / 2, roundTrip: received - sent }].slice(-KEPT_SAMPLES);
    offset = samples.reduce((best, sample) => (sample.roundTrip < best.roundTrip ? sample : best)).offset;
  }

  return {
    now() {
      const before = drift;
      if (noticeJump()) {
        // Until it is measured again: the clock was moved by exactly this much.
        offset -= drift - before;
        samples = [];
        void measure().catch(() => {});
      }
      return wall() + offset;
    },
    measure,
  };
}
