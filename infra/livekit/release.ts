import { execFile } from 'node:child_process';
import { join } from 'node:path';

/** The release that is downloaded or built. Newer ones up to 1.13.11 can't be installed with `go install`. */
export const SFU_VERSION = '1.13.3';

export const BINARY_NAME = process.platform === 'win32' ? 'livekit-server.exe' : 'livekit-server';

/** Where our own copy of the SFU lives: below the repository, out of git. */
export function cacheFolder(root: string): string {
  return join(root, '.cache/livekit', SFU_VERSION);
}

/**
 * The name of the release's archive for a platform, as LiveKit's releases name them; null where they have none (macOS).
 */
export function assetName(platform: NodeJS.Platform, architecture: string): string | null {
  const name = { x64: 'amd64', arm64: 'arm64', arm: 'armv7' }[architecture];
  if (name === undefined) return null;
  if (platform === 'linux') return `livekit_${SFU_VERSION}_linux_${name}.tar.gz`;
  if (platform === 'win32') return `livekit_${SFU_VERSION}_windows_${name}.zip`;
  return null;
}

const VERSION_TIMEOUT_MS = 10_000;

/** The version that a binary reports of itself; null when it doesn't run here or is something else. */
export function sfuVersion(binary: string): Promise<string | null> {
  return new Promise((resolve) => {
    execFile(binary, ['--version'], { timeout: VERSION_TIMEOUT_MS }, (error, stdout) => {
      const version = /livekit-server version (\S+)/.exec(stdout)?.[1];
      resolve(error === null && version !== undefined ? version : null);
    });
  });
}
