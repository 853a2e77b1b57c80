import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStorage, type Storage } from '../../server/storage/open.ts';
import { postgresFolder, startPostgres } from '../../server/storage/postgres.fixtures.ts';

/** A place to keep sessions in, empty at first: what a server's environment needs, and a look into it from outside. */
export type Store = {
  name: 'sqlite' | 'postgres';
  env: NodeJS.ProcessEnv;
  /** Opens it while no server holds it. */
  open(): Promise<Storage>;
  remove(): Promise<void>;
};

/** Every store that this machine can run; says which it can't. */
export async function stores(): Promise<Store[]> {
  const all = [sqlite()];
  if (postgresFolder !== null) all.push(await postgres());
  else console.error('PostgreSQL is not installed here: only SQLite is measured.');
  return all;
}

function sqlite(): Store {
  const dataFolder = mkdtempSync(join(tmpdir(), 'kinroom-store-'));
  return {
    name: 'sqlite',
    env: { KINROOM_DATA: dataFolder },
    open: () => opened({ databaseUrl: null, dataFolder }),
    remove: async () => rmSync(dataFolder, { recursive: true, force: true }),
  };
}

async function postgres(): Promise<Store> {
  const server = await startPostgres();
  const databaseUrl = await server.database();
  return {
    name: 'postgres',
    env: { DATABASE_URL: databaseUrl },
    open: () => opened({ databaseUrl, dataFolder: '' }),
    remove: server.stop,
  };
}

async function opened(where: { databaseUrl: string | null; dataFolder: string }): Promise<Storage> {
  const result = await openStorage(where);
  if ('problem' in result) throw new Error(result.problem.lines.join(' '));
  return result.storage;
}
