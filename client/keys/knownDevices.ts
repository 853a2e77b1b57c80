import type { Roster } from '#shared/session/roster.ts';
import type { PersonId } from '#shared/session/state.ts';
import { slots, type KeyStore } from './keyStore.ts';

/** `changed`: this person was met before, but never with this key. A person may have several devices. */
type Standing = 'known' | 'new' | 'changed';

export type KnownDevices = {
  standing(personId: PersonId, signingKey: string): Standing;
  /** Keeps the signing keys of everybody on a roster. For after entering with it, never for people at the door. */
  remember(roster: Roster): Promise<void>;
};

/** The signing keys this device has met in rooms, across the weeks. Holds ids and public keys, no names. */
export async function knownDevices(store: KeyStore): Promise<KnownDevices> {
  const known = ((await store.get(slots.known)) ?? new Map()) as Map<PersonId, Set<string>>;
  return {
    standing(personId, signingKey) {
      const keys = known.get(personId);
      if (keys === undefined) return 'new';
      return keys.has(signingKey) ? 'known' : 'changed';
    },
    async remember(roster) {
      for (const { personId, signingKey } of roster.devices) {
        known.set(personId, (known.get(personId) ?? new Set()).add(signingKey));
      }
      await store.set(slots.known, known);
    },
  };
}
