import type { Person, PersonId, Role, SessionState } from './state.ts';

/** Who decides a command: a person in their role, or the server's timer. */
export type Actor = { by: 'person'; personId: PersonId; role: Role; familyId: string | null } | { by: 'timer' };

export function isStaff(role: Role): boolean {
  return role === 'facilitator' || role === 'coFacilitator';
}

/** The person if they are in the room, else undefined. */
export function admitted(state: SessionState, personId: PersonId): Person | undefined {
  const person = state.people[personId];
  return person?.status === 'admitted' ? person : undefined;
}

/** Staff members in the room, facilitators first. */
export function staffInRoom(state: SessionState): Person[] {
  return Object.values(state.people)
    .filter((person) => person.status === 'admitted' && isStaff(person.role))
    .toSorted((a, b) => Number(b.role === 'facilitator') - Number(a.role === 'facilitator') || a.since - b.since);
}

/** Families (in a taster: attendees) with somebody in the room. */
export function familiesInRoom(state: SessionState): Set<string> {
  const families = new Set<string>();
  for (const person of Object.values(state.people)) {
    if (person.status === 'admitted' && person.familyId !== null) families.add(person.familyId);
  }
  return families;
}
