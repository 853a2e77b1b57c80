import type { ChildProcess } from 'node:child_process';

/** A child that ran this long has recovered: its next death is a first one again. */
const STEADY_MS = 10_000;
const FIRST_PAUSE_MS = 250;
const MAX_PAUSE_MS = 5000;
/** How often a child that never got ready is tried. */
const START_ATTEMPTS = 4;
const KILLED_MS = 1000;

/** How long to wait (ms) before the start that follows the n-th death in a row. */
export function pauseBefore(deaths: number): number {
  return deaths <= 1 ? 0 : Math.min(FIRST_PAUSE_MS * 2 ** (deaths - 2), MAX_PAUSE_MS);
}

export type SuperviseOptions = {
  /** For the lines people read, e.g. "media server". */
  name: string;
  spawn: () => ChildProcess;
  /** How long a child gets between SIGTERM and SIGKILL. */
  graceMs: number;
  say: (line: string) => void;
  /** Before a dead child is started again. */
  beforeRestart?: (how: Death) => Promise<void>;
  /** Called instead of another start when a child never got ready. Without it there is always another start. */
  onGiveUp?: (how: Death) => void;
};

export type Death = { code: number | null; signal: NodeJS.Signals | null };

export type Supervised = {
  /** The child does its work: from now on it is always started again. */
  markReady: () => void;
  /** Ends the child and starts another, also after many deaths. */
  restart: () => Promise<void>;
  /** Resolves when the child is gone for good. */
  stop: () => Promise<void>;
};

/** Starts a child at once and again whenever it dies, until told to stop. */
export function supervise(options: SuperviseOptions): Supervised {
  let child: ChildProcess | null = null;
  let gone: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  let wanted = true;
  let stopped = false;
  let restarting: Promise<void> = Promise.resolve();
  let ready = false;
  let deaths = 0;

  function begin(): void {
    const began = performance.now();
    const started = options.spawn();
    child = started;
    gone = deathOf(started).then(async (how) => {
      if (child !== started) return;
      child = null;
      if (!wanted) return;
      if (performance.now() - began >= STEADY_MS) deaths = 0;
      deaths += 1;
      await startAgain(how);
    });
  }

  async function startAgain(how: Death): Promise<void> {
    if (!ready && deaths >= START_ATTEMPTS && options.onGiveUp !== undefined) {
      options.onGiveUp(how);
      return;
    }
    options.say(`The ${options.name} ended (${describe(how)}) and is being started again.`);
    await options.beforeRestart?.(how);
    if (wanted) timer = setTimeout(begin, pauseBefore(deaths));
  }

  async function end(): Promise<void> {
    wanted = false;
    clearTimeout(timer);
    const ending = child;
    if (ending === null) return gone;
    ending.kill('SIGTERM');
    const kill = setTimeout(() => ending.kill('SIGKILL'), options.graceMs);
    await gone;
    clearTimeout(kill);
  }

  async function beginAnew(): Promise<void> {
    await end();
    if (stopped) return;
    wanted = true;
    deaths = 0;
    begin();
  }

  begin();
  return {
    markReady: () => {
      ready = true;
    },
    restart: () => {
      // One after the other, or two of them would each start a child.
      restarting = restarting.then(beginAnew);
      return restarting;
    },
    stop: () => {
      stopped = true;
      return end();
    },
  };
}

/** The death of a process that is not our child: resolves when it is gone, or after a second. */
export async function killAndWait(pid: number): Promise<void> {
  const deadline = performance.now() + KILLED_MS;
  try {
    while (performance.now() < deadline) {
      process.kill(pid, 'SIGKILL');
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  } catch {
    // Gone.
  }
}

/** "exit code 1" or the signal's name. */
export function describe({ code, signal }: Death): string {
  return signal ?? `exit code ${code ?? 'unknown'}`;
}

function deathOf(child: ChildProcess): Promise<Death> {
  return new Promise((resolve) => {
    child.once('error', () => {
      // Also emitted when a signal can't be delivered: only a child that never ran has no pid.
      if (child.pid === undefined) resolve({ code: 127, signal: null });
    });
    // libuv hands out a pipe's data before the end of a child, so the last message over IPC comes before this.
    child.once('exit', (code, signal) => resolve({ code, signal }));
  });
}
