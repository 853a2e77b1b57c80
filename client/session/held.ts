import { fold } from '#shared/session/reduce.ts';
import type { SessionState } from '#shared/session/state.ts';
import type { EventsMessage, Names, PresenceMap, ViewMessage } from '#shared/socketEvents.ts';

/** What this client holds of a session: its view, the names that go with it, and who is connected. */
export type Held = { view: SessionState; names: Names; presence: PresenceMap };

/** Takes a whole view, unless what is held is newer. */
export function takeView(held: Held | null, message: ViewMessage): Held {
  const same = held !== null && held.view.sessionId === message.view.sessionId;
  if (same && held.view.seq > message.view.seq) return held;
  return { view: message.view, names: message.names, presence: message.presence };
}

/** Folds events in. `gap`: something is missing in between; it is never guessed, the caller asks for it. */
export function takeEvents(held: Held | null, message: EventsMessage): Held | 'gap' {
  if (held === null) return 'gap';
  const fresh = message.events.filter(({ seq }) => seq > held.view.seq);
  if (fresh.some(({ seq }, index) => seq !== held.view.seq + index + 1)) return 'gap';
  return { ...held, view: fold(fresh, held.view), names: { ...held.names, ...message.names } };
}
