import type { Request } from 'express';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { householdOf } from '../access/addresses.ts';

/** Requests to /api one address may send in a minute: a full house that joins from one office, three times over. */
const REQUESTS_A_MINUTE = 300;
/** Wrong tokens one address may try in a minute. Right ones cost nothing: a whole group may sit behind one address. */
const WRONG_TOKENS_A_MINUTE = 30;
/** Webhooks without a right signature one address may send in a minute. */
const UNSIGNED_A_MINUTE = 60;
/** New attendees one address may enrol through an open link in ten minutes. */
const NEW_PEOPLE = 40;
/** Connection tests one address may make in ten minutes. */
const CONNECTION_TESTS = 6;

export type Limits = ReturnType<typeof httpLimits>;

/**
 * Counts by client address, in memory: a restart forgets, which is no gain for who guesses 256 bits, and each of several
 * servers counts for itself.
 */
export function httpLimits() {
  const requests = new RateLimiterMemory({ points: REQUESTS_A_MINUTE, duration: 60 });
  const wrongTokens = new RateLimiterMemory({ points: WRONG_TOKENS_A_MINUTE, duration: 60 });
  const unsigned = new RateLimiterMemory({ points: UNSIGNED_A_MINUTE, duration: 60 });
  const newPeople = new RateLimiterMemory({ points: NEW_PEOPLE, duration: 600 });
  const connectionTests = new RateLimiterMemory({ points: CONNECTION_TESTS, duration: 600 });
  return {
    /** Counts any request; false when this address sent too many. */
    request: (request: Request): Promise<boolean> => take(requests, householdOf(request.ip)),
    /** Whether this address has tried too many wrong tokens. */
    async mayTry(request: Request): Promise<boolean> {
      const spent = await wrongTokens.get(householdOf(request.ip));
      return (spent?.consumedPoints ?? 0) < WRONG_TOKENS_A_MINUTE;
    },
    wrongToken: (request: Request): Promise<boolean> => take(wrongTokens, householdOf(request.ip)),
    /** Counts a webhook that nobody signed; false when this address sent too many. */
    unsigned: (request: Request): Promise<boolean> => take(unsigned, householdOf(request.ip)),
    newPerson: (request: Request): Promise<boolean> => take(newPeople, householdOf(request.ip)),
    connectionTest: (request: Request): Promise<boolean> => take(connectionTests, householdOf(request.ip)),
  };
}

async function take(limiter: RateLimiterMemory, key: string): Promise<boolean> {
  try {
    await limiter.consume(key);
    return true;
  } catch {
    return false;
  }
}
