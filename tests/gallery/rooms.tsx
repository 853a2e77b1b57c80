import type { Invitation } from '#shared/api.ts';

import { AgendaConsole } from '../../client/facilitator/AgendaConsole.tsx';
import { DeviceQuestion } from '../../client/facilitator/DeviceQuestion.tsx';
import { EndDialog } from '../../client/facilitator/EndDialog.tsx';
import { FacilitatorSheet } from '../../client/facilitator/FacilitatorSheet.tsx';
import { PeopleConsole } from '../../client/facilitator/PeopleConsole.tsx';
import type { RoomView } from '../../client/live/screens.ts';
import { Room } from '../../client/room/Room.tsx';

import { door, familyInvitation, room, seats, eveningAt, seven, staffInvitation, tile } from './samples.ts';
import type { Sample } from './sample.ts';

const staffParts = { AgendaConsole, FacilitatorSheet, PeopleConsole, DeviceQuestion, EndDialog };

function inRoom(at: number, view: () => RoomView, invitation: Invitation = familyInvitation()): Sample {
  const given = view();
  return {
    at,
    show: ({ actions }) => <Room invitation={invitation} room={given} actions={actions} staffParts={staffParts} />,
  };
}

const family = (more: Partial<RoomView> = {}): Sample => inRoom(13, () => room('Maya & Jonas', more));
const staff = (at: number, more: Partial<RoomView> = {}, you = 'Ruth'): Sample =>
  inRoom(at, () => room(you, more), { ...staffInvitation(), name: you });

const elenaWaits = { Elena: { standing: 'waiting', picture: null } } as const;
const speaking = { Grace: { speaking: true, microphone: 'on' } } as const;
const waitingAtTheDoor: Partial<RoomView> = {
  tiles: seats('Ruth', { ...elenaWaits, ...speaking }),
  door: [door('Elena', seven + 21.5 * 60_000)],
};
const guests =
  `Amina Ben Carla Deniz Ewa Femi Gita Hal Ines Jo Kit Lena Mina Noor Oskar Pia Quinn Rosa Sami Tess`.split(' ');
/** So many in their seats: the two of staff, six families, then guests with their cameras off. */
const seated = (count: number): Sample =>
  family({
    tiles: [...seats('Maya & Jonas'), ...guests.map((name) => tile(name, { picture: null }))].slice(0, count),
  });

const paused = { picture: null, paused: true } as const;
const allPaused = Object.fromEntries(seats('').map(({ name }) => [name, paused]));
const noPictures: Partial<RoomView> = {
  tiles: seats('Maya & Jonas', { ...allPaused, 'Maya & Jonas': { picture: null }, Elena: { picture: null } }),
};
const fewerPictures: Partial<RoomView> = {
  tiles: seats('Maya & Jonas', { Tom: paused, Priya: paused, Elena: paused, 'Kwame & Abi': paused, ...speaking }),
};

