import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { request as ask, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { planned } from '#shared/session/session.fixtures.ts';
import { newToken, hashToken } from '../access/tokens.ts';
import { listeningSfu } from '../livekit/sfu.fixtures.ts';
import { openLog } from '../metrics/log.ts';
import { readiness, type PartCheck } from '../metrics/readiness.ts';
import { openWatch } from '../metrics/watch.ts';
import { quiet } from '../sessions/quiet.fixtures.ts';
import { sessionRegistry } from '../sessions/registry.ts';
import { addCourse, addSession } from '../storage/courses.ts';
import { addLink } from '../storage/people.ts';
import { openSqlite } from '../storage/sqlite.ts';
import { httpApp, type HttpOptions } from './app.ts';
import { httpServer, type Patience } from './httpServer.ts';

export type Answer = { status: number; headers: IncomingHttpHeaders; body: Buffer };

export type Listening = {
  port: number;
  /** Where the pages are looked for: empty until a test writes some, which it does before the first call of `start`. */
  clientFolder: string;
  token: string;
  log: string[];
  errors: unknown[];
  get(path: string, headers?: Record<string, string>): Promise<Answer>;
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Answer>;
  close(): Promise<void>;
};

export type ListeningOptions = Partial<Pick<HttpOptions, 'publicUrl'>> & {
  metricsToken?: string | null;
  parts?: Parameters<typeof readiness>[0];
  partPatienceMs?: number;
  patience?: Patience;
  /** Writes the pages there are. */
  pages?: (clientFolder: string) => void;
};

export const answers: PartCheck = () => Promise.resolve();

/** The whole HTTP side on a port of its own: a database in memory with one course and one link, and an SFU that says yes. */
export async function listening(options: ListeningOptions = {}): Promise<Listening> {
  const clientFolder = mkdtempSync(join(tmpdir(), 'kinroom-pages-'));
  options.pages?.(clientFolder);
  const [{ db, close }, sfu] = await Promise.all([openSqlite(':memory:'), listeningSfu()]);
  const course = { id: 'c', programme_id: 'x', organisation: 'O', name: 'N', help_phone: null, time_zone: 'UTC' };
  const person = { id: 'maya', course_id: 'c', family_id: 'family-1', role: 'caregiver', name: 'Maya' };
  const people = [{ ...person, agreement_version: null, agreed_at: null }];
  await addCourse(db, { ...course, demo: 0 }, [{ id: 'family-1', course_id: 'c', seat: 1 }], people);
  const row = { course_id: 'c', label: 'L', title: 'T', planned_start: Date.now(), minutes: 35, ended_at: null };
  await addSession(db, { ...row, id: 'session-1' }, planned);
  const token = newToken();
  const link = { token_hash: hashToken(token), course_id: 'c', person_id: 'maya', expires_at: null, revoked_at: null };
  await addLink(db, link);

  const now = (): number => Date.now();
  const sessions = sessionRegistry({ db, now, ...quiet });
  const log: string[] = [];
  const errors: unknown[] = [];
  const watch = openWatch({ log: openLog('trace', { write: (line) => void log.push(line) }), phases: () => ['lobby'] });
  const app = httpApp({
    db,
    sessions,
    now,
    livekit: sfu.livekit,
    publicUrl: options.publicUrl ?? null,
    clientFolder,
    staffLink: () => null,
    operations: {
      watch,
      readiness: readiness(options.parts ?? { database: answers, sfu: answers }, options.partPatienceMs),
      metricsToken: options.metricsToken ?? null,
    },
    onError(error) {
      errors.push(error);
      watch.failed(error);
    },
  });
  const server = httpServer(app, options.patience).listen(0);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;

  function send(
    method: string,
    path: string,
    headers: Record<string, string>,
    body?: string | Buffer,
  ): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const request = ask({ port, method, path, headers, agent: false }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => {
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) });
        });
      });
      request.on('error', reject);
      request.end(body);
    });
  }

  return {
    port,
    clientFolder,
    token,
    log,
    errors,
    get: (path, headers = {}) => send('GET', path, headers),
    post: (path, body, headers = {}) =>
      send(
        'POST',
        path,
        { 'content-type': 'application/json', ...headers },
        Buffer.isBuffer(body) ? body : JSON.stringify(body),
      ),
    async close() {
      server.closeAllConnections();
      server.close();
      sessions.close();
      sfu.close();
      await close();
      rmSync(clientFolder, { recursive: true, force: true });
    },
  };
}
