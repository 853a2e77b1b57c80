import type { SessionEvent, StoredEvent } from '#shared/session/events.ts';
import type { Db } from './open.ts';
import { write } from './write.ts';

/** Something to be done outside because of an event. */
export type Effect =
  | { type: 'closeRoom'; mediaRoom: string }
  | { type: 'removeParticipant'; mediaRoom: string; identity: string };

export type PendingEffect = { sessionId: string; seq: number; ordinal: number; effect: Effect };

export type Append = {
  sessionId: string;
  /** The seq of the last event the decision was made on. */
  after: number;
  events: SessionEvent[];
  /** Null for events that no command caused (the plan itself). */
  command: { actor: string; commandId: string } | null;
  effects: Effect[];
};

/** Events of a session after a sequence number, in order. */
export async function readEvents(db: Db, sessionId: string, after: number): Promise<StoredEvent[]> {
  const rows = await db
    .selectFrom('session_events')
    .select(['seq', 'event'])
    .where('session_id', '=', sessionId)
    .where('seq', '>', after)
    .orderBy('seq')
    .execute();
  return rows.map((row) => ({ ...(JSON.parse(row.event) as SessionEvent), seq: row.seq }));
}

/** The seq that a command caused, or undefined when it is not stored. */
export async function findCommand(
  db: Db,
  sessionId: string,
  actor: string,
  commandId: string,
): Promise<number | undefined> {
  const row = await db
    .selectFrom('session_commands')
    .select('seq')
    .where('session_id', '=', sessionId)
    .where('actor', '=', actor)
    .where('command_id', '=', commandId)
    .executeTakeFirst();
  return row?.seq;
}

/** The last sequence number that is stored, for each of these sessions. */
export async function lastSeqs(db: Db, sessionIds: string[]): Promise<Map<string, number>> {
  if (sessionIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('session_events')
    .select(['session_id', (e) => e.fn.max('seq').as('seq')])
    .where('session_id', 'in', sessionIds)
    .groupBy('session_id')
    .execute();
  return new Map(rows.map(({ session_id, seq }) => [session_id, seq]));
}

/**
 * Stores a command with its events and effects in one transaction and gives the events their numbers. `conflict`: the
 * numbers (or the command) are taken already; read what is there and decide again. Other database errors are thrown.
 */
export async function appendEvents(db: Db, append: Append): Promise<StoredEvent[] | 'conflict'> {
  const { sessionId, after, command, effects } = append;
  const events: StoredEvent[] = append.events.map((event, index) => ({ ...event, seq: after + index + 1 }));
  const last = after + events.length;
  try {
    await write(db, async (tx) => {
      const rows = events.map(({ seq, ...event }) => {
        return { session_id: sessionId, seq, at: event.at, event: JSON.stringify(event) };
      });
      if (rows.length > 0) await tx.insertInto('session_events').values(rows).execute();
      const end = events.find(({ type }) => type === 'sessionEnded');
      if (end) await tx.updateTable('sessions').set({ ended_at: end.at }).where('id', '=', sessionId).execute();
      if (command !== null) {
        const row = { session_id: sessionId, actor: command.actor, command_id: command.commandId, seq: last };
        await tx.insertInto('session_commands').values(row).execute();
      }
      for (const [ordinal, effect] of effects.entries()) {
        const row = { session_id: sessionId, seq: last, ordinal, effect: JSON.stringify(effect), done_at: null };
        await tx.insertInto('effects').values(row).execute();
      }
    });
  } catch (error) {
    if (isConflict(error)) return 'conflict';
    throw error;
  }
  return events;
}

/** Effects that are not done yet, oldest first. */
export async function pendingEffects(db: Db): Promise<PendingEffect[]> {
  const rows = await db.selectFrom('effects').selectAll().where('done_at', 'is', null).orderBy('seq').execute();
  return rows.map(({ session_id, seq, ordinal, effect }) => {
    return { sessionId: session_id, seq, ordinal, effect: JSON.parse(effect) as Effect };
  });
}

export async function effectDone(db: Db, { sessionId, seq, ordinal }: PendingEffect, at: number): Promise<void> {
  await db
    .updateTable('effects')
    .set({ done_at: at })
    .where('session_id', '=', sessionId)
    .where('seq', '=', seq)
    .where('ordinal', '=', ordinal)
    .execute();
}

function isConflict(error: unknown): boolean {
  if (!(error instanceof Error) || !('code' in error)) return false;
  return error.code === 'SQLITE_CONSTRAINT_PRIMARYKEY' || error.code === '23505';
}
