import { expect, test } from 'vitest';
import { announcement } from './announcement.ts';

test('the demo: where it is, then one link a line, to the letter', () => {
  const url = 'http://localhost:3000';
  const labels = ['facilitator', 'co-facilitator', 'family 1', 'taster'];
  const links = labels.map((label) => ({ label, url: `${url}/x` }));
  expect(announcement({ type: 'ready', url, links })).toBe(
    [
      'Kinroom is ready at http://localhost:3000',
      'facilitator      http://localhost:3000/x',
      'co-facilitator   http://localhost:3000/x',
      'family 1         http://localhost:3000/x',
      'taster           http://localhost:3000/x',
      '',
    ].join('\n'),
  );
});

test('with PUBLIC_URL: the set-up link', () => {
  const url = 'https://rooms.example.org';
  expect(announcement({ type: 'ready', url, links: [], setupLink: `${url}/set-up` })).toBe(
    'Kinroom is ready at https://rooms.example.org\nset-up           https://rooms.example.org/set-up\n',
  );
});
