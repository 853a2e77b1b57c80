import { Migrator } from 'kysely';
import * as start from './migrations/001-start.ts';
import * as secrets from './migrations/002-secrets.ts';
import type { Db } from './open.ts';

const migrations = { '001-start': start, '002-secrets': secrets };

/** Brings the tables up to date. Throws when they can't be. Several processes may do it at once: one does. */
export async function migrate(db: Db): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: () => Promise.resolve(migrations) } });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined)
    throw error instanceof Error ? error : new Error('the tables could not be brought up to date');
}
