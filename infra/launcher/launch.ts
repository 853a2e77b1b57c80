import type { LivekitConfig } from '../../server/config.ts';
import type { ServerMessage } from '../../server/launcherMessages.ts';
import { findSfu } from '../livekit/findSfu.ts';
import { cacheFolder } from '../livekit/release.ts';
import { announcement } from './announcement.ts';
import { startMediaServer, type MediaServer } from './mediaServer.ts';
import { freePort } from './ports.ts';
import { prepare } from './prepare.ts';
import { startServer } from './signallingServer.ts';
import { describe, type Supervised } from './supervise.ts';

/** Pages that something else serves (hot reload), passing /api and /socket.io on to the server's own port. */
export type PagesServer = { stop: () => Promise<void> };

export type LaunchOptions = {
  root: string;
  env: NodeJS.ProcessEnv;
  /** What Node runs as the server. */
  serverArguments: string[];
  /** With it the server listens on a free port and its failures wait for an edit; `restart` starts the server anew. */
  openPages?: (ports: { port: number; serverPort: number; restart: () => void }) => Promise<PagesServer>;
  /** Takes the lines with the links, whole. */
  print: (text: string) => void;
  /** Takes every other line. */
  say: (line: string) => void;
  /** Aborts to stop everything. */
  signal: AbortSignal;
};

/**
 * Starts SFU and server, keeps them running until told to stop or something can't be mended, ends them in order.
 * Returns the exit code: 0 after a stop that was asked for, 1 otherwise.
 */
export async function launch(options: LaunchOptions): Promise<number> {
  const { root, env, say, openPages } = options;
  const prepared = await prepare(env);
  if ('problems' in prepared) return refuse(say, prepared.problems);
  const { config } = prepared;

  const ending = new AbortController();
  const signal = AbortSignal.any([options.signal, ending.signal]);
  const fail = (lines: string[]): void => {
    if (!signal.aborted) lines.forEach(say);
    ending.abort();
  };

  // Assertions, since these are set inside functions where TypeScript does not look.
  let media = null as MediaServer | null;
  let server = null as Supervised | null;
  let pages: PagesServer | null = null;
  const serverPort = openPages === undefined ? config.port : await freePort();

  const livekit = config.livekit ?? (await ownLivekit());
  if (livekit !== null && !signal.aborted) {
    pages = (await openPages?.({ port: config.port, serverPort, restart: () => void server?.restart() })) ?? null;
    server = openServer(livekit);
    await aborted(signal);
  }
  await server?.stop();
  await pages?.stop();
  await media?.stop();
  return ending.signal.aborted ? 1 : 0;

  async function ownLivekit(): Promise<LivekitConfig | null> {
    const found = await findSfu({ env, cache: cacheFolder(root), report: say, signal });
    if ('problems' in found) {
      fail(found.problems);
      return null;
    }
    const { binary } = found;
    media = await startMediaServer({
      root,
      binary,
      config,
      serverPort,
      say,
      signal,
      onGiveUp: (how) =>
        fail([
          `The media server (${binary}) keeps ending at its start (${describe(how)}). The lines above are its own words.`,
        ]),
    });
    return media?.livekit ?? null;
  }

  function openServer(forServer: LivekitConfig): Supervised {
    let announced = false;
    const onMessage = (message: ServerMessage): void => {
      if (message.type === 'failed') return fail(message.lines);
      if (!announced) options.print(announcement(message));
      announced = true;
    };
    const onGiveUp = (how: Parameters<typeof describe>[0]): void =>
      fail([`The server keeps ending at its start (${describe(how)}). The lines above are its own words.`]);
    return startServer({
      root,
      env: openPages === undefined ? env : { ...env, KINROOM_PAGES_ORIGIN: `http://localhost:${config.port}` },
      serverArguments: options.serverArguments,
      serverPort,
      config,
      livekit: forServer,
      say,
      onMessage,
      onGiveUp: openPages === undefined ? onGiveUp : null,
    });
  }
}

function refuse(say: (line: string) => void, lines: string[]): number {
  lines.forEach(say);
  return 1;
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
