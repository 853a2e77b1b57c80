import type { PersonId } from '#shared/session/state.ts';

import type { DoorEntry } from '../live/screens.ts';

/** Splits people at the door into those who may go straight in and those whose device changed. */
export function whoNeedsALook(door: DoorEntry[], personIds: PersonId[]): { go: PersonId[]; look: PersonId[] } {
  const wanted = door.filter((entry) => personIds.includes(entry.personId) && !entry.busy);
  const ids = (entries: DoorEntry[]) => entries.map((entry) => entry.personId);
  return {
    go: ids(wanted.filter((entry) => entry.key !== 'changed')),
    look: ids(wanted.filter((entry) => entry.key === 'changed')),
  };
}

/** How long somebody has stood at the door, in words. */
export function waitedText(since: number, now: number): string {
  const minutes = Math.floor(Math.max(0, now - since) / 60_000);
  return minutes === 0 ? 'Just came' : `Waiting ${minutes} min`;
}
