import { launch, type LaunchOptions } from './launch.ts';
import { parentage } from './parentage.mjs';

const STOP_SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;
const PARENT_CHECK_MS = 500;

export type ProcessOptions = {
  root: string;
  /** parentage() when this process began: npm, when it runs one of its scripts. */
  startedBy: string;
};

/**
 * Launches as this process: its environment, its output, its signals. It also stops when npm, having started it, was
 * killed: nobody would be left to stop it. Returns the exit code.
 */
export async function launchAsProcess(
  { root, startedBy }: ProcessOptions,
  what: Pick<LaunchOptions, 'serverArguments' | 'openPages'>,
): Promise<number> {
  const stop = new AbortController();
  for (const signal of STOP_SIGNALS) process.on(signal, () => stop.abort());
  // A terminal that went away must not end us halfway through stopping.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
  const parentWatch = setInterval(() => {
    if (process.env['npm_lifecycle_event'] !== undefined && parentage() !== startedBy) stop.abort();
  }, PARENT_CHECK_MS);

  const code = await launch({
    root,
    env: process.env,
    ...what,
    print: (text) => process.stdout.write(text),
    say: (line) => process.stderr.write(`${line}\n`),
    signal: stop.signal,
  });
  clearInterval(parentWatch);
  return code;
}
