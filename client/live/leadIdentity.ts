import { mediaIdentity } from '#shared/session/roster.ts';
import type { SessionState } from '#shared/session/state.ts';

/** The media identity of whoever has the lead; null while nobody has it. */
export function leadIdentity({ lead, people }: SessionState): string | null {
  const person = lead === null ? undefined : people[lead];
  return person === undefined ? null : mediaIdentity(person.personId, person.device.deviceId);
}
