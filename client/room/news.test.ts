import { describe, expect, test } from 'vitest';

import { newsBetween, type Heard } from './news.ts';

function heard(tiles: Record<string, Heard['tiles'][number]['standing']>, more: Partial<Heard> = {}): Heard {
  return {
    tiles: Object.entries(tiles).map(([name, standing]) => ({ seat: name, name, standing, isYou: name === 'Me' })),
    door: [],
    lost: false,
    ...more,
  };
}

describe('what screen readers hear of the room', () => {
  test('who comes in, several in one sentence', () => {
    const before = heard({ Me: 'here', Ruth: 'here', Priya: 'joining', Grace: 'absent', Dan: 'waiting' });
    const after = heard({ Me: 'here', Ruth: 'here', Priya: 'here', Grace: 'here', Dan: 'here' });
    expect(newsBetween(before, after)).toEqual([{ text: 'Priya, Grace and Dan have joined.', urgency: 'polite' }]);
  });

  test('who leaves; but a dropped line or a phone call is no leaving', () => {
    const before = heard({ Ruth: 'here', Priya: 'here', Grace: 'here' });
    expect(newsBetween(before, heard({ Ruth: 'here', Priya: 'absent', Grace: 'backSoon' }))).toEqual([
      { text: 'Priya has left.', urgency: 'polite' },
    ]);
    expect(newsBetween(before, heard({ Ruth: 'reconnecting', Priya: 'here', Grace: 'here' }))).toEqual([]);
  });

  test('who waits, once', () => {
    const elena = { personId: 'e', name: 'Elena' };
    const waits = heard({}, { door: [elena] });
    expect(newsBetween(heard({}), waits)).toEqual([{ text: 'Elena is waiting.', urgency: 'polite' }]);
    expect(newsBetween(waits, waits)).toEqual([]);
  });

  test('one’s own line is urgent, oneself is no news', () => {
    expect(newsBetween(heard({}), heard({}, { lost: true }))).toEqual([
      { text: 'Connection lost. Reconnecting.', urgency: 'assertive' },
    ]);
    expect(newsBetween(heard({ Me: 'joining' }), heard({ Me: 'here' }))).toEqual([]);
  });
});
