import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { vi } from 'vitest';

type Process = { pid: number; parent: number; state: string; command: string };

const PATIENCE = { timeout: 30_000, interval: 50 };

/** Every process of this computer; from /proc where there is one, since a bare machine may lack `ps`. */
function processes(): Process[] {
  if (!existsSync('/proc/self/stat')) {
    const table = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,stat=,command='], { encoding: 'utf8' });
    return table
      .trim()
      .split('\n')
      .map((line) => {
        const [pid, parent, state, ...command] = line.trim().split(/\s+/);
        return { pid: Number(pid), parent: Number(parent), state: state ?? '', command: command.join(' ') };
      });
  }
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
        const [state = '', parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
        const command = readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
        return [{ pid: Number(name), parent: Number(parent), state, command }];
      } catch {
        return []; // Gone since the folder was read.
      }
    });
}

/** True while it runs; a zombie that nobody has collected does not. */
export function isAlive(pid: number): boolean {
  return processes().some((one) => one.pid === pid && !one.state.startsWith('Z'));
}

/** The processes below one, at any depth. */
export function below(pid: number, all = processes()): Process[] {
  return all.filter(({ parent }) => parent === pid).flatMap((child) => [child, ...below(child.pid, all)]);
}

/** The running SFU below a launcher: the one whose parent is the watchdog. */
export function sfuBelow(launcher: number): Process | undefined {
  const all = below(launcher);
  const watchdog = all.find(({ command }) => command.includes('watchdog.mjs'));
  return all.find(({ parent, state }) => parent === watchdog?.pid && !state.startsWith('Z'));
}

/** Resolves when none of them runs any more; rejects, naming those that do, and ends them. */
export async function expectGone(gone: Process[]): Promise<void> {
  const left = (): Process[] => gone.filter(({ pid }) => isAlive(pid));
  await vi
    .waitUntil(() => left().length === 0, PATIENCE)
    .catch(() => {
      const survivors = left();
      for (const { pid } of survivors) process.kill(pid, 'SIGKILL');
      throw new Error(`still running: ${survivors.map(({ pid, command }) => `${pid} ${command}`).join('; ')}`);
    });
}

/** Resolves with the first value that is neither undefined, null nor false; the callback may throw meanwhile. */
export function eventually<T>(look: () => T | Promise<T>): Promise<NonNullable<T>> {
  return vi.waitFor(async () => {
    const value = await look();
    if (value === undefined || value === null || value === false) throw new Error('did not come to be');
    return value;
  }, PATIENCE);
}
