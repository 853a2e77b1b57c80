import { describe, expect, test } from 'vitest';

import type { DoorEntry } from '../live/screens.ts';

import { waitedText, whoNeedsALook } from './door.ts';

function entry(personId: string, key: DoorEntry['key'], busy = false): DoorEntry {
  return {
    personId,
    deviceId: `${personId}-device`,
    name: personId,
    role: 'family',
    since: 0,
    connected: true,
    ticks: null,
    key,
    busy,
  };
}

describe('at the door', () => {
  const door = [entry('elena', 'known'), entry('grace', 'changed'), entry('priya', 'new'), entry('dan', 'known', true)];

  test('a changed device needs a look, a known or a first one does not', () => {
    expect(whoNeedsALook(door, ['elena', 'grace', 'priya'])).toEqual({ go: ['elena', 'priya'], look: ['grace'] });
  });

  test('whoever is being let in already, or is not asked for, stays as they are', () => {
    expect(whoNeedsALook(door, ['dan', 'elena'])).toEqual({ go: ['elena'], look: [] });
    expect(whoNeedsALook(door, ['nobody'])).toEqual({ go: [], look: [] });
  });

  test('waiting is told in whole minutes, and a clock that runs ahead does no harm', () => {
    expect(waitedText(0, 59_000)).toBe('Just came');
    expect(waitedText(0, 60_000)).toBe('Waiting 1 min');
    expect(waitedText(10_000, 0)).toBe('Just came');
  });
});
