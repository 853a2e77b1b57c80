import { accessSync, constants } from 'node:fs';
import { chmod, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { downloadRelease, PATIENCE, type Patience } from './download.ts';
import { goInstall } from './goInstall.ts';
import { assetName, BINARY_NAME, SFU_VERSION, sfuVersion } from './release.ts';

/** Where Go's own installer puts it, which not every shell has on its PATH. */
const USUAL_GO = '/usr/local/go/bin/go';

export type FindSfu = {
  env: NodeJS.ProcessEnv;
  /** Where a downloaded or built SFU is kept for the next start. */
  cache: string;
  report: (line: string) => void;
  signal: AbortSignal;
  /** Both for tests. */
  patience?: Patience;
  usualGo?: string;
};

export type FoundSfu = { binary: string; how: 'named' | 'path' | 'cache' | 'download' | 'go' };

/**
 * The SFU's binary, looked for in this order: LIVEKIT_SERVER_BINARY, the PATH, our cache, the official release checked
 * against its checksums, `go install`. A binary counts only if it runs here and says its version. Otherwise lines that
 * say the ways to get one.
 */
export async function findSfu(options: FindSfu): Promise<FoundSfu | { problems: string[] }> {
  const { env, cache, report, signal } = options;
  const named = env['LIVEKIT_SERVER_BINARY'];
  if (named) {
    if ((await sfuVersion(named)) !== null) return { binary: named, how: 'named' };
    return {
      problems: [`LIVEKIT_SERVER_BINARY is “${named}”, which is not a working livekit-server. Correct or unset it.`],
    };
  }

  const findOnPath = (name: string): string | null => executableOnPath(name, env);
  const onPath = findOnPath(BINARY_NAME);
  if (onPath !== null && (await sfuVersion(onPath)) !== null) return { binary: onPath, how: 'path' };

  const cached = join(cache, BINARY_NAME);
  if ((await sfuVersion(cached)) === SFU_VERSION) return { binary: cached, how: 'cache' };

  const asset = assetName(process.platform, process.arch);
  if (asset !== null) {
    report(`Getting the media server (LiveKit ${SFU_VERSION}), once.`);
    const releaseUrl = env['LIVEKIT_RELEASE_URL'] || null;
    const patience = options.patience ?? PATIENCE;
    const problem = await intoCache(cached, (workFolder) =>
      downloadRelease({ releaseUrl, asset, workFolder, patience, signal }),
    );
    if (problem === null) return { binary: cached, how: 'download' };
    if (signal.aborted) return { problems: [] };
    report(`Its official release could not be had: ${problem}.`);
  }

  const go = findOnPath('go') ?? executable(options.usualGo ?? USUAL_GO);
  if (go !== null) {
    report('Building the media server with Go. This takes about two minutes, once.');
    const problem = await intoCache(cached, (workFolder) => goInstall({ go, env, workFolder, report, signal }));
    if (problem === null) return { binary: cached, how: 'go' };
    if (signal.aborted) return { problems: [] };
    report(problem);
  }
  return { problems: waysToGetIt(go !== null) };
}

/** Makes a binary in a folder of its own and moves it into place only once it works: half a one is never used. */
async function intoCache(target: string, make: (workFolder: string) => Promise<string>): Promise<string | null> {
  const cache = join(target, '..');
  let workFolder: string | null = null;
  try {
    await mkdir(cache, { recursive: true });
    workFolder = await mkdtemp(join(cache, 'part-'));
    const made = await make(workFolder);
    await chmod(made, 0o755);
    if ((await sfuVersion(made)) !== SFU_VERSION) return 'what came does not run on this computer';
    await rename(made, target);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    if (workFolder !== null) await rm(workFolder, { recursive: true, force: true });
  }
}

function executableOnPath(name: string, env: NodeJS.ProcessEnv): string | null {
  const folders = (env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  for (const folder of folders) {
    const file = executable(join(folder, name));
    if (file !== null) return file;
  }
  return null;
}

function executable(file: string): string | null {
  try {
    accessSync(file, constants.X_OK);
    return file;
  } catch {
    return null;
  }
}

function waysToGetIt(goFailed: boolean): string[] {
  return [
    'Kinroom needs LiveKit’s media server and found no way to get it. Any one of these will do:',
    `  1. Install livekit-server so that it is on your PATH: https://github.com/livekit/livekit/releases/tag/v${SFU_VERSION} (on a Mac: brew install livekit).`,
    goFailed
      ? '  2. Let Go build it: the lines above say what stopped it. It needs Go 1.25 or newer and a way to the Go module proxy.'
      : '  2. Install Go 1.25 or newer from https://go.dev/dl and start again: Kinroom then builds it.',
    '  3. Use a LiveKit server you already have: set LIVEKIT_URL, LIVEKIT_API_KEY and LIVEKIT_API_SECRET.',
  ];
}
