import { cprtWeeks1to5 } from './cprtWeeks1to5.ts';
import { cprtWeeks6to10 } from './cprtWeeks6to10.ts';
import type { Programme } from './programme.ts';

/**
 * Child-parent relationship therapy in a group: ten weekly sessions of two hours, up to six families. Minutes are our
 * own plan, for a clinical lead to approve; every word is ours. In every week the group meets in the main room before
 * the first breakout, so that whoever comes a little late has missed nothing.
 */
export const cprt: Programme = {
  programmeId: 'cprt',
  name: 'Parent group',
  sessions: 10,
  minutes: 120,
  maxFamilies: 6,
  maxPeople: null,
  latestEndMinutes: 10,
  childInView: 'never',
  // The earliest: each family begins when it feels ready, in week 3, 4 or later.
  homePlayFromWeek: 3,
  agendas: [...cprtWeeks1to5, ...cprtWeeks6to10],
};
