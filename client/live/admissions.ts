import { sayAdmitProblem, type NoticeBoard } from './notice.ts';
import type { DoorEntry, RoomView } from './screens.ts';
import type { Visit } from './visit.ts';

export type AdmissionsOptions = {
  visit(): Visit | null;
  /** The people at the door as they stand on the screen: with the devices they were looked at with. */
  door(): DoorEntry[];
  board: NoticeBoard;
  onChange(): void;
};

/** Lets people in from this device, one attempt for each person at a time. */
export function admissions({ visit, door, board, onChange }: AdmissionsOptions) {
  const busy = new Set<string>();
  const tried = new Set<string>();

  async function admit(personIds: string[]): Promise<void> {
    const guests = door().filter(({ personId }) => personIds.includes(personId) && !busy.has(personId));
    const current = visit();
    if (current === null || guests.length === 0) return;
    for (const { personId } of guests) busy.add(personId);
    onChange();
    const problem = await current.admit(guests).catch(() => 'busy' as const);
    for (const { personId } of guests) busy.delete(personId);
    // Somebody else may have let them in at the same moment: that is what was wanted.
    if (problem !== null && problem !== 'alreadyInRoom') board.say(sayAdmitProblem(problem));
    onChange();
  }

  return {
    /** The people who are being let in right now. */
    busy: busy as ReadonlySet<string>,
    admit,
    /** A colleague whose device is known from before needs no tap: once, and only from the lead's device. */
    letKnownStaffIn({ me, door: entries }: RoomView): void {
      if (!me.isLead) return;
      const known = entries.filter(
        (entry) => entry.role === 'staff' && entry.key === 'known' && !tried.has(nameOf(entry)),
      );
      for (const entry of known) tried.add(nameOf(entry));
      if (known.length > 0) void admit(known.map(({ personId }) => personId));
    },
  };
}

function nameOf({ personId, deviceId, since }: DoorEntry): string {
  return `${personId} ${deviceId} ${since}`;
}
