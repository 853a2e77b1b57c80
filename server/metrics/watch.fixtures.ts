import type { Watch } from './watch.ts';

/** For tests that run a part of the server without figures and lines. */
export const unwatched: Watch = {
  request: () => {},
  socketIn: () => () => {},
  turnedAway: () => {},
  message: () => () => {},
  tokenGiven: () => {},
  parts: () => {},
  failed: () => {},
  figures: () => Promise.resolve({ contentType: 'text/plain', text: '' }),
};
