import Database from 'libsql';
import {
  Kysely,
  PostgresAdapter,
  SqliteAdapter,
  SqliteDialect,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type DatabaseConnection,
  type Driver,
  type SqliteDatabase,
  type SqliteStatement,
} from 'kysely';
import type { Db } from '../../server/storage/open.ts';
import { migrate } from '../../server/storage/migrate.ts';

/** What can happen between one node and the database. */
export type DatabaseWeather = {
  /** False once the node has died: whatever it was waiting for never comes. */
  alive(): boolean;
  /** The database does not answer this node now. */
  away(): boolean;
  /** How long the way to the database takes now, ms; 0 for at once. */
  way(): number;
  /** Something was just stored for good. False: the node is not told so, since the connection broke. */
  committed(): boolean;
};

/** What is on disk: outlives every node. */
export type Disk = {
  raw: Database.Database;
  /**
   * One node's way to the database; `abandon` is what a dead process does: it lets go of what it had not stored. One that
   * is `shared` passes for PostgreSQL, where it makes a difference how things are written.
   */
  open(weather: DatabaseWeather, shared: boolean): { db: Db; abandon(): void };
  /** Removes all rows. */
  clear(): void;
  close(): void;
};

const TABLES = 'effects session_commands session_events devices links people families sessions courses'.split(' ');

/** A real SQLite database in memory, which all nodes of a run share: one transaction at a time, as in one file. */
export async function openDisk(): Promise<Disk> {
  const raw = new Database(':memory:');
  const dialect = new SqliteDialect({ database: preparingOnce(raw) });
  await migrate(new Kysely({ dialect }));
  raw.pragma('foreign_keys = ON');
  const inner = dialect.createDriver();
  await inner.init();
  return {
    raw,
    open(weather, shared) {
      const { driver, abandon } = nodeDriver(inner, raw, weather);
      const db: Db = new Kysely({
        dialect: {
          createAdapter: () => (shared ? new PostgresAdapter() : new SqliteAdapter()),
          createDriver: () => driver,
          createIntrospector: (of) => new SqliteIntrospector(of),
          createQueryCompiler: () => new SqliteQueryCompiler(),
        },
      });
      return { db, abandon };
    },
    clear: () => raw.exec(TABLES.map((table) => `delete from ${table};`).join('')),
    close: () => raw.close(),
  };
}

/** As the product does: preparing is most of the work of a small query. */
function preparingOnce(raw: Database.Database): SqliteDatabase {
  const statements = new Map<string, SqliteStatement>();
  return {
    prepare(text) {
      const statement = statements.get(text) ?? raw.prepare(text);
      statements.set(text, statement);
      return statement;
    },
    close: () => raw.close(),
  };
}

/** A node's connection: SQLite's own, reached over a way that takes time, breaks, and ends with the node. */
function nodeDriver(inner: Driver, raw: Database.Database, weather: DatabaseWeather) {
  let holding: DatabaseConnection | null = null;
  let inTransaction = false;
  let broken = false;

  /** The way there and back around `work`; a node that dies on either never comes back from it. */
  async function travel<T>(work: () => Promise<T>): Promise<T> {
    await way();
    if (weather.away() || broken) {
      // A database that loses a connection forgets what was not stored, and the connection stays lost.
      broken = true;
      rollBack();
      throw new Error('the database is away');
    }
    const result = await work();
    await way();
    return result;
  }

  async function way(): Promise<void> {
    const ms = weather.way();
    if (ms > 0) await new Promise<void>((done) => void setTimeout(done, ms));
    if (!weather.alive()) await never();
  }

  function rollBack(): void {
    if (inTransaction) raw.exec('rollback');
    inTransaction = false;
  }

  async function letGo(): Promise<void> {
    const held = holding;
    holding = null;
    broken = false;
    if (held !== null) await inner.releaseConnection(held);
  }

  const connection: DatabaseConnection = {
    executeQuery: (query) => travel(() => (holding as DatabaseConnection).executeQuery(query)),
    streamQuery: () => {
      throw new Error('nothing of ours reads by stream');
    },
  };

  const driver: Driver = {
    init: () => Promise.resolve(),
    async acquireConnection() {
      await way();
      if (weather.away()) throw new Error('the database is away');
      const got = await inner.acquireConnection();
      if (!weather.alive()) {
        await inner.releaseConnection(got);
        await never();
      }
      holding = got;
      return { ...connection };
    },
    beginTransaction: () =>
      travel(async () => {
        raw.exec('begin');
        inTransaction = true;
        await Promise.resolve();
      }),
    commitTransaction: () =>
      travel(async () => {
        raw.exec('commit');
        inTransaction = false;
        const told = weather.committed();
        if (!weather.alive()) await never();
        if (told) return;
        broken = true;
        throw new Error('the connection broke after the commit');
      }),
    rollbackTransaction: async () => {
      if (!weather.alive()) await never();
      rollBack();
    },
    releaseConnection: letGo,
    destroy: () => Promise.resolve(),
  };
  return {
    driver,
    abandon(): void {
      rollBack();
      void letGo();
    },
  };
}

function never(): Promise<never> {
  return new Promise(() => {});
}
