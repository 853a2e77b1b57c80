import { agreementVersion } from '#shared/agreement.ts';
import type { Ticks } from '#shared/session/state.ts';
import type { Db } from '../storage/open.ts';
import { acceptAgreement } from '../storage/people.ts';

/** Keeps that a person accepted the group agreement, once for the course. A version that never was is ignored. */
export async function recordAgreement(db: Db, personId: string, ticks: Ticks, now: number): Promise<void> {
  const version = ticks.agreementVersion;
  if (version >= 1 && version <= agreementVersion) await acceptAgreement(db, personId, version, now);
}
