import type { SessionState } from '#shared/session/state.ts';
import { deadlines, type Deadline } from '#shared/session/timers.ts';

/** setTimeout overflows beyond 24.8 days, and a machine that slept fires late: so look again at least once a minute. */
const LONGEST_WAIT_MS = 60_000;
/** A due command that could not be stored is given again after this; its id makes that harmless. */
const AGAIN_MS = 1_000;

/** Keeps one timer for the next deadline of a session's state; armed anew after every change. */
export function deadlineTimer(now: () => number, due: (deadline: Deadline) => void) {
  let timer: NodeJS.Timeout | undefined;

  function arm(state: SessionState, atLeast = 0): void {
    clearTimeout(timer);
    const next = Math.min(...deadlines(state).map((deadline) => deadline.at - now()));
    if (!Number.isFinite(next)) return;
    timer = setTimeout(() => fire(state), Math.min(Math.max(atLeast, next), LONGEST_WAIT_MS));
    timer.unref();
  }

  function fire(state: SessionState): void {
    arm(state, AGAIN_MS);
    for (const deadline of deadlines(state)) if (deadline.at <= now()) due(deadline);
  }

  return { arm: (state: SessionState) => arm(state), stop: () => clearTimeout(timer) };
}
