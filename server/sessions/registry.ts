import type { Phase } from '#shared/session/state.ts';
import { openSessions } from '../storage/courses.ts';
import { lastSeqs } from '../storage/sessionLog.ts';
import { openLiveSession, type LiveOptions, type LiveSession } from './live.ts';

/** The sessions this process holds, each loaded once. */
export type Sessions = {
  /** The session with all that is stored of it by now. Rejects when the log can't be read. */
  find(sessionId: string): Promise<LiveSession>;
  /** The session whose group meets in this media room, as the log has it now; null where there is none. */
  byMediaRoom(mediaRoom: string): Promise<LiveSession | null>;
  /** Loads every session that may have deadlines to keep, as after a restart. */
  wake(): Promise<void>;
  /** Another process has stored events of this session up to `seq`: reads them, if it is held here. */
  ring(sessionId: string, seq: number): void;
  /** Looks whether other processes have stored what nobody rang for. */
  poll(): Promise<void>;
  /** The phase of every session that is held here. */
  phases(): Phase[];
  close(): void;
};

export function sessionRegistry(options: LiveOptions): Sessions {
  const { db, shared, onError } = options;
  const loaded = new Map<string, Promise<LiveSession>>();
  const open = new Map<string, LiveSession>();

  async function find(sessionId: string): Promise<LiveSession> {
    const known = loaded.get(sessionId);
    if (!known) return load(sessionId);
    const session = await known;
    // Whoever asks may come from another process, which knew more.
    if (shared) await session.catchUp();
    return session;
  }

  function load(sessionId: string): Promise<LiveSession> {
    const opening = openLiveSession(sessionId, options);
    loaded.set(sessionId, opening);
    opening.then(
      (session) => open.set(sessionId, session),
      // A session that could not be read must be tried again by the next who asks.
      () => loaded.delete(sessionId),
    );
    return opening;
  }

  async function wake(): Promise<void> {
    for (const { id } of await openSessions(db, options.now())) await find(id);
  }

  function meetingIn(mediaRoom: string): LiveSession | undefined {
    return [...open.values()].find((session) => session.state().audiences.group.mediaRoom === mediaRoom);
  }

  async function byMediaRoom(mediaRoom: string): Promise<LiveSession | null> {
    // Another process may have planned it after this one started.
    if (shared && !meetingIn(mediaRoom)) await wake();
    const session = meetingIn(mediaRoom) ?? null;
    if (shared) await session?.catchUp();
    return session;
  }

  return {
    find,
    byMediaRoom,
    wake,
    ring(sessionId, seq) {
      const session = open.get(sessionId);
      if (session && session.state().seq < seq) session.catchUp().catch(onError);
    },
    async poll() {
      const going = [...open.values()].filter((session) => session.state().phase !== 'ended');
      const stored = await lastSeqs(
        db,
        going.map(({ sessionId }) => sessionId),
      );
      for (const session of going) {
        if ((stored.get(session.sessionId) ?? 0) > session.state().seq) await session.catchUp();
      }
    },
    phases: () => [...open.values()].map((session) => session.state().phase),
    close() {
      for (const session of open.values()) session.close();
    },
  };
}
