import type { Presence, PresenceMap } from '#shared/socketEvents.ts';
import type { Connected } from '../nodes/bus.ts';

/** A reload or a short gap is not a loss: others hear of it only after this. */
const GRACE_MS = 3_000;
/** Nodes say their lists every few seconds; one that has been silent for so long is gone. */
const NODE_SILENT_MS = 10_000;

/** `lastSeen`: when the last connection ended, ms; for who never had one, when this process began. */
type Entry = { here: boolean; lastSeen: number; told: Presence; timer?: NodeJS.Timeout };

export type PresenceOptions = {
  now(): number;
  /** Who is connected to this process. */
  local(sessionId: string): Connected[];
  /** Whether other nodes can be heard now: while not, what they said last stays true. */
  hears(): boolean;
  onChange(sessionId: string, changes: PresenceMap): void;
};

export type PresenceBook = ReturnType<typeof presenceBook>;

/**
 * Who is connected, to whichever node, per session. Volatile: never stored. After a restart everybody counts as here until
 * they had time to come back, so that a server that died does not empty the room on everybody's screen.
 */
export function presenceBook({ now, local, hears, onChange }: PresenceOptions) {
  const since = now();
  const sessions = new Map<string, Map<string, Entry>>();
  const remote = new Map<string, Map<string, { at: number; sockets: Connected[] }>>();

  function entry(sessionId: string, personId: string): Entry {
    let people = sessions.get(sessionId);
    if (!people) sessions.set(sessionId, (people = new Map()));
    let found = people.get(personId);
    if (!found) people.set(personId, (found = { here: false, lastSeen: since, told: assumed() }));
    return found;
  }

  function assumed(): Presence {
    return now() - since < GRACE_MS ? 'here' : 'lost';
  }

  function elsewhere(sessionId: string): Connected[] {
    return [...(remote.get(sessionId)?.values() ?? [])].flatMap(({ sockets }) => sockets);
  }

  /** Brings what is known of a session's people in line with who is connected now. */
  function look(sessionId: string): void {
    const counted = [...local(sessionId), ...elsewhere(sessionId)].filter((one) => one.counted);
    const known = sessions.get(sessionId)?.keys() ?? [];
    const changes: PresenceMap = {};
    for (const personId of new Set([...known, ...counted.map((one) => one.personId)])) {
      const theirs = counted.filter((one) => one.personId === personId);
      const person = entry(sessionId, personId);
      if (theirs.length === 0) {
        if (person.here) leave(sessionId, personId, person);
        continue;
      }
      person.here = true;
      clearTimeout(person.timer);
      const presence = theirs.every((one) => one.backSoon) ? 'backSoon' : 'here';
      if (person.told !== presence) changes[personId] = person.told = presence;
    }
    if (Object.keys(changes).length > 0) onChange(sessionId, changes);
  }

  function leave(sessionId: string, personId: string, person: Entry): void {
    person.here = false;
    person.lastSeen = now();
    tellLater(sessionId, personId, person);
  }

  function tellLater(sessionId: string, personId: string, person: Entry): void {
    clearTimeout(person.timer);
    person.timer = setTimeout(() => {
      if (person.here || person.told === 'lost') return;
      person.told = 'lost';
      onChange(sessionId, { [personId]: 'lost' });
    }, GRACE_MS);
    person.timer.unref();
  }

  return {
    look,
    /** The connections of a session on other nodes. */
    elsewhere,
    /** Another node said who is connected to it. */
    heard(node: string, sessionId: string, sockets: Connected[]): void {
      const nodes = remote.get(sessionId) ?? new Map<string, { at: number; sockets: Connected[] }>();
      remote.set(sessionId, nodes);
      if (sockets.length === 0) nodes.delete(node);
      else nodes.set(node, { at: now(), sockets });
      if (nodes.size === 0) remote.delete(sessionId);
      look(sessionId);
    },
    /** Other nodes can be heard (again): what they said before counts from now. */
    refresh(): void {
      for (const nodes of remote.values()) for (const heard of nodes.values()) heard.at = now();
    },
    /** Forgets nodes that have been silent for too long. */
    sweep(): void {
      if (!hears()) return;
      for (const [sessionId, nodes] of remote) {
        for (const [node, { at }] of nodes) if (now() - at > NODE_SILENT_MS) nodes.delete(node);
        if (nodes.size === 0) remote.delete(sessionId);
        look(sessionId);
      }
    },
    /** For how long this person has had no connection, ms; 0 while they have one. */
    lostFor(sessionId: string, personId: string): number {
      const { here, lastSeen } = entry(sessionId, personId);
      return here ? 0 : now() - lastSeen;
    },
    /** The presence of these people as it was told last. */
    of(sessionId: string, personIds: string[]): PresenceMap {
      const map: PresenceMap = {};
      for (const personId of personIds) {
        const person = entry(sessionId, personId);
        map[personId] = person.told;
        // Assumed to be here after a restart: look again when the time to come back is over.
        if (!person.here && person.told === 'here' && !person.timer) tellLater(sessionId, personId, person);
      }
      return map;
    },
  };
}
