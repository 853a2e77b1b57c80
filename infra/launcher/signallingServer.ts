import { spawn } from 'node:child_process';
import type { Config, LivekitConfig } from '../../server/config.ts';
import { asServerMessage, type ServerMessage } from '../../server/launcherMessages.ts';
import { supervise, type Death, type Supervised } from './supervise.ts';

/** Enough for it to answer what it has begun. */
const GRACE_MS = 5000;

export type ServerOptions = {
  root: string;
  env: NodeJS.ProcessEnv;
  /** What Node runs: the built server, or its source under a loader. */
  serverArguments: string[];
  serverPort: number;
  config: Config;
  livekit: LivekitConfig;
  say: (line: string) => void;
  onMessage: (message: ServerMessage) => void;
  /** null: start it again however often it fails. */
  onGiveUp: ((how: Death) => void) | null;
};

/** Starts the server with its whole configuration in the environment and keeps it running on the same port. */
export function startServer(options: ServerOptions): Supervised {
  const { root, config, livekit, onGiveUp } = options;
  const env: NodeJS.ProcessEnv = {
    ...options.env,
    PORT: String(options.serverPort),
    KINROOM_DATA: config.dataFolder,
    LIVEKIT_URL: livekit.url,
    LIVEKIT_API_URL: livekit.apiUrl,
    LIVEKIT_API_KEY: livekit.apiKey,
    LIVEKIT_API_SECRET: livekit.apiSecret,
  };
  const supervised: Supervised = supervise({
    name: 'server',
    graceMs: GRACE_MS,
    say: options.say,
    ...(onGiveUp === null ? {} : { onGiveUp }),
    spawn: () => {
      // Detached: Ctrl-C in a terminal goes to the whole group, and the launcher ends its children in order instead.
      const child = spawn(process.execPath, options.serverArguments, {
        cwd: root,
        env,
        stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
        detached: true,
      });
      child.on('message', (received) => {
        const message = asServerMessage(received);
        if (message === null) return;
        if (message.type === 'ready') supervised.markReady();
        options.onMessage(message);
      });
      return child;
    },
  });
  return supervised;
}
