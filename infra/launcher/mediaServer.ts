import type { Config, LivekitConfig } from '../../server/config.ts';
import { newSfuKeys } from '../livekit/sfuConfig.ts';
import { sfuAnswers, spawnSfu } from '../livekit/sfuProcess.ts';
import { sfuPorts } from './ports.ts';
import { killAndWait, supervise, type Death, type Supervised } from './supervise.ts';

/** Longer than the watchdog's own patience with the SFU. */
const GRACE_MS = 3000;
const USUAL_PORT = 7880;

export type MediaServerOptions = {
  root: string;
  binary: string;
  config: Config;
  /** Where the server takes LiveKit's webhooks, on this computer. */
  serverPort: number;
  say: (line: string) => void;
  onGiveUp: (how: Death) => void;
  signal: AbortSignal;
};

export type MediaServer = { livekit: LivekitConfig; stop: () => Promise<void> };

/**
 * Starts our own SFU and keeps it running on the same ports with the same keys. Resolves when it answers; null when the
 * signal aborted before that. Ports may still change while it has never answered: another copy may have been quicker.
 */
export async function startMediaServer(options: MediaServerOptions): Promise<MediaServer | null> {
  const { root, binary, config, serverPort, say, signal } = options;
  const keys = newSfuKeys();
  const webhookUrl = `http://127.0.0.1:${serverPort}/api/livekit/webhook`;
  let ports = await sfuPorts();
  let answered = false;
  let sfuPid: number | null = null;

  const supervised: Supervised = supervise({
    name: 'media server',
    graceMs: GRACE_MS,
    say,
    onGiveUp: options.onGiveUp,
    spawn: () => {
      const child = spawnSfu(root, binary, { ports, keys, nodeIp: config.nodeIp, webhookUrl });
      child.on('message', (message) => {
        sfuPid = (message as { sfuPid: number }).sfuPid;
      });
      return child;
    },
    beforeRestart: async (how) => {
      await endOrphan(how);
      if (!answered) ports = await sfuPorts();
    },
  });

  // A watchdog that was killed could not take its SFU along.
  async function endOrphan(how: Death): Promise<void> {
    if (how.signal !== null && sfuPid !== null) await killAndWait(sfuPid);
    sfuPid = null;
  }

  try {
    await sfuAnswers(() => ports.http, keys, signal);
  } catch {
    await supervised.stop();
    return null;
  }
  answered = true;
  supervised.markReady();
  if (config.publicUrl !== null && ports.http !== USUAL_PORT) {
    say(
      `Port ${USUAL_PORT} is taken, so the media server is on ${ports.http}: let your proxy pass /rtc on to that one.`,
    );
  }
  return {
    livekit: {
      // Behind a proxy, browsers reach the SFU on the pages' own origin.
      url: config.publicUrl?.replace(/^http/, 'ws') ?? `ws://localhost:${ports.http}`,
      apiUrl: `http://127.0.0.1:${ports.http}`,
      ...keys,
    },
    stop: supervised.stop,
  };
}
