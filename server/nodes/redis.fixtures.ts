import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../storage/ports.fixtures.ts';

/** A Redis server of a test's own, which keeps nothing. */
export type TestRedis = {
  url: string;
  kill(): Promise<void>;
  start(): Promise<void>;
  stop(): Promise<void>;
};

/** The redis-server program, or null where it is not installed; tests on it are then skipped, and say so. */
export const redisBinary = findRedis();

export async function startRedis(): Promise<TestRedis> {
  if (redisBinary === null) throw new Error('Redis is not installed');
  const binary = redisBinary;
  const folder = mkdtempSync(join(tmpdir(), 'kinroom-redis-'));
  const port = await freePort();
  let child: ChildProcess | null = null;
  const endWithUs = (): void => void child?.kill('SIGKILL');
  process.on('exit', endWithUs);

  async function start(): Promise<void> {
    const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
    child = spawn(binary, args, { cwd: folder, stdio: 'ignore' });
    while (!(await answers(port))) {
      if (child.exitCode !== null) throw new Error('Redis did not start');
      await new Promise((done) => setTimeout(done, 20));
    }
  }

  async function kill(): Promise<void> {
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  }

  await start();
  return {
    url: `redis://127.0.0.1:${port}`,
    kill,
    start,
    async stop() {
      process.off('exit', endWithUs);
      await kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function answers(port: number): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect(port, '127.0.0.1');
    const end = (answer: boolean) => () => {
      socket.destroy();
      done(answer);
    };
    socket.once('connect', end(true)).once('error', end(false));
  });
}

function findRedis(): string | null {
  const folders = (process.env['PATH'] ?? '').split(':');
  return folders.map((folder) => join(folder, 'redis-server')).find((file) => existsSync(file)) ?? null;
}
