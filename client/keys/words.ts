import { wordlist } from '@scure/bip39/wordlists/english.js';
import type { Roster } from '#shared/session/roster.ts';
import { fromBase64url } from './base64url.ts';
import { secretBytes } from './frameKey.ts';
import { harshWords } from './harshWords.ts';
import { hashRoster } from './roster.ts';

/** The words that may be shown, in the order that gives them their numbers. */
export const plainWords: readonly string[] = wordlist.filter((word) => !harshWords.has(word));

// OWASP's figure for PBKDF2-SHA256. It makes a server in the middle pay for each of the 2^43 tries it needs to match.
const rounds = 600_000;

/**
 * Four words, equal for all who hold the same secret and the same roster. Slow by intention. Throws `badSecret`. Load
 * this file when the words are asked for: the list is large.
 */
export async function fourWords(secret: Uint8Array, roster: Roster): Promise<string[]> {
  const salt = fromBase64url(await hashRoster(roster));
  const base = await crypto.subtle.importKey('raw', secretBytes(secret), 'PBKDF2', false, ['deriveBits']);
  const bits = await crypto.subtle.deriveBits({ name: 'PBKDF2', hash: 'SHA-256', salt, iterations: rounds }, base, 128);
  const view = new DataView(bits);
  return [0, 4, 8, 12].map((at) => plainWords[view.getUint32(at) % plainWords.length] as string);
}
