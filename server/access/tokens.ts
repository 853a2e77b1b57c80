import { createHash, createHmac, randomBytes } from 'node:crypto';

/** 256 random bits in base64url: for links, cookies and ids of media rooms. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/** 128 random bits in base64url, for ids that name a row and open nothing. */
export function newId(): string {
  return randomBytes(16).toString('base64url');
}

/**
 * What is stored of a token. The text itself is hashed, not the bytes it stands for: base64url has several spellings of
 * the same bytes, and only the one that was given out may open anything.
 */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}

/** A token that follows from a secret and a label: the demo prints the same links at every start and stores none. */
export function derivedToken(secret: string, label: string): string {
  return createHmac('sha256', secret).update(label).digest('base64url');
}

const MEDIA_ROOM = 'kinroom-';

/** A name for a LiveKit room: it can't be guessed, and says no more than that it is ours. */
export function newMediaRoom(): string {
  return MEDIA_ROOM + newToken();
}

/** Whether a LiveKit room may be ours: a LiveKit server can serve other applications too. */
export function isMediaRoom(name: string): boolean {
  return name.startsWith(MEDIA_ROOM);
}
