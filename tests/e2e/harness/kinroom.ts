import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { below, isAlive, sfuBelow } from '../../launcher/processes.ts';
import { until } from './until.ts';

export type Kinroom = {
  url: string;
  /** The printed link of this label. */
  link(label: string): string;
  /** Process ids of the signalling server and the SFU as they are now. */
  server(): number;
  sfu(): number;
  stop(): Promise<void>;
};

const root = join(import.meta.dirname, '../../..');

/** All of Kinroom as `npm start` starts it: launcher, server and SFU, on free ports, with an empty data folder. */
export async function startKinroom(more: NodeJS.ProcessEnv = {}): Promise<Kinroom> {
  const dataFolder = mkdtempSync(join(tmpdir(), 'kinroom-e2e-'));
  const child = spawn(process.execPath, ['infra/launcher/bootstrap.mjs', 'start'], {
    cwd: root,
    env: { ...process.env, PORT: '0', KINROOM_DATA: dataFolder, ...more },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  let errors = '';
  child.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  const pid = child.pid ?? 0;
  const url = await until('Kinroom is ready', () => {
    if (child.exitCode !== null) throw new Error(`Kinroom ended: ${errors}`);
    return printed.includes('taster ') ? /^Kinroom is ready at (\S+)$/m.exec(printed)?.[1] : undefined;
  });
  return {
    url,
    link(label) {
      const link = new RegExp(`^${label} +(\\S+)$`, 'm').exec(printed)?.[1];
      if (link === undefined) throw new Error(`no link is called ${label}: ${printed}`);
      return link;
    },
    server: () => below(pid).find(({ command }) => command.includes('dist/server/main.js'))?.pid ?? 0,
    sfu: () => sfuBelow(pid)?.pid ?? 0,
    async stop() {
      const all = below(pid);
      child.kill('SIGTERM');
      await until('all processes are gone', () => ![pid, ...all.map((one) => one.pid)].some(isAlive));
      rmSync(dataFolder, { recursive: true, force: true });
    },
  };
}
