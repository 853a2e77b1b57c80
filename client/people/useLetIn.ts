import { useState } from 'react';

import type { PersonId } from '#shared/session/state.ts';

import type { DoorEntry } from '../live/screens.ts';

import { whoNeedsALook } from './door.ts';

/**
 * Lets people in. Whoever comes with another device than before is asked about first, one by one: being let in hands
 * over the group's key. Returns the function for buttons and keys, and whom to ask about (see DeviceQuestion).
 */
export function useLetIn(door: DoorEntry[], admit: (personIds: PersonId[]) => void) {
  const [asked, setAsked] = useState<PersonId[]>([]);
  const entry = door.find((one) => one.personId === asked[0]) ?? null;
  return {
    letIn(personIds: PersonId[]): void {
      const { look, go } = whoNeedsALook(door, personIds);
      if (go.length > 0) admit(go);
      setAsked(look);
    },
    asked: entry,
    answered: () => setAsked((before) => before.slice(1)),
  };
}
