/** Longer than any of these takes to answer, and short enough that the whole report comes within two seconds. */
const PATIENCE_MS = 1_500;
const ASK_EVERY_MS = 10_000;

export type PartName = 'database' | 'sfu' | 'redis';
export type ReadyReport = { ok: boolean; checks: Partial<Record<PartName, 'ok' | 'down'>> };

/** Resolves when the part answers, rejects (or never comes back) when it does not. The signal aborts after the patience. */
export type PartCheck = (signal: AbortSignal) => Promise<unknown>;

/** Whether everything the server needs answers now. `check` never rejects, and never takes longer than the patience. */
export type Readiness = { check(): Promise<ReadyReport> };

/**
 * Leave out what is not configured: a part without a check does not stand in the report. Whoever asks again within the
 * patience gets the same report, so that nobody can keep the database busy by asking.
 */
export function readiness(parts: Partial<Record<PartName, PartCheck>>, patienceMs = PATIENCE_MS): Readiness {
  let last: { at: number; report: Promise<ReadyReport> } | undefined;

  async function ask(): Promise<ReadyReport> {
    const states = await Promise.all(
      Object.entries(parts).map(async ([part, check]) => [part, await stateOf(check, patienceMs)] as const),
    );
    return { ok: states.every(([, state]) => state === 'ok'), checks: Object.fromEntries(states) };
  }

  return {
    check() {
      const now = performance.now();
      if (last === undefined || now - last.at > patienceMs) last = { at: now, report: ask() };
      return last.report;
    },
  };
}

async function stateOf(check: PartCheck, patienceMs: number): Promise<'ok' | 'down'> {
  const patience = new AbortController();
  const over = new Promise<'down'>((resolve) => {
    patience.signal.addEventListener('abort', () => resolve('down'), { once: true });
  });
  const timer = setTimeout(() => patience.abort(), patienceMs);
  const answer = Promise.resolve()
    .then(() => check(patience.signal))
    .then(
      () => 'ok' as const,
      () => 'down' as const,
    );
  return Promise.race([answer, over]).finally(() => clearTimeout(timer));
}

/** Asks at once and then every ten seconds, so that figures are true without anybody asking. */
export function keepAsking(
  { check }: Readiness,
  tell: (report: ReadyReport) => void,
  everyMs = ASK_EVERY_MS,
): { stop(): void } {
  const ask = (): void => void check().then(tell);
  ask();
  const timer = setInterval(ask, everyMs);
  timer.unref();
  return { stop: () => clearInterval(timer) };
}

/** Asks LiveKit whether it is well, at the address of its API: it says 200 there, and 406 when it is not. */
export async function askSfu(apiUrl: string, signal: AbortSignal): Promise<void> {
  const response = await fetch(apiUrl, { signal, redirect: 'error' });
  await response.body?.cancel();
  if (!response.ok) throw new Error(`the SFU answered ${response.status}`);
}
