import { expect, test } from 'vitest';

import { dayWords } from './dayWords.ts';

test('a group at seven meets tonight, one at ten meets today; the session’s own clock decides', () => {
  expect(dayWords(Date.UTC(2026, 10, 24, 19), 'Europe/London')).toEqual({ tonight: 'Tonight', evening: 'evening' });
  expect(dayWords(Date.UTC(2026, 10, 24, 10), 'Europe/London').tonight).toBe('Today');
  expect(dayWords(Date.UTC(2026, 10, 24, 10), 'Asia/Tokyo').tonight).toBe('Tonight');
});
