import { staffInRoom } from '#shared/session/roles.ts';
import { mediaIdentity } from '#shared/session/roster.ts';
import type { Person, SessionState } from '#shared/session/state.ts';
import type { Names, Presence } from '#shared/socketEvents.ts';
import type { MediaSnapshot } from '../media/mediaRoom.ts';
import type { Tile } from './screens.ts';

export type TilesInput = {
  view: SessionState;
  names: Names;
  presence: Record<string, Presence>;
  media: MediaSnapshot | null;
  me: { personId: string; backSoon: boolean };
};

/**
 * The seats in their fixed order: staff first, then every family of the course in its place, there or not; in a taster the
 * guests in the order they came. Staff see who waits for a seat, families only that it is free.
 */
export function tiles(input: TilesInput): Tile[] {
  const { view } = input;
  const people = Object.values(view.people);
  const seats = staffInRoom(view).map((person) => tileOf(person, input));
  for (const familyId of view.familyIds) {
    const family = people
      .filter((person) => person.familyId === familyId)
      .toSorted((a, b) => (a.personId < b.personId ? -1 : 1));
    if (family.length === 0) seats.push(absent(familyId));
    for (const person of family) seats.push(tileOf(person, input));
  }
  const guests = people.filter(({ role, status }) => role === 'attendee' && status === 'admitted');
  for (const guest of guests.toSorted((a, b) => a.since - b.since)) seats.push(tileOf(guest, input));
  return seats;
}

function absent(seat: string): Tile {
  const nothing = { picture: null, paused: false, microphone: 'off', speaking: false, weak: false } as const;
  return { seat, personId: null, name: '', role: 'family', isYou: false, standing: 'absent', ...nothing };
}

function tileOf(person: Person, { names, presence, media, me }: TilesInput): Tile {
  const { personId, role } = person;
  const isYou = personId === me.personId;
  const participant = media?.participants[mediaIdentity(personId, person.device.deviceId)];
  const away = isYou ? me.backSoon : presence[personId] === 'backSoon';
  return {
    seat: personId,
    personId,
    name: names[personId]?.name ?? '',
    role: role === 'facilitator' || role === 'coFacilitator' ? role : 'family',
    isYou,
    standing: standing(),
    picture: participant?.picture ?? null,
    paused: participant?.paused ?? false,
    microphone: participant?.microphone ?? 'off',
    speaking: participant?.speaking ?? false,
    weak: participant?.weak ?? false,
  };

  function standing(): Tile['standing'] {
    if (person.status === 'waiting') return 'waiting';
    if (away) return 'backSoon';
    if (isYou) return media?.state === 'reconnecting' ? 'reconnecting' : 'here';
    if (participant) return participant.lost ? 'reconnecting' : 'here';
    // Somebody whose page is connected but whose picture is not there yet is on the way in.
    return presence[personId] === 'lost' ? 'reconnecting' : 'joining';
  }
}
