import type { Roster } from '#shared/session/roster.ts';
import { checkChain, checkOpening } from '../keys/roster.ts';

/**
 * Whether a session's rosters add up for a device that trusts none of them yet. The chain starts at the last opening by a
 * device that the roster before did not know (SPEC K3): only the four words and remembered keys can vouch for that one.
 */
export async function chainFromLastOpening(rosters: Roster[]): Promise<boolean> {
  const opening = lastOpening(rosters);
  if (opening === undefined || (await checkOpening(opening)) !== null) return false;
  return (await checkChain(opening, rosters.slice(rosters.indexOf(opening) + 1))) === null;
}

/** The last roster that stands on its own word; undefined where there is none at all. */
export function lastOpening(rosters: Roster[]): Roster | undefined {
  return rosters.findLast((roster, at) => isOpening(roster, rosters[at - 1]));
}

function isOpening(roster: Roster, before: Roster | undefined): boolean {
  if (before === undefined) return true;
  const knowsSigner = before.devices.some(({ deviceId, side }) => deviceId === roster.signedBy && side === 'staff');
  return roster.epoch === before.epoch + 1 && !knowsSigner;
}
