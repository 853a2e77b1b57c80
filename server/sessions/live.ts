import { refusals, type CommandAnswer, type CommandEnvelope, type RefusalCode } from '#shared/session/commands.ts';
import { decide } from '#shared/session/decide.ts';
import type { SessionEvent, StoredEvent } from '#shared/session/events.ts';
import { fold, reduce } from '#shared/session/reduce.ts';
import type { Actor } from '#shared/session/roles.ts';
import { emptySession, type SessionState } from '#shared/session/state.ts';
import type { Db } from '../storage/open.ts';
import { appendEvents, findCommand, readEvents, type Effect } from '../storage/sessionLog.ts';
import { deadlineTimer } from './deadlines.ts';
import { effectsOf } from './effects.ts';
import { taskQueue } from '#shared/taskQueue.ts';

/** Another process that wrote first is normal; losing this often in a row is not. */
const MOST_CONFLICTS = 50;

/** An event with the state it fell into: what a broadcast needs to cut it for each viewer. */
export type Step = { event: StoredEvent; before: SessionState; after: SessionState };

export type Unless = (state: SessionState) => RefusalCode | null;

/** A session that this process holds: commands go in one after the other, events come out stored. */
export type LiveSession = {
  sessionId: string;
  state(): SessionState;
  /** Events after a sequence number. */
  since(seq: number): StoredEvent[];
  /** The states between events, for cutting old events: each event with the state it fell into. */
  steps(after: number): Step[];
  /** `unless` may refuse it before it is decided, by the state that it would be decided on. */
  give(actor: Actor, envelope: CommandEnvelope, unless?: Unless): Promise<CommandAnswer>;
  /** Reads what other processes have stored. Rejects when the log can't be read. */
  catchUp(): Promise<void>;
  close(): void;
};

export type LiveOptions = {
  db: Db;
  /** Other processes may write to the same log. */
  shared: boolean;
  now(): number;
  /** Called after events are on disk, before the answer goes out. */
  onSteps(session: LiveSession, steps: Step[]): void;
  /** This process has stored events, the last one with this number. */
  onStored(sessionId: string, seq: number): void;
  onEffects(): void;
  /** Whether the log can be written, as far as is known: while not, nobody waits for the database to say so. */
  storing(): boolean;
  /** The log could not be read or written. */
  onError(error: unknown): void;
};

/** Loads a session from its log and keeps its deadlines. */
export async function openLiveSession(sessionId: string, options: LiveOptions): Promise<LiveSession> {
  const { db, now } = options;
  const inTurn = taskQueue();
  const log = await readEvents(db, sessionId, 0);
  let state = fold(log, emptySession(sessionId));

  const session: LiveSession = {
    sessionId,
    state: () => state,
    since: (seq) => log.slice(seq),
    steps: (after) => stepsOf(log.slice(after), fold(log.slice(0, after), emptySession(sessionId))),
    give: (actor, envelope, unless = () => null) => inTurn(() => answer(actor, envelope, unless)),
    catchUp: () => inTurn(readOn),
    close: () => timer.stop(),
  };
  const timer = deadlineTimer(now, ({ commandId, command }) => {
    session.give({ by: 'timer' }, { commandId, command }).catch(options.onError);
  });
  timer.arm(state);
  return session;

  async function answer(actor: Actor, { commandId, command }: CommandEnvelope, unless: Unless): Promise<CommandAnswer> {
    const who = actor.by === 'timer' ? 'timer' : actor.personId;
    if (!options.storing()) return refuse('busy');
    try {
      for (let tries = 0; tries < MOST_CONFLICTS; tries += 1) {
        const refused = unless(state);
        const decision = refused === null ? decide(state, command, actor, now()) : { refused };
        if ('events' in decision) {
          const stored = await append(decision.events, { actor: who, commandId });
          if (stored !== 'conflict') return { ok: true, seq: state.seq };
        }
        // Refused or in conflict because it was done already, here or by another process, or because others went on.
        const known = await findCommand(db, sessionId, who, commandId);
        const before = state.seq;
        if (known !== undefined || options.shared || 'events' in decision) await readOn();
        if (known !== undefined) return { ok: true, seq: known };
        if ('refused' in decision && state.seq === before) return refuse(decision.refused);
      }
      throw new Error('the log of this session can not be written');
    } catch (error) {
      options.onError(error);
      return refuse('busy');
    }
  }

  async function append(events: SessionEvent[], command: { actor: string; commandId: string }) {
    const effects: Effect[] = [];
    const numbered = events.map((event, index) => ({ ...event, seq: state.seq + index + 1 }));
    for (const { event, before } of stepsOf(numbered, state)) effects.push(...effectsOf(event, before));
    const stored = await appendEvents(db, { sessionId, after: state.seq, events, command, effects });
    if (stored === 'conflict') return stored;
    take(stored);
    if (stored.length > 0) options.onStored(sessionId, state.seq);
    if (effects.length > 0) options.onEffects();
    return stored;
  }

  async function readOn(): Promise<void> {
    take(await readEvents(db, sessionId, state.seq));
  }

  /** Folds stored events in, tells those who listen, and arms the timer for what the state now asks. */
  function take(events: StoredEvent[]): void {
    if (events.length === 0) return;
    const steps = stepsOf(events, state);
    log.push(...events);
    state = fold(events, state);
    timer.arm(state);
    options.onSteps(session, steps);
  }
}

export function refuse(code: RefusalCode): { ok: false; refused: RefusalCode; say: string } {
  return { ok: false, refused: code, say: refusals[code] };
}

function stepsOf(events: StoredEvent[], from: SessionState): Step[] {
  let before = from;
  return events.map((event) => {
    const after = reduce(before, event);
    const step = { event, before, after };
    before = after;
    return step;
  });
}
