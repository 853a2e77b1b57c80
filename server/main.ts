import type { Server } from 'node:http';
import { fileURLToPath } from 'node:url';
import { readConfig, type Config } from './config.ts';
import { newId, newToken } from './access/tokens.ts';
import { demoStaffLink, ensureDemo } from './demo/demo.ts';
import { httpApp } from './http/app.ts';
import { httpServer } from './http/httpServer.ts';
import type { Link, ServerMessage } from './launcherMessages.ts';
import { connectLivekit, type Livekit } from './livekit/client.ts';
import { openLog } from './metrics/log.ts';
import { askSfu, keepAsking, readiness } from './metrics/readiness.ts';
import { openWatch } from './metrics/watch.ts';
import { loneBus, redisBus, type Bus } from './nodes/bus.ts';
import { socketServer } from './realtime/socketServer.ts';
import { belongs, runEffects } from './sessions/effects.ts';
import { storageHealth } from './sessions/health.ts';
import { sessionRegistry } from './sessions/registry.ts';
import { openStorage, type Db } from './storage/open.ts';
import { secretNamed } from './storage/secrets.ts';

const log = openLog(process.env['LOG_LEVEL']);
const now = (): number => Date.now();

/** How late another node's events may come when its ring was lost. */
const POLL_MS = 2_000;

/** Says what a restart can't mend, to the launcher or to whoever started the server by hand, and ends. */
async function fail(lines: string[]): Promise<never> {
  await tell({ type: 'failed', lines });
  if (!process.send) for (const line of lines) process.stderr.write(`${line}\n`);
  process.exit(1);
}

function tell(message: ServerMessage): Promise<void> {
  return new Promise((done) => (process.send ? process.send(message, () => done()) : done()));
}

async function start(config: Config, livekit: Livekit, sfuUrl: string): Promise<void> {
  const opened = await openStorage(config);
  if ('problem' in opened) return fail(opened.problem.lines);
  const { storage } = opened;
  const { db, shared } = storage;
  const secret = config.demo ? await secretNamed(db, 'demo', newToken()) : null;
  const openDemo = (links: string): Promise<Link[]> => ensureDemo(db, links, config.origin, now());
  const links = secret === null ? [] : await storage.exclusively(() => openDemo(secret));

  const watch = openWatch({ log, phases: () => sessions.phases() });
  const onError = watch.failed;
  const health = storageHealth(storage.ping, (storing) => realtime.rooms.storing(storing));
  const notStored = (error: unknown): void => {
    onError(error);
    health.failed();
  };
  const bus = config.redisUrl === null ? loneBus : await joinBus(config.redisUrl, db);
  const effects = runEffects(db, livekit, now, onError, async (sessionId, identity) =>
    belongs((await sessions.find(sessionId)).state(), identity),
  );
  const sessions = sessionRegistry({
    db,
    shared,
    now,
    onSteps: (session, steps) => realtime.rooms.steps(session, steps),
    onStored: (sessionId, seq) => bus.send({ type: 'stored', sessionId, seq }),
    onEffects: effects.kick,
    storing: health.storing,
    onError: notStored,
  });
  const ready = readiness({
    database: storage.ping,
    sfu: (signal) => askSfu(sfuUrl, signal),
    ...(bus.alone ? {} : { redis: bus.ping }),
  });
  const asking = keepAsking(ready, watch.parts);
  const app = httpApp({
    db,
    sessions,
    livekit,
    now,
    onError,
    publicUrl: config.publicUrl,
    clientFolder: fileURLToPath(new URL('../client', import.meta.url)),
    operations: { watch, readiness: ready, metricsToken: config.metricsToken },
    staffLink: (role) => (secret === null ? null : demoStaffLink(secret, config.origin, role)),
  });
  const http = httpServer(app);
  const { publicUrl } = config;
  const { storing } = health;
  const realtime = socketServer(http, { db, sessions, livekit, bus, now, publicUrl, storing, watch, onError });
  await sessions.wake();
  effects.kick();
  const polling = shared ? every(POLL_MS, () => sessions.poll().catch(notStored)) : null;

  let stopping = false;
  const stop = async (): Promise<void> => {
    if (stopping) return;
    stopping = true;
    polling?.();
    asking.stop();
    health.stop();
    sessions.close();
    await realtime.close();
    http.closeAllConnections();
    await effects.stop();
    await bus.close();
    await storage.close();
    process.exit(0);
  };
  process.on('SIGTERM', () => void stop());
  process.on('SIGINT', () => void stop());
  // Without its launcher nobody would restart or stop it.
  process.on('disconnect', () => void stop());
  process.on('unhandledRejection', onError);
  // Node's own words would quote what was being worked on. The launcher starts the server again.
  process.on('uncaughtException', (error) => {
    log.error('crashed', { error });
    process.exit(1);
  });

  await listen(http, config.port);
  await tell({ type: 'ready', url: config.origin, links });
  // A launcher that died while we started was gone before anybody listened for it.
  if (process.send && !process.connected) void stop();

  async function joinBus(url: string, onDatabase: Db): Promise<Bus> {
    const installation = await secretNamed(onDatabase, 'installation', newId());
    return redisBus({
      url,
      installation,
      onMessage(node, message) {
        if (message.type === 'stored') sessions.ring(message.sessionId, message.seq);
        else realtime.rooms.hear(node, message);
      },
      onUp: () => realtime.rooms.busIsUp(),
      onDown: () => realtime.rooms.busIsDown(),
      onError,
    });
  }
}

/** Does the work again and again, each time this long after it was done; returns what ends it. */
function every(ms: number, work: () => Promise<void>): () => void {
  let timer: NodeJS.Timeout;
  const again = (): void => {
    timer = setTimeout(() => void work().finally(again), ms);
  };
  again();
  return () => clearTimeout(timer);
}

/** A server that died holds its port for a moment longer, so a busy port is tried a few times before giving up. */
async function listen(http: Server, port: number): Promise<void> {
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
  await start(read.config, connectLivekit(read.config.livekit), read.config.livekit.apiUrl);
}
