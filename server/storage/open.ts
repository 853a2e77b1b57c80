import type { Kysely } from 'kysely';
import { openPostgres } from './postgres.ts';
import type { Tables } from './schema.ts';
import { openFolder } from './sqlite.ts';

export type Db = Kysely<Tables>;

export type Storage = {
  db: Db;
  /** Other processes may write too: the log has to be looked at for what they stored. */
  shared: boolean;
  /** Rejects while the database doesn't answer. */
  ping(): Promise<void>;
  /** Does the work while no other process on this database does work under the same call. */
  exclusively<T>(work: () => Promise<T>): Promise<T>;
  close(): Promise<void>;
};

/** What keeps the database from being used. `lines` says so to the person who started Kinroom, and what to do. */
export type StorageProblem = { code: 'notWritable' | 'held' | 'notMigrated' | 'unreachable'; lines: string[] };

export type StorageResult = { storage: Storage } | { problem: StorageProblem };

/** PostgreSQL where a DATABASE_URL is given, else SQLite in the data folder; its tables are up to date. */
export function openStorage(where: { databaseUrl: string | null; dataFolder: string }): Promise<StorageResult> {
  return where.databaseUrl === null ? openFolder(where.dataFolder) : openPostgres(where.databaseUrl);
}
