import Database from 'libsql';
import { Kysely, SqliteDialect, sql, type SqliteDatabase, type SqliteStatement } from 'kysely';
import { accessSync, constants, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { migrate } from './migrate.ts';
import type { Db, Storage, StorageProblem, StorageResult } from './open.ts';

const MOST_STATEMENTS = 200;

/** Opens the data folder's database and brings its tables up to date. Only one process may hold the folder. */
export async function openFolder(dataFolder: string): Promise<StorageResult> {
  try {
    mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
    accessSync(dataFolder, constants.W_OK);
  } catch {
    return { problem: notWritable(dataFolder) };
  }
  let release: () => void;
  try {
    release = holdFolder(dataFolder);
  } catch (error) {
    return { problem: isBusy(error) ? held(dataFolder) : notWritable(dataFolder) };
  }
  try {
    const storage = await openSqlite(join(dataFolder, 'kinroom.db'));
    return { storage: { ...storage, close: () => storage.close().finally(release) } };
  } catch (error) {
    release();
    const reason = error instanceof Error ? error.message : String(error);
    const advice = 'Restore it from a copy, or choose another folder with KINROOM_DATA.';
    return {
      problem: { code: 'notMigrated', lines: [`The database in ${dataFolder} can't be used: ${reason}.`, advice] },
    };
  }
}

/** Opens one SQLite file (`:memory:` in tests) with its tables up to date. Throws when they can't be. */
export async function openSqlite(file: string): Promise<Storage> {
  const raw = new Database(file);
  raw.pragma('journal_mode = WAL');
  // An answer of ok means that it is on disk: NORMAL would lose the last commits with the power.
  raw.pragma('synchronous = FULL');
  raw.pragma('foreign_keys = ON');
  const db: Db = new Kysely({ dialect: new SqliteDialect({ database: preparingOnce(raw) }) });
  await migrate(db);
  return {
    db,
    shared: false,
    ping: async () => void (await sql`select 1`.execute(db)),
    exclusively: (work) => work(),
    close: () => db.destroy(),
  };
}

/** Kysely prepares a statement for each query; there are few different ones, so that each is prepared once. */
function preparingOnce(raw: Database.Database): SqliteDatabase {
  const statements = new Map<string, SqliteStatement>();
  return {
    prepare(text) {
      const known = statements.get(text);
      if (known) return known;
      const statement = raw.prepare(text) as unknown as SqliteStatement;
      // Lists of different lengths make different texts: no more of them than there is use for.
      if (statements.size < MOST_STATEMENTS) statements.set(text, statement);
      return statement;
    },
    close: () => raw.close(),
  };
}

/** The lock is SQLite's own on a file beside the database: the system frees it with the process, also after kill -9. */
function holdFolder(dataFolder: string): () => void {
  const lock = new Database(join(dataFolder, 'kinroom.lock'), { timeout: 0 });
  lock.exec('BEGIN EXCLUSIVE');
  return () => lock.close();
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'SQLITE_BUSY';
}

function notWritable(folder: string): StorageProblem {
  return {
    code: 'notWritable',
    lines: [
      `Kinroom can't write to its data folder ${folder}.`,
      'Make it writable, or choose another with KINROOM_DATA.',
    ],
  };
}

function held(folder: string): StorageProblem {
  return {
    code: 'held',
    lines: [
      `Another Kinroom is using the data folder ${folder}.`,
      'Stop that one first, or choose another folder with KINROOM_DATA (and another PORT).',
      'For several servers at once, give all of them one PostgreSQL with DATABASE_URL.',
    ],
  };
}
