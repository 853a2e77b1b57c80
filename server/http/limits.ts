import type { Request } from 'express';
import { RateLimiterMemory } from 'rate-limiter-flexible';

/** Wrong tokens one address may try in a minute. Right ones cost nothing: a whole group may sit behind one address. */
const WRONG_TOKENS_A_MINUTE = 30;
/** New attendees one address may enrol through an open link in ten minutes. */
const NEW_PEOPLE = 40;

export type Limits = ReturnType<typeof httpLimits>;

/** Counts by client address, in memory: a restart forgets, which is no gain for who guesses 256 bits. */
export function httpLimits() {
  const wrongTokens = new RateLimiterMemory({ points: WRONG_TOKENS_A_MINUTE, duration: 60 });
  const newPeople = new RateLimiterMemory({ points: NEW_PEOPLE, duration: 600 });
  return {
    /** Whether this address has tried too many wrong tokens. */
    async mayTry(request: Request): Promise<boolean> {
      const spent = await wrongTokens.get(addressOf(request));
      return (spent?.consumedPoints ?? 0) < WRONG_TOKENS_A_MINUTE;
    },
    wrongToken: (request: Request): Promise<boolean> => take(wrongTokens, addressOf(request)),
    newPerson: (request: Request): Promise<boolean> => take(newPeople, addressOf(request)),
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

function addressOf(request: Request): string {
  return request.ip ?? 'unknown';
}
