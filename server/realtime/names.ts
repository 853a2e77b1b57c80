import { view } from '#shared/session/view.ts';
import type { Role } from '#shared/session/state.ts';
import type { Names, ViewMessage } from '#shared/socketEvents.ts';
import type { Db } from '../storage/open.ts';
import { peopleOf } from '../storage/people.ts';
import type { SocketData } from './connections.ts';
import type { PresenceBook } from './presence.ts';

/** Everybody's name in a course; each viewer gets a part of it. */
export async function courseNames(db: Db, courseId: string): Promise<Names> {
  const people = await peopleOf(db, courseId);
  return Object.fromEntries(people.map(({ id, name, role }) => [id, { name, role: role as Role }]));
}

/** The names of the people whom a viewer may see; staff's names are on the invitation anyway. */
export function namesFor(all: Names, { session, viewer }: SocketData): Names {
  const seen = view(session.state(), viewer).people;
  return Object.fromEntries(Object.entries(all).filter(([personId]) => personId in seen));
}

/** A whole view for one socket, as of now. */
export function viewMessage(all: Names, presence: PresenceBook, data: SocketData): ViewMessage {
  const seen = view(data.session.state(), data.viewer);
  return {
    view: seen,
    names: namesFor(all, data),
    presence: presence.of(data.session.sessionId, Object.keys(seen.people)),
  };
}
