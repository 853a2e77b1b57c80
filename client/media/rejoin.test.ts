import type { Room } from 'livekit-client';
import { expect, test } from 'vitest';
import { patience, rejoinDelay, resumePolicy } from './rejoin.ts';

test('the first try comes at once, the next ones soon, and none later than a second after the one before', () => {
  expect([0, 1, 2].map(rejoinDelay)).toEqual([0, 150, 165]);
  expect(rejoinDelay(100)).toBe(1_000);
});

test('a try is given up soon at first, and gets more time the more of them have failed', () => {
  expect(patience(0)).toEqual({ signal: 3_000, media: 5_000 });
  expect(patience(3)).toEqual({ signal: 6_000, media: 8_000 });
  expect(patience(100)).toEqual({ signal: 10_000, media: 15_000 });
});

test('livekit-client resumes for a while, and never reconnects beside our rejoin', () => {
  const engine = { fullReconnectOnNext: false };
  const { nextRetryDelayInMs } = resumePolicy(() => ({ engine }) as unknown as Room);
  expect(nextRetryDelayInMs({ retryCount: 0, elapsedMs: 0 })).toBe(0);
  expect(nextRetryDelayInMs({ retryCount: 1, elapsedMs: 200 })).toBe(150);
  expect(nextRetryDelayInMs({ retryCount: 30, elapsedMs: 20_000 })).toBeNull();
  engine.fullReconnectOnNext = true;
  expect(nextRetryDelayInMs({ retryCount: 1, elapsedMs: 200 })).toBeNull();
});
