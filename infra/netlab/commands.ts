import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';

/** Runs a command to its end and returns what it printed; throws with its own words when it fails. */
export function run(command: string, args: string[], input?: string): string {
  try {
    return execFileSync(command, args, {
      encoding: 'utf8',
      stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
      ...(input === undefined ? {} : { input }),
    });
  } catch (error) {
    const words = (error as { stderr?: string }).stderr?.trim();
    throw new Error(`${[command, ...args].join(' ')}: ${words || (error as Error).message}`, { cause: error });
  }
}

/** The same for commands whose failure does not matter: what they should end may be gone already. */
export function attempt(command: string, args: string[]): string {
  try {
    return run(command, args);
  } catch {
    return '';
  }
}

/** Starts a command that runs on, and resolves once it has printed something. Rejects when it ends before. */
export async function start(command: string, args: string[]): Promise<ChildProcess> {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`${[command, ...args].join(' ')}: ended with ${String(code)}`);
  });
  await Promise.race([once(child.stdout, 'data'), ended]);
  ended.catch(() => {});
  return child;
}

/** Why this computer can't have network namespaces, in words; null when it can. */
export function namespacesProblem(): string | null {
  if (process.platform !== 'linux') return 'network namespaces need Linux';
  if (process.getuid?.() !== 0) return 'network namespaces need root';
  const name = `kinlab-${process.pid}-probe`;
  try {
    run('ip', ['netns', 'add', name]);
    run('ip', ['netns', 'exec', name, 'sh', '-c', 'echo 1 > /proc/sys/net/ipv4/ip_forward']);
    run('ip', ['-n', name, 'link', 'add', 'probe', 'type', 'bridge']);
    run('ip', ['-n', name, 'link', 'add', 'probe0', 'type', 'veth', 'peer', 'name', 'probe1']);
    return null;
  } catch (error) {
    const missing = (error as { cause?: NodeJS.ErrnoException }).cause?.code === 'ENOENT';
    return missing ? 'the command ip (package iproute2) is not installed' : (error as Error).message;
  } finally {
    attempt('ip', ['netns', 'del', name]);
  }
}

/** Why packets can't be filtered here, in words; null when they can. Ask only where `namespacesProblem` is null. */
export function filterProblem(): string | null {
  const name = `kinlab-${process.pid}-probe`;
  try {
    run('ip', ['netns', 'add', name]);
    run('ip', ['netns', 'exec', name, 'nft', 'add', 'table', 'inet', 'probe']);
    return null;
  } catch (error) {
    return /No such file|not found/.test((error as Error).message)
      ? 'the command nft (package nftables) is not installed'
      : (error as Error).message;
  } finally {
    attempt('ip', ['netns', 'del', name]);
  }
}
