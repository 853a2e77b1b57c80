import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import { readConfig, type Config } from './config.ts';
import { demoSecret, demoStaffLink, ensureDemo } from './demo/demo.ts';
import { httpApp } from './http/app.ts';
import type { Link, ServerMessage } from './launcherMessages.ts';
import { connectLivekit, type Livekit } from './livekit/client.ts';
import { socketServer } from './realtime/socketServer.ts';
import { belongs, runEffects } from './sessions/effects.ts';
import { sessionRegistry } from './sessions/registry.ts';
import { openStorage } from './storage/open.ts';

const log = pino({ level: process.env['LOG_LEVEL'] ?? 'warn' });
const now = (): number => Date.now();

/** Says what a restart can't mend, to the launcher or to whoever started the server by hand, and ends. */
async function fail(lines: string[]): Promise<never> {
  await tell({ type: 'failed', lines });
  if (!process.send) for (const line of lines) process.stderr.write(`${line}\n`);
  process.exit(1);
}

function tell(message: ServerMessage): Promise<void> {
  return new Promise((done) => (process.send ? process.send(message, () => done()) : done()));
}

/** A failure is logged by its kind and message; what people sent never is. */
function onError(error: unknown): void {
  log.error({ err: error instanceof Error ? error : new Error(String(error)) }, 'failed');
}

async function start(config: Config, livekit: Livekit): Promise<void> {
  const opened = await openStorage(config.dataFolder);
  if ('problem' in opened) return fail(opened.problem.lines);
  const { db, close: closeStorage } = opened.storage;
  const secret = config.demo ? demoSecret(config.dataFolder) : null;
  const links: Link[] = secret === null ? [] : await ensureDemo(db, secret, config.origin, now());

  const effects = runEffects(db, livekit, now, onError, async (sessionId, identity) =>
    belongs((await sessions.find(sessionId)).state(), identity),
  );
  const sessions = sessionRegistry({
    db,
    now,
    onSteps: (session, steps) => realtime.steps(session, steps),
    onEffects: effects.kick,
    onError,
  });
  const app = httpApp({
    db,
    sessions,
    livekit,
    now,
    onError,
    publicUrl: config.publicUrl,
    clientFolder: fileURLToPath(new URL('../client', import.meta.url)),
    staffLink: (role) => (secret === null ? null : demoStaffLink(secret, config.origin, role)),
  });
  const http = createServer(app);
  const secure = config.publicUrl?.startsWith('https:') ?? false;
  const realtime = socketServer(http, { db, sessions, livekit, now, secure, publicUrl: config.publicUrl, onError });
  await sessions.wake(db);
  effects.kick();

  let stopping = false;
  const stop = async (): Promise<void> => {
    if (stopping) return;
    stopping = true;
    sessions.close();
    await realtime.close();
    http.closeAllConnections();
    await effects.stop();
    await closeStorage();
    process.exit(0);
  };
  process.on('SIGTERM', () => void stop());
  process.on('SIGINT', () => void stop());
  // Without its launcher nobody would restart or stop it.
  process.on('disconnect', () => void stop());
  process.on('unhandledRejection', onError);

  await listen(http, config.port);
  await tell({ type: 'ready', url: config.origin, links });
  // A launcher that died while we started was gone before anybody listened for it.
  if (process.send && !process.connected) void stop();
}

/** A server that died holds its port for a moment longer, so a busy port is tried a few times before giving up. */
async function listen(http: ReturnType<typeof createServer>, port: number): Promise<void> {
  for (let tries = 0; ; tries += 1) {
    const error = await new Promise<NodeJS.ErrnoException | null>((done) => {
      http.once('error', done);
      http.listen(port, () => {
        http.off('error', done);
        done(null);
      });
    });
    if (error === null) return;
    if (error.code === 'EADDRINUSE' && tries < 10) await new Promise((done) => setTimeout(done, 200));
    else if (error.code === 'EADDRINUSE') {
      return fail([`Port ${port} is in use by another program.`, 'Stop that program, or choose another with PORT.']);
    } else {
      return fail([`Kinroom can't listen on port ${port}: ${error.message}.`, 'Choose another with PORT.']);
    }
  }
}

const read = readConfig(process.env);
if ('problems' in read) await fail(read.problems);
else if (read.config.livekit === null) {
  await fail([
    'The server was started without an SFU.',
    'Start Kinroom with npm start, or set LIVEKIT_URL with its key and secret.',
  ]);
} else {
  await start(read.config, connectLivekit(read.config.livekit));
}
