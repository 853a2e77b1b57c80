import type { DoorEntry } from '../live/screens.ts';
import { Confirm } from '../ui/Confirm.tsx';

/** Asks whether somebody who comes with another device than before is really that person. */
export function DeviceQuestion(props: { entry: DoorEntry; onYes(): void; onNo(): void }) {
  const { entry, onYes, onNo } = props;
  return (
    <Confirm
      title={`Is this really ${entry.name}?`}
      yes={`Let ${entry.name} in`}
      no="Not yet"
      look="lamp"
      onYes={onYes}
      onNo={onNo}
    >
      <p>
        {entry.name} comes with a different device than before. A new phone or a cleared browser does that, and so would
        somebody who has got hold of the link.
      </p>
      <p>
        If you aren’t sure, ring {entry.name} on the number you have before you let them in. Whoever you let in can see
        and hear the group.
      </p>
    </Confirm>
  );
}
