import { expect, test } from 'vitest';

import type { Invitation } from '#shared/api.ts';

import { waitingWords } from './waitingWords.ts';

const leads: Invitation['session']['leads'] = [
  { name: 'Ruth', role: 'facilitator' },
  { name: 'Tom', role: 'coFacilitator' },
];
const session = { leads } as Invitation['session'];
const maya = { role: 'caregiver', name: 'Maya', session } as Invitation;
const ruth = { role: 'facilitator', name: 'Ruth', session } as Invitation;

test('families read who will let them in', () => {
  expect(waitingWords(maya, 'door').title).toBe('Ruth will let you in soon.');
  expect(waitingWords(maya, 'opening').title).toBe('We’re getting ready.');
});

test('a facilitator at the door waits for the other one, never for herself', () => {
  expect(waitingWords(ruth, 'door').title).toBe('Tom will let you in soon.');
  expect(waitingWords(ruth, 'opening').title).toBe('Opening the room.');
});

test('without any leads named it still makes sense', () => {
  const alone = { ...maya, session: { leads: [] as unknown } as Invitation['session'] };
  expect(waitingWords(alone, 'door').title).toBe('Your facilitator will let you in soon.');
});
