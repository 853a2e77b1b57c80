import { join } from 'node:path';
import { findSfu } from '../livekit/findSfu.ts';
import { cacheFolder } from '../livekit/release.ts';
import { launchAsProcess, type ProcessOptions } from './process.ts';

/** `npm start`: the built server with its SFU, until it is stopped. Returns the exit code. */
export function start({ root, startedBy }: ProcessOptions): Promise<number> {
  process.env['NODE_ENV'] ??= 'production';
  return launchAsProcess(
    { root, startedBy },
    { serverArguments: ['--enable-source-maps', join(root, 'dist/server/main.js')] },
  );
}

/** The SFU for `npm test`: the path of its binary, or null after lines that say how to get one. */
export async function sfuForTests(root: string): Promise<string | null> {
  const say = (line: string): void => console.error(line);
  const never = new AbortController().signal;
  const found = await findSfu({ env: process.env, cache: cacheFolder(root), report: say, signal: never });
  if ('binary' in found) return found.binary;
  found.problems.forEach(say);
  return null;
}
