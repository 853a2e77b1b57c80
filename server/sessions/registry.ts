import type { Db } from '../storage/open.ts';
import { openSessions } from '../storage/courses.ts';
import { openLiveSession, type LiveOptions, type LiveSession } from './live.ts';

/** The sessions this process holds, each loaded once. */
export type Sessions = {
  find(sessionId: string): Promise<LiveSession>;
  /** The loaded session whose group meets in this media room. */
  byMediaRoom(mediaRoom: string): LiveSession | undefined;
  /** Loads every session that may have deadlines to keep, as after a restart. */
  wake(db: Db): Promise<void>;
  close(): void;
};

export function sessionRegistry(options: LiveOptions): Sessions {
  const loaded = new Map<string, Promise<LiveSession>>();
  const open: LiveSession[] = [];

  function find(sessionId: string): Promise<LiveSession> {
    const known = loaded.get(sessionId);
    if (known) return known;
    const opening = openLiveSession(sessionId, options);
    loaded.set(sessionId, opening);
    opening.then(
      (session) => open.push(session),
      // A session that could not be read must be tried again by the next who asks.
      () => loaded.delete(sessionId),
    );
    return opening;
  }

  return {
    find,
    byMediaRoom: (mediaRoom) => open.find((session) => session.state().audiences.group.mediaRoom === mediaRoom),
    async wake(db) {
      for (const { id } of await openSessions(db, options.now())) await find(id);
    },
    close() {
      for (const session of open) session.close();
    },
  };
}
