import { useState, type ReactNode } from 'react';

import type { PersonId } from '#shared/session/state.ts';

import type { DoorEntry } from '../live/screens.ts';
import { Confirm } from '../ui/Confirm.tsx';

import { whoNeedsALook } from './door.ts';

/**
 * Lets people in. Whoever comes with another device than before is asked about first, one by one: being let in hands
 * over the group's key. Returns the function for buttons and keys, and the question to show.
 */
export function useLetIn(
  door: DoorEntry[],
  admit: (personIds: PersonId[]) => void,
): { letIn(personIds: PersonId[]): void; question: ReactNode } {
  const [asked, setAsked] = useState<PersonId[]>([]);
  const entry = door.find((one) => one.personId === asked[0]);
  const answered = () => setAsked((before) => before.slice(1));
  const letIn = (personIds: PersonId[]) => {
    const { look, go } = whoNeedsALook(door, personIds);
    if (go.length > 0) admit(go);
    setAsked(look);
  };
  const question =
    entry === undefined ? null : (
      <Confirm
        key={entry.personId}
        title={`Is this really ${entry.name}?`}
        yes={`Let ${entry.name} in`}
        no="Not yet"
        look="lamp"
        onYes={() => admit([entry.personId])}
        onNo={answered}
      >
        <p>
          {entry.name} comes with a different device than before. A new phone or a cleared browser does that, and so
          would somebody who has got hold of the link.
        </p>
        <p>
          If you aren’t sure, ring {entry.name} on the number you have before you let them in. Whoever you let in can
          see and hear the group.
        </p>
      </Confirm>
    );
  return { letIn, question };
}