/** The room in every state that this version knows. */
export const rooms: Record<string, Sample> = {
  'room-family': family(),
  'room-family-over': { ...family(), at: 21.6 },
  'room-family-paused': family({ session: eveningAt('check-in', 8, 2) }),
  'room-family-lobby': { ...family({ session: eveningAt(null, 0) }), at: -4 },
  'room-family-breakout': { ...family({ session: eveningAt('first-play-time', 2) }), at: 23 },
  'room-family-more': { ...family(), press: ['More'] },
  'room-family-not-yet': { ...family(), press: ['More', 'Not here yet'] },
  'room-family-trust': { ...family(), press: ['Encrypted · not recorded'] },
  'room-family-trust-working': {
    ...family({ trust: { ...room('Maya & Jonas').trust, encrypted: false, refusedTracks: 1, words: null } }),
    press: ['Not encrypted yet'],
  },
  'room-family-leave': { ...family(), press: ['Leave'] },
  'room-family-evening': { ...family(), pressNarrow: ['Show the whole evening'] },
  'room-reconnecting': family({ media: 'reconnecting' }),
  'room-server-lost': family({ connection: 'reconnecting' }),
  'room-sound-blocked': family({ audioBlocked: true }),
  'room-notice': family({ notice: 'That would go past the latest end of this session.' }),
  'room-back-soon': family({ backSoon: true, camera: 'off' }),
  'room-devices-blocked': family({ camera: 'blocked', microphone: 'missing' }),
  'room-standings': family({
    tiles: seats('Maya & Jonas', {
      Tom: { standing: 'reconnecting' },
      'Maya & Jonas': { picture: null },
      Priya: { standing: 'backSoon' },
      'Dan & Chris': { weak: true },
      Grace: { standing: 'joining', picture: null },
      Elena: { standing: 'absent', picture: null, name: '', personId: null },
      'Kwame & Abi': { picture: null, microphone: 'on' },
    }),
  }),
  'room-fewer-pictures': family({ ...fewerPictures, pictures: { level: 'fewer', by: 'line' } }),
  'room-no-pictures': family({ ...noPictures, camera: 'on', pictures: { level: 'none', by: 'line' } }),
  'room-sound-only': family({ ...noPictures, camera: 'off', pictures: { level: 'none', by: 'person' } }),
  'room-sound-only-more': {
    ...family({ ...noPictures, camera: 'off', pictures: { level: 'none', by: 'person' } }),
    press: ['Close this message', 'More'],
  },
  'room-facilitator-sound-only': staff(13, {
    tiles: seats('Ruth', allPaused),
    camera: 'off',
    pictures: { level: 'none', by: 'person' },
  }),
  'room-two': family({ tiles: seats('Maya & Jonas').filter((one) => /Ruth|Maya/.test(one.name)) }),
  'room-one': seated(1),
  'room-three': seated(3),
  'room-five': seated(5),
  'room-twelve': seated(12),
  // Twelve caregivers, two of staff and an observer: the most that a group has.
  'room-many': seated(15),
  // A taster that is full.
  'room-taster': seated(22),
  'room-facilitator': staff(23.4, waitingAtTheDoor),
  'room-facilitator-people': { ...staff(23.4, waitingAtTheDoor), pressNarrow: ['People'] },
  'room-facilitator-agenda': { ...staff(15, waitingAtTheDoor), pressNarrow: ['Show the whole evening'] },
  'room-facilitator-lobby': staff(-4, {
    session: eveningAt(null, 0),
    tiles: seats('Ruth', {
      'Maya & Jonas': { standing: 'waiting', picture: null },
      Priya: { standing: 'waiting', picture: null },
      'Dan & Chris': { standing: 'waiting', picture: null },
      Grace: { standing: 'absent', picture: null, name: '', personId: null },
      Elena: { standing: 'absent', picture: null, name: '', personId: null },
      'Kwame & Abi': { standing: 'absent', picture: null, name: '', personId: null },
    }),
    door: [
      door('Maya & Jonas', seven - 9 * 60_000),
      door('Priya', seven - 6 * 60_000, { key: 'changed' }),
      door('Dan & Chris', seven - 4.2 * 60_000, { key: 'new', busy: true, connected: false }),
    ],
  }),
  'room-facilitator-changed': {
    ...staff(13, { door: [door('Elena', seven + 12 * 60_000, { key: 'changed' })], tiles: seats('Ruth', elenaWaits) }),
    pressNarrow: ['People'],
    press: ['Let in Elena'],
  },
  'room-facilitator-paused': staff(13, { session: eveningAt('check-in', 8, 2) }),
  'room-facilitator-last': staff(118, { session: eveningAt('close', 3) }),
  'room-facilitator-end': { ...staff(13), press: ['Leave', 'End for everyone…'] },
  'room-facilitator-keys': { ...staff(13), press: ['More', 'Keyboard shortcuts'] },
  'room-co-facilitator': staff(13, { microphone: 'off' }, 'Tom'),
};
