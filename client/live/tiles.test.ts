import { expect, test } from 'vitest';
import { gathered } from '#shared/session/driver.fixtures.ts';
import { view } from '#shared/session/view.ts';
import type { MediaSnapshot } from '../media/mediaRoom.ts';
import { tiles, type TilesInput } from './tiles.ts';

const session = gathered();
session.enter('tom');
session.admit('ruth', ['tom']);
session.enter('jonas');
session.admit('ruth', ['jonas']);

const participant = {
  picture: null,
  paused: false,
  microphone: 'on',
  speaking: false,
  weak: false,
  lost: false,
} as const;
const media = (ids: string[], state: MediaSnapshot['state'] = 'connected'): MediaSnapshot => ({
  state,
  closedBy: null,
  encrypted: true,
  refusedTracks: 0,
  audioBlocked: false,
  strangers: [],
  participants: Object.fromEntries(ids.map((id) => [`${id}#${id}-laptop`, { ...participant, identity: id }])),
});

function seen(personId: string, change: Partial<TilesInput> = {}) {
  const role = personId === 'ruth' ? 'facilitator' : 'caregiver';
  const names = { priya: { name: 'Priya', role: 'caregiver' as const } };
  const base = { view: view(session.state(), { personId, role }), names, presence: {}, media: media([personId]) };
  return tiles({ ...base, me: { personId, backSoon: false }, ...change });
}
const order = (personId: string) => seen(personId).map(({ seat, standing }) => `${seat} ${standing}`);

test('staff sit first, families keep their place, and only staff see who waits', () => {
  expect(order('ruth')).toEqual([
    'ruth here',
    'tom joining',
    'jonas joining',
    'maya joining',
    'priya joining',
    'dan waiting',
  ]);
  expect(order('maya').at(-1)).toBe('family-3 absent');
  expect(seen('maya').at(-1)).toMatchObject({ personId: null, name: '' });
});

test('a lost page is reconnecting, unless its picture is still there', () => {
  const presence = { priya: 'lost' } as const;
  const priya = (change: Partial<TilesInput>) => seen('maya', change).find(({ seat }) => seat === 'priya')?.standing;
  expect(priya({ presence })).toBe('reconnecting');
  expect(priya({ presence, media: media(['priya']) })).toBe('here');
  expect(priya({ presence: { priya: 'backSoon' }, media: media(['priya']) })).toBe('backSoon');
});

test('one sees of oneself whether the media connection is lost', () => {
  const mine = (change: Partial<TilesInput>) => seen('maya', change).find(({ isYou }) => isYou)?.standing;
  expect(mine({})).toBe('here');
  expect(mine({ media: media([], 'reconnecting') })).toBe('reconnecting');
  expect(mine({ me: { personId: 'maya', backSoon: true } })).toBe('backSoon');
});
