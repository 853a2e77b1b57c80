import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Link, ServerMessage } from '../../server/launcherMessages.ts';
import { freePort } from '../../server/storage/ports.fixtures.ts';

export type ServerProcess = {
  url: string;
  links: Link[];
  /** The token behind the # of a printed link. */
  token(label: string): string;
  pid(): number;
  /** kill -9, then the same server again on the same port and data. */
  killAndRestart(): Promise<void>;
  kill(): Promise<void>;
  start(): Promise<void>;
  stop(): Promise<void>;
};

const root = join(import.meta.dirname, '../..');

const FROM_SOURCE = ['--import', 'tsx', 'server/main.ts'];
/** The server as `npm start` runs it; it has to be built before. */
export const AS_BUILT = ['dist/server/main.js'];

/**
 * The real server in a process of its own, with an empty data folder (or the database that the environment names) and the
 * demo course; no SFU is running.
 */
export async function startServer(env: NodeJS.ProcessEnv = {}, program = FROM_SOURCE): Promise<ServerProcess> {
  const dataFolder = mkdtempSync(join(tmpdir(), 'kinroom-server-'));
  const port = await freePort();
  const url = `http://localhost:${port}`;
  let links: Link[] = [];
  let child: ChildProcess;

  async function start(): Promise<void> {
    child = spawnServer(dataFolder, port, env, program);
    const [message] = (await once(child, 'message')) as [ServerMessage];
    if (message.type !== 'ready') throw new Error(message.lines.join(' '));
    links = message.links;
  }

  async function kill(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill(signal);
    await gone;
  }

  await start();
  return {
    url,
    links,
    token(label) {
      const token = links.find((link) => link.label === label)?.url.split('#')[1];
      if (token === undefined) throw new Error(`no link is called ${label}`);
      return token;
    },
    pid: () => child.pid ?? 0,
    kill: () => kill('SIGKILL'),
    start,
    async killAndRestart() {
      await kill('SIGKILL');
      await start();
    },
    async stop() {
      await kill('SIGTERM');
      rmSync(dataFolder, { recursive: true, force: true });
    },
  };
}

/** The server's process as the launcher starts it, with an SFU that nobody runs. */
export function spawnServer(
  dataFolder: string,
  port: number,
  more: NodeJS.ProcessEnv = {},
  program = FROM_SOURCE,
): ChildProcess {
  const env = {
    ...process.env,
    PORT: String(port),
    KINROOM_DATA: dataFolder,
    LIVEKIT_URL: 'ws://localhost:9',
    LIVEKIT_API_KEY: 'key',
    LIVEKIT_API_SECRET: 'a secret of more than thirty-two characters',
    LOG_LEVEL: 'silent',
    ...more,
  };
  return spawn(process.execPath, program, { cwd: root, env, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
}
