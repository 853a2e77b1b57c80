import { sayAdmitProblem, type NoticeBoard } from './notice.ts';
import type { RoomView } from './screens.ts';
import type { Visit } from './visit.ts';

/** Lets people in from this device, one attempt for each person at a time. */
export function admissions(options: { visit(): Visit | null; board: NoticeBoard; onChange(): void }) {
  const { visit, board, onChange } = options;
  const busy = new Set<string>();

  async function admit(personIds: string[]): Promise<void> {
    const fresh = personIds.filter((personId) => !busy.has(personId));
    const current = visit();
    if (current === null || fresh.length === 0) return;
    for (const personId of fresh) busy.add(personId);
    onChange();
    const problem = await current.admit(fresh).catch(() => 'busy' as const);
    for (const personId of fresh) busy.delete(personId);
    // Somebody else may have let them in at the same moment: that is what was wanted.
    if (problem !== null && problem !== 'alreadyInRoom') board.say(sayAdmitProblem(problem));
    onChange();
  }

  return {
    /** The people who are being let in right now. */
    busy: busy as ReadonlySet<string>,
    admit,
    /** A colleague whose device is known from before needs no tap; only the lead's device does it, so it happens once. */
    letKnownStaffIn({ me, door }: RoomView): void {
      if (!me.isLead) return;
      const known = door.filter((entry) => entry.role === 'staff' && entry.key === 'known' && !entry.busy);
      if (known.length > 0) void admit(known.map(({ personId }) => personId));
    },
  };
}
