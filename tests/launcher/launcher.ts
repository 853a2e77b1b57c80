import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { below, eventually, expectGone } from './processes.ts';

const STAND_IN = ['--import', 'tsx', join(import.meta.dirname, 'standInLauncher.ts')];

export type Launcher = {
  child: ChildProcess;
  pid: number;
  /** What it has printed so far. */
  stdout: () => string;
  stderr: () => string;
  exit: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
};

export type ServerAnswer = { pid: number; environment: Record<string, string> };

const started: Launcher[] = [];
const folders: string[] = [];

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'kinroom-launcher-'));
  folders.push(folder);
  return folder;
}

/** Starts a launcher with the stand-in server on any free port, its data in a folder of its own. */
export function startLauncher(env: NodeJS.ProcessEnv = {}, nodeArguments: string[] = STAND_IN): Launcher {
  const child = spawn(process.execPath, nodeArguments, {
    cwd: join(import.meta.dirname, '../..'),
    env: { ...process.env, PORT: '0', KINROOM_DATA: temporaryFolder(), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const exit = once(child, 'close').then(([code, signal]) => ({ code, signal }));
  const launcher: Launcher = { child, pid: child.pid ?? 0, stdout: () => stdout, stderr: () => stderr, exit };
  started.push(launcher);
  return launcher;
}

/** The address in its first line, once it has printed it. */
export function readyAt(launcher: Launcher): Promise<string> {
  return eventually(() => {
    if (launcher.child.exitCode !== null) throw new Error(`it ended: ${launcher.stderr()}`);
    return /^Kinroom is ready at (\S+)$/m.exec(launcher.stdout())?.[1];
  });
}

/** What the stand-in server tells of itself. */
export async function askServer(url: string): Promise<ServerAnswer> {
  return (await (await fetch(url)).json()) as ServerAnswer;
}

/** Ends whatever a test left, and fails when a launcher leaves something behind. */
export async function cleanUp(): Promise<void> {
  for (const launcher of started.splice(0)) {
    const all = below(launcher.pid);
    launcher.child.kill('SIGTERM');
    await launcher.exit;
    await expectGone(all);
  }
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
}
