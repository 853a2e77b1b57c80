import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { askWithKey } from './sfuApi.ts';
import { sfuConfig, type SfuKeys, type SfuSettings } from './sfuConfig.ts';

const POLL_MS = 30;
const ANSWER_MS = 2000;

/** Starts the SFU under its watchdog, which ends it when our end of the IPC channel closes. */
export function spawnSfu(root: string, binary: string, settings: SfuSettings): ChildProcess {
  return spawn(process.execPath, [join(root, 'infra/livekit/watchdog.mjs'), binary], {
    // The SFU reads more variables than we mean to set (UDP_PORT, REDIS_HOST …), so it gets none of ours.
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], LIVEKIT_CONFIG: sfuConfig(settings) },
    stdio: ['ignore', 2, 2, 'ipc'],
    // Ctrl-C in a terminal goes to the whole group; the launcher ends its children in order instead.
    detached: true,
  });
}

/**
 * Resolves once an SFU that knows our key answers: whatever else took the port meanwhile, another copy's SFU too, does
 * not count. Rejects only when the signal aborts. `port` is asked each time, since it may change between attempts.
 */
export async function sfuAnswers(port: () => number, keys: SfuKeys, signal: AbortSignal): Promise<void> {
  for (;;) {
    signal.throwIfAborted();
    if (await answersWithOurKey(port(), keys, signal)) return;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

async function answersWithOurKey(port: number, keys: SfuKeys, signal: AbortSignal): Promise<boolean> {
  try {
    const patience = AbortSignal.any([signal, AbortSignal.timeout(ANSWER_MS)]);
    return (await askWithKey(`http://127.0.0.1:${port}`, keys, patience)) === 'accepted';
  } catch {
    return false;
  }
}
