import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { SFU_VERSION } from './release.ts';

const SFU_PACKAGE = `github.com/livekit/livekit-server/cmd/server@v${SFU_VERSION}`;

const PROGRESS_MS = 15_000;
const LAST_WORDS = 6;

export type GoInstall = {
  go: string;
  env: NodeJS.ProcessEnv;
  workFolder: string;
  report: (line: string) => void;
  signal: AbortSignal;
};

/**
 * Builds the SFU from its published source (about 1.5 minutes) and returns the path of the binary inside the work
 * folder. Throws an Error with Go's last lines when that fails.
 */
export function goInstall({ go, env, workFolder, report, signal }: GoInstall): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(go, ['install', SFU_PACKAGE], {
      cwd: workFolder,
      env: { ...env, GOBIN: workFolder, CGO_ENABLED: '0', GOFLAGS: '', GOWORK: 'off' },
      stdio: ['ignore', 'ignore', 'pipe'],
      // Its own process group: Go's compilers end with it.
      detached: true,
    });
    const stop = (): void => {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    };
    signal.addEventListener('abort', stop, { once: true });
    const began = performance.now();
    const timer = setInterval(() => {
      report(`Still building the media server (${Math.round((performance.now() - began) / 1000)} s).`);
    }, PROGRESS_MS);

    let said = '';
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
    const settle = (problem: string | null): void => {
      clearInterval(timer);
      signal.removeEventListener('abort', stop);
      if (problem === null) resolve(join(workFolder, process.platform === 'win32' ? 'server.exe' : 'server'));
      else reject(new Error(problem));
    };
    child.once('error', (error) => settle(error.message));
    child.once('close', (code) => {
      const lastWords = said.trim().split('\n').slice(-LAST_WORDS).join('\n  ');
      settle(code === 0 ? null : `go install ended with code ${code}:\n  ${lastWords}`);
    });
  });
}
