import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { freePort } from './ports.fixtures.ts';

/** A PostgreSQL server of a test's own. */
export type TestPostgres = {
  /** A new, empty database on it. */
  database(): Promise<string>;
  /** kill -9 to all of it, or SIGSTOP and SIGCONT: gone without a word. */
  kill(): Promise<void>;
  hang(on: boolean): void;
  start(): Promise<void>;
  stop(): Promise<void>;
};

/** The folder of PostgreSQL's programs, or null where it is not installed; tests on it are then skipped, and say so. */
export const postgresFolder = findPostgres();

export async function startPostgres(): Promise<TestPostgres> {
  if (postgresFolder === null) throw new Error('PostgreSQL is not installed');
  const bin = postgresFolder;
  const folder = mkdtempSync(join(tmpdir(), 'kinroom-postgres-'));
  const owner = postgresUser();
  if (owner) chownSync(folder, owner.uid, owner.gid);
  const port = await freePort();
  const data = join(folder, 'data');
  const init = ['-D', data, '-U', 'kinroom', '-A', 'trust', '-E', 'UTF8', '--no-locale'];
  execFileSync(join(bin, 'initdb'), init, { ...owner, cwd: folder, stdio: 'ignore' });
  let child: ChildProcess | null = null;
  let count = 0;
  const address = (name: string): string => `postgres://kinroom@127.0.0.1:${port}/${name}`;
  const endWithUs = (): void => void child?.kill('SIGKILL');
  process.on('exit', endWithUs);

  const running = (): boolean => child !== null && child.exitCode === null && child.signalCode === null;

  async function start(): Promise<void> {
    if (running()) return;
    const args = ['-D', data, '-p', String(port), '-k', folder, '-h', '127.0.0.1', '-c', 'max_connections=200'];
    child = spawn(join(bin, 'postgres'), args, { ...owner, cwd: folder, stdio: 'ignore' });
    for (;;) {
      const client = new Client({ connectionString: address('postgres') });
      try {
        await client.connect();
        return;
      } catch {
        if (child.exitCode !== null) throw new Error('PostgreSQL did not start');
        await new Promise((done) => setTimeout(done, 50));
      } finally {
        await client.end().catch(() => {});
      }
    }
  }

  /** Its children are of its process group and die with their parent; a stopped one needs the signal itself. */
  function signalAll(signal: NodeJS.Signals): void {
    const pid = child?.pid;
    if (pid === undefined) return;
    const children = spawnSync('pgrep', ['-P', String(pid)], { encoding: 'utf8' })
      .stdout.split('\n')
      .filter(Boolean);
    for (const one of [pid, ...children.map(Number)]) {
      try {
        process.kill(one, signal);
      } catch {
        // It has ended by itself meanwhile.
      }
    }
  }

  async function kill(): Promise<void> {
    if (child === null || !running()) return;
    const gone = once(child, 'exit');
    signalAll('SIGKILL');
    await gone;
  }

  await start();
  return {
    async database() {
      const client = new Client({ connectionString: address('postgres') });
      await client.connect();
      const name = `test_${(count += 1)}`;
      await client.query(`create database ${name}`);
      await client.end();
      return address(name);
    },
    kill,
    hang: (on) => signalAll(on ? 'SIGSTOP' : 'SIGCONT'),
    start,
    async stop() {
      process.off('exit', endWithUs);
      await kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function findPostgres(): string | null {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian).toSorted((a, b) => Number(b) - Number(a)) : [];
  const folders = [
    ...versions.map((version) => join(debian, version, 'bin')),
    ...(process.env['PATH'] ?? '').split(':'),
  ];
  return folders.find((folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres'))) ?? null;
}

/** PostgreSQL refuses to run as root; its package brings a user of its own. */
function postgresUser(): { uid: number; gid: number } | null {
  if (process.getuid?.() !== 0) return null;
  const id = (flag: string): number => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}
