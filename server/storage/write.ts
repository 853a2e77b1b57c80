import { SqliteAdapter, sql } from 'kysely';
import type { Db } from './open.ts';

type Work<T> = (tx: Db) => Promise<T>;
type Write = <T>(work: Work<T>) => Promise<T>;

const writers = new WeakMap<Db, Write>();

/**
 * Does the work in a transaction: all of it is on disk when this resolves, nothing of it is kept when this rejects.
 * SQLite can only write one after the other, and most of a commit is waiting for the disk: what is asked for at the same
 * moment shares one commit there.
 */
export function write<T>(db: Db, work: Work<T>): Promise<T> {
  const known = writers.get(db);
  if (known) return known(work);
  const isSqlite = db.getExecutor().adapter instanceof SqliteAdapter;
  const writer: Write = isSqlite ? sharedCommits(db) : (one) => db.transaction().execute(one);
  writers.set(db, writer);
  return writer(work);
}

type Waiting = { work: Work<unknown>; settle(outcome: Outcome): void };
type Outcome = { value: unknown } | { error: unknown };

function sharedCommits(db: Db): Write {
  let waiting: Waiting[] = [];
  let busy = false;

  async function commit(): Promise<void> {
    const group = waiting;
    waiting = [];
    const settling: (() => void)[] = [];
    try {
      await db.transaction().execute(async (tx) => {
        for (const { work, settle } of group) {
          const outcome = group.length === 1 ? { value: await work(tx) } : await apart(tx, work);
          settling.push(() => settle(outcome));
        }
      });
      for (const settle of settling) settle();
    } catch (error) {
      for (const { settle } of group) settle({ error });
    }
  }

  function begin(): void {
    if (busy) return;
    busy = true;
    // Everything that came with this turn of the event loop goes into one commit.
    setImmediate(() => {
      void commit().finally(() => {
        busy = false;
        if (waiting.length > 0) begin();
      });
    });
  }

  return <T>(work: Work<T>) =>
    new Promise<T>((done, fail) => {
      const settle = (outcome: Outcome): void => ('error' in outcome ? fail(outcome.error) : done(outcome.value as T));
      waiting.push({ work, settle });
      begin();
    });
}

/** One work of several in a transaction: what fails is undone alone. */
async function apart(tx: Db, work: Work<unknown>): Promise<Outcome> {
  await sql`savepoint one`.execute(tx);
  try {
    const value = await work(tx);
    await sql`release one`.execute(tx);
    return { value };
  } catch (error) {
    await sql`rollback to one`.execute(tx);
    await sql`release one`.execute(tx);
    return { error };
  }
}
