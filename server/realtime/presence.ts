import type { Presence, PresenceMap } from '#shared/socketEvents.ts';

/** A reload or a short gap is not a loss: others hear of it only after this. */
const GRACE_MS = 3_000;

/** `lastSeen`: when the last connection ended, ms; for who never had one, when this process began. */
type Entry = { sockets: number; lastSeen: number; told: Presence; backSoon: boolean; timer?: NodeJS.Timeout };

export type PresenceBook = ReturnType<typeof presenceBook>;

/**
 * Who is connected to this process, per session. Volatile: never stored. After a restart everybody counts as here until
 * they had time to come back, so that a server that died does not empty the room on everybody's screen.
 */
export function presenceBook(now: () => number, onChange: (sessionId: string, changes: PresenceMap) => void) {
  const since = now();
  const sessions = new Map<string, Map<string, Entry>>();

  function entry(sessionId: string, personId: string) {
    let people = sessions.get(sessionId);
    if (!people) sessions.set(sessionId, (people = new Map()));
    let found = people.get(personId);
    if (!found) people.set(personId, (found = { sockets: 0, lastSeen: since, told: assumed(), backSoon: false }));
    return found;
  }

  function assumed(): Presence {
    return now() - since < GRACE_MS ? 'here' : 'lost';
  }

  function tell(sessionId: string, personId: string): void {
    const person = entry(sessionId, personId);
    const presence: Presence = person.sockets === 0 ? 'lost' : person.backSoon ? 'backSoon' : 'here';
    if (presence === person.told) return;
    person.told = presence;
    onChange(sessionId, { [personId]: presence });
  }

  function later(sessionId: string, personId: string): void {
    const person = entry(sessionId, personId);
    clearTimeout(person.timer);
    person.timer = setTimeout(() => tell(sessionId, personId), GRACE_MS);
    person.timer.unref();
  }

  return {
    /** For each connection of the device that its person is here with, once; `gone` when that one ends. */
    arrived(sessionId: string, personId: string): void {
      const person = entry(sessionId, personId);
      person.sockets += 1;
      clearTimeout(person.timer);
      tell(sessionId, personId);
    },
    gone(sessionId: string, personId: string): void {
      const person = entry(sessionId, personId);
      person.sockets -= 1;
      person.lastSeen = now();
      if (person.sockets === 0) later(sessionId, personId);
    },
    /** For how long this person has had no connection, ms; 0 while they have one. */
    lostFor(sessionId: string, personId: string): number {
      const { sockets, lastSeen } = entry(sessionId, personId);
      return sockets > 0 ? 0 : now() - lastSeen;
    },
    backSoon(sessionId: string, personId: string, on: boolean): void {
      entry(sessionId, personId).backSoon = on;
      tell(sessionId, personId);
    },
    /** The presence of these people as it was told last. */
    of(sessionId: string, personIds: string[]): PresenceMap {
      const people = sessions.get(sessionId);
      const map: PresenceMap = {};
      for (const personId of personIds) {
        map[personId] = people?.get(personId)?.told ?? assumed();
        // Assumed to be here after a restart: look again when the time to come back is over.
        if (!people?.has(personId) && map[personId] === 'here') later(sessionId, personId);
      }
      return map;
    },
  };
}
