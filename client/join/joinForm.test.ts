import { describe, expect, test } from 'vitest';

import type { Invitation } from '#shared/api.ts';

import { choiceOf, emptyForm, fieldsFor, leftToDo, missingOf } from './joinForm.ts';

function invitation(more: Partial<Invitation>, accepted = false): Invitation {
  return {
    kind: 'personal',
    personId: 'p',
    role: 'caregiver',
    name: 'Maya',
    enrolled: false,
    mediaUrl: 'ws://localhost:7880',
    tasterLink: null,
    ...more,
    session: {
      sessionId: 's',
      phase: 'planned',
      organisation: 'Northfield Families',
      course: 'Tuesday group',
      label: 'Week 4',
      title: 'Sharing play times',
      plannedStart: 0,
      minutes: 120,
      timeZone: 'Europe/London',
      leads: [],
      families: 6,
      helpPhone: null,
      agreement: { version: 3, accepted },
      demo: false,
    },
  };
}

const family = invitation({});
const returning = invitation({}, true);
const staff = invitation({ role: 'facilitator', name: 'Ruth' });
const guest = invitation({ kind: 'taster', role: 'attendee', name: null });

describe('what the join page asks for', () => {
  test('a family: a private place and, once, the agreement', () => {
    expect(fieldsFor(family)).toEqual(['privatePlace', 'agreement']);
    expect(fieldsFor(returning)).toEqual(['privatePlace']);
  });

  test('a guest: a first name too, until they have given it', () => {
    expect(fieldsFor(guest)).toEqual(['name', 'privatePlace', 'agreement']);
    expect(fieldsFor({ ...guest, name: 'Amina' })).not.toContain('name');
  });

  test('staff: nothing, and no tick is made up for them', () => {
    expect(fieldsFor(staff)).toEqual([]);
    expect(choiceOf(emptyForm, staff)).toEqual({ name: null, ticks: { privatePlace: false, agreementVersion: 0 } });
  });
});

describe('pressing Join', () => {
  test('too early: the missing ones, the first of the page first', () => {
    expect(missingOf(emptyForm, fieldsFor(guest))).toEqual(['name', 'privatePlace', 'agreement']);
    expect(missingOf({ ...emptyForm, name: '  ', agreement: true }, fieldsFor(guest))).toEqual([
      'name',
      'privatePlace',
    ]);
  });

  test('what is sent: the trimmed name, and the version of the agreement that was ticked', () => {
    const filled = { name: ' Amina ', privatePlace: true, agreement: true };
    expect(choiceOf(filled, guest)).toEqual({ name: 'Amina', ticks: { privatePlace: true, agreementVersion: 3 } });
    expect(choiceOf({ ...filled, agreement: false }, returning).ticks.agreementVersion).toBe(3);
    expect(choiceOf({ ...filled, agreement: false }, family).ticks.agreementVersion).toBe(0);
  });

  test('the line above the button counts what is left', () => {
    expect(leftToDo([])).toBeNull();
    expect(leftToDo(['agreement'])).toBe('One tick left above.');
    expect(leftToDo(['name', 'privatePlace', 'agreement'])).toBe('Your first name and two ticks are missing above.');
    expect(leftToDo(['name'])).toBe('Only your first name is missing above.');
  });
});
