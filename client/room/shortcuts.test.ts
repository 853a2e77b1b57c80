import { describe, expect, test } from 'vitest';

import { shortcutList, shortcutOf, type Press } from './shortcuts.ts';

const lead = { isStaff: true, isLead: true };
const coFacilitator = { isStaff: true, isLead: false };
const family = { isStaff: false, isLead: false };

function press(key: string, more: Partial<Press> = {}): Press {
  return { key, modified: false, repeated: false, typing: false, onControl: false, ...more };
}

describe('shortcuts', () => {
  test('everybody: M, V and ?, in either case', () => {
    expect(shortcutOf(press('m'), family)).toBe('microphone');
    expect(shortcutOf(press('M'), family)).toBe('microphone');
    expect(shortcutOf(press('v'), family)).toBe('camera');
    expect(shortcutOf(press('?'), family)).toBe('list');
  });

  test('the agenda keys are the lead’s, letting in is for all staff, families have neither', () => {
    const keys = ['n', '+', 't', 'a'];
    expect(keys.map((key) => shortcutOf(press(key), lead))).toEqual(['next', 'addTwo', 'pause', 'letIn']);
    expect(keys.map((key) => shortcutOf(press(key), coFacilitator))).toEqual([null, null, null, 'letIn']);
    expect(keys.map((key) => shortcutOf(press(key), family))).toEqual([null, null, null, null]);
  });

  test('nothing while typing, with a modifier, or when a held key repeats', () => {
    expect(shortcutOf(press('m', { typing: true }), lead)).toBeNull();
    expect(shortcutOf(press('v', { modified: true }), lead)).toBeNull();
    expect(shortcutOf(press('n', { repeated: true }), lead)).toBeNull();
  });

  test('Space talks only when no control has the focus: there it presses the control', () => {
    expect(shortcutOf(press(' '), family)).toBe('talk');
    expect(shortcutOf(press(' ', { onControl: true }), family)).toBeNull();
  });

  test('every key on the list does something, or is the browser’s own', () => {
    for (const { keys } of shortcutList) {
      if (keys === 'Esc') continue;
      expect(shortcutOf(press(keys === 'Space' ? ' ' : keys), lead)).not.toBeNull();
    }
  });
});
