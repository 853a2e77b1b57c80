import { createStore, del, get, set } from 'idb-keyval';

/** Where this caregiver's keys are kept. It must hold CryptoKey objects as they are, so that none is ever exported. */
export type KeyStore = {
  get(name: string): Promise<unknown>;
  set(name: string, value: unknown): Promise<void>;
  delete(name: string): Promise<void>;
};

/** Everything this folder stores: one slot each. */
export const slots = { device: 'device', session: 'session', known: 'known' } as const;

/**
 * This browser's IndexedDB, with a database of its own for each caregiver so that several links stay apart.
 * `caregiver` names them for good in this browser; never a link's token, for this name is stored in the clear.
 */
export function browserKeyStore(caregiver: string): KeyStore {
  const store = createStore(`kinroom-keys-${caregiver}`, 'keys');
  return {
    get: (name) => get<unknown>(name, store),
    set: (name, value) => set(name, value, store),
    delete: (name) => del(name, store),
  };
}

/** Deletes the device key, the session's key and what is remembered of others: to them this is a new device then. */
export async function forgetKeys(store: KeyStore): Promise<void> {
  for (const slot of Object.values(slots)) await store.delete(slot);
}

/**
 * Deletes the session's HPKE key only. To be called when a session has ended: boxes that somebody recorded on the way
 * then open nowhere any more, not even with this device in hand.
 */
export function forgetSessionKeys(store: KeyStore): Promise<void> {
  return store.delete(slots.session);
}

/** Runs one piece of work at a time across tabs, so that two tabs that open together do not make two device keys. */
export function oneAtATime<T>(work: () => Promise<T>): Promise<T> {
  const locks = globalThis.navigator?.locks;
  return locks ? locks.request('kinroom-keys', work) : work();
}
