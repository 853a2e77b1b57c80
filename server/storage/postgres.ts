import { Kysely, PostgresDialect, sql } from 'kysely';
import { Pool, types } from 'pg';
import { migrate } from './migrate.ts';
import type { Db, StorageProblem, StorageResult } from './open.ts';

/** Far more than a session's few writers ever use at once. */
const MOST_CONNECTIONS = 10;
/** A database that doesn't answer must cost a person seconds, not minutes: they read what is wrong and it is tried again. */
const CONNECT_WITHIN_MS = 3_000;
const ANSWER_WITHIN_MS = 5_000;
/** At the start, a database may still be starting itself. */
const FIRST_ANSWER_WITHIN_MS = 30_000;
const ASK_AGAIN_MS = 500;

/** Any number that only this program uses for its advisory lock. */
const LOCK = 7_415_093;
/** PostgreSQL's bigint, which pg hands on as text: our moments in ms fit a number. */
const BIGINT = types.builtins.INT8;

/** Opens PostgreSQL and brings its tables up to date; several processes may share it. */
export async function openPostgres(url: string): Promise<StorageResult> {
  const pool = new Pool({
    connectionString: url,
    application_name: 'kinroom',
    max: MOST_CONNECTIONS,
    connectionTimeoutMillis: CONNECT_WITHIN_MS,
    query_timeout: ANSWER_WITHIN_MS,
    statement_timeout: ANSWER_WITHIN_MS,
    keepAlive: true,
    types: { getTypeParser: (oid, format) => (oid === BIGINT ? Number : types.getTypeParser(oid, format)) },
  });
  // A connection that breaks is replaced at the next query; without listeners, idle or in use, it would end the process.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  const db: Db = new Kysely({ dialect: new PostgresDialect({ pool }) });
  const ping = async (): Promise<void> => void (await sql`select 1`.execute(db));
  try {
    await firstAnswer(ping);
  } catch (error) {
    await db.destroy();
    return { problem: unreachable(error) };
  }
  try {
    await migrate(db);
  } catch (error) {
    await db.destroy();
    const lines = [`The tables in PostgreSQL can't be brought up to date: ${reasonOf(error)}.`];
    return { problem: { code: 'notMigrated', lines } };
  }
  return { storage: { db, shared: true, ping, exclusively: (work) => locked(db, work), close: () => db.destroy() } };
}

async function locked<T>(db: Db, work: () => Promise<T>): Promise<T> {
  return db.connection().execute(async (connection) => {
    await sql`select pg_advisory_lock(${LOCK}::bigint)`.execute(connection);
    try {
      return await work();
    } finally {
      await sql`select pg_advisory_unlock(${LOCK}::bigint)`.execute(connection);
    }
  });
}

async function firstAnswer(ping: () => Promise<void>): Promise<void> {
  const until = Date.now() + FIRST_ANSWER_WITHIN_MS;
  for (;;) {
    try {
      return await ping();
    } catch (error) {
      if (Date.now() > until || !mayStillStart(error)) throw error;
      await new Promise((done) => setTimeout(done, ASK_AGAIN_MS));
    }
  }
}

/** Not there yet, or starting (57P03); a wrong password or a missing database stays wrong. */
function mayStillStart(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return !/^(28|3D|42)/.test(code);
}

function unreachable(error: unknown): StorageProblem {
  const advice = 'Start it, or mend DATABASE_URL; without DATABASE_URL Kinroom keeps its data in a file of its own.';
  return { code: 'unreachable', lines: [`PostgreSQL at DATABASE_URL can't be used: ${reasonOf(error)}.`, advice] };
}

/** Node gives no message when every address of a host refused: its code says enough. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'it did not answer';
  const code = 'code' in error ? String(error.code) : '';
  return error.message || code || 'it did not answer';
}
