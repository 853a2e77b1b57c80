import pg from 'pg';
import { createClient } from 'redis';
import type { LivekitConfig } from '../../server/config.ts';
import { findSfu } from '../livekit/findSfu.ts';
import { SFU_VERSION, sfuVersion } from '../livekit/release.ts';
import { askWithKey } from '../livekit/sfuApi.ts';
import { codeOf, fix, look, ok, whyNot, type Examined, type Finding } from './findings.ts';

const PATIENCE_MS = 5_000;
/** The oldest PostgreSQL that still gets security fixes. */
const OLDEST_POSTGRES = 14;

/** PostgreSQL: does it answer, which one is it, and may we make our tables there. */
export async function examinePostgres(url: string): Promise<Examined> {
  const about = 'DATABASE_URL';
  const at = `PostgreSQL at ${new URL(url).host}`;
  const client = new pg.Client({
    connectionString: url,
    application_name: 'kinroom doctor',
    connectionTimeoutMillis: PATIENCE_MS,
    query_timeout: PATIENCE_MS,
  });
  // Without a listener a connection that breaks later would end this process.
  client.on('error', () => {});
  try {
    await client.connect();
    const asked = Date.now();
    const { rows } = await client.query<{ version: string; now: number; may: boolean }>(
      `select current_setting('server_version') as version,
              (extract(epoch from clock_timestamp()) * 1000)::float8 as now,
              has_schema_privilege(current_schema(), 'create') as may`,
    );
    const [row] = rows;
    if (!row) throw new Error('no row');
    const clock = { of: 'PostgreSQL', aheadMs: row.now - (asked + Date.now()) / 2, exactToMs: Date.now() - asked };
    const version = row.version.split(' ')[0] ?? '';
    const findings = [ok(about, `${at} answers (version ${version}).`)];
    if (Number.parseInt(version, 10) < OLDEST_POSTGRES) {
      findings.push(look(about, `PostgreSQL ${version} gets no more fixes. Use ${OLDEST_POSTGRES} or newer.`));
    }
    if (!row.may) findings.push(fix(about, 'Its user may not make tables there. Grant it CREATE on that schema.'));
    return { findings, clock };
  } catch (error) {
    return { findings: [fix(about, `${at} can’t be used: ${whyNotPostgres(error)}`)] };
  } finally {
    await client.end().catch(() => {});
  }
}

function whyNotPostgres(error: unknown): string {
  switch (codeOf(error)) {
    case '28P01':
    case '28000':
      return 'it does not accept that user and password. Correct them in DATABASE_URL.';
    case '3D000':
      return 'that database does not exist. Make it with createdb, or correct DATABASE_URL.';
    case '57P03':
      return 'it is just starting. Try again in a moment.';
    case '53300':
      return 'all of its connections are taken. Raise max_connections, or end what holds them.';
    default:
      // pg's own timeouts have no code.
      return `${error instanceof Error && /timeout/i.test(error.message) ? 'no answer came' : whyNot(error)}. Start it, or correct DATABASE_URL.`;
  }
}

/** Redis: does it answer, and does it accept who we are. */
export async function examineRedis(url: string, databaseUrl: string | null): Promise<Examined> {
  const about = 'REDIS_URL';
  const at = `Redis at ${new URL(url).host}`;
  const client = createClient({ url, socket: { connectTimeout: PATIENCE_MS, reconnectStrategy: false } });
  client.on('error', () => {});
  let silent = false;
  const patience = setTimeout(() => {
    silent = true;
    client.destroy();
  }, PATIENCE_MS);
  try {
    await client.connect();
    const asked = Date.now();
    const [seconds, microseconds] = await client.sendCommand<[string, string]>(['TIME']);
    const theirs = Number(seconds) * 1000 + Number(microseconds) / 1000;
    const clock = { of: 'Redis', aheadMs: theirs - (asked + Date.now()) / 2, exactToMs: Date.now() - asked };
    const findings = [ok(about, `${at} answers.`)];
    if (databaseUrl === null) {
      findings.push(
        look(
          about,
          'Redis joins several servers, and on SQLite there can be only one. Set DATABASE_URL too, or unset REDIS_URL.',
        ),
      );
    }
    return { findings, clock };
  } catch (error) {
    return { findings: [fix(about, `${at} can’t be used: ${whyNotRedis(error, silent)}`)] };
  } finally {
    clearTimeout(patience);
    if (client.isOpen) client.destroy();
  }
}

function whyNotRedis(error: unknown, silent: boolean): string {
  const said = error instanceof Error ? error.message : '';
  if (/^(WRONGPASS|NOAUTH)/.test(said)) return 'it does not accept that password. Correct it in REDIS_URL.';
  if (/^(NOPERM)/.test(said))
    return 'that user may not do what Kinroom needs. Allow it all commands on channels kinroom:*.';
  return `${silent ? 'no answer came' : whyNot(error)}. Start it, or correct REDIS_URL.`;
}

/** A LiveKit server of one's own: does it answer, and does it know our key. */
export async function examineLivekit({ apiUrl, apiKey, apiSecret }: LivekitConfig): Promise<Finding> {
  const about = 'LIVEKIT_URL';
  const at = `LiveKit at ${new URL(apiUrl).host}`;
  try {
    const answer = await askWithKey(apiUrl, { apiKey, apiSecret }, AbortSignal.timeout(PATIENCE_MS));
    if (answer === 'accepted') return ok(about, `${at} answers and accepts the key.`);
    if (answer === 'strange') return fix(about, `${at} answers, but not as LiveKit does. Correct the address.`);
    return fix(
      about,
      `${at} does not accept the key. Correct LIVEKIT_API_KEY and LIVEKIT_API_SECRET, and check that both clocks are right.`,
    );
  } catch (error) {
    return fix(about, `${at} can’t be reached: ${whyNot(error)}. Start it, or correct LIVEKIT_URL.`);
  }
}

/** The SFU that `npm start` would bring: is it on this computer already. Fetches and builds nothing. */
export async function examineSfuBinary(env: NodeJS.ProcessEnv, cache: string): Promise<Finding> {
  const about = 'media server';
  // With a signal that has aborted it looks, and stops where it would begin to fetch.
  const found = await findSfu({ env, cache, report: () => {}, signal: AbortSignal.abort() });
  if ('binary' in found) {
    const version = (await sfuVersion(found.binary)) ?? 'unknown';
    const where = { named: 'named by LIVEKIT_SERVER_BINARY', path: 'on the PATH', cache: 'fetched before' };
    const how = found.how === 'download' || found.how === 'go' ? 'fetched' : where[found.how];
    return ok(about, `LiveKit ${version} is here (${how}).`);
  }
  const [problem] = found.problems;
  if (problem !== undefined) return fix(about, problem);
  return look(
    about,
    `LiveKit ${SFU_VERSION} is not here yet. npm start fetches it, or builds it with Go; without a way to the internet, put livekit-server on the PATH or set LIVEKIT_URL.`,
  );
}
