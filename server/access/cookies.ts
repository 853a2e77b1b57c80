import type { IncomingHttpHeaders } from 'node:http';

const HALF_YEAR_S = 26 * 7 * 24 * 3600;

/**
 * The cookie of one person in one browser. Each person has a cookie of their own, so that several links can be used in
 * one browser. With https it has the `__Host-` prefix, which no other host can set; without, browsers would refuse it.
 */
function cookieName(personId: string, secure: boolean): string {
  return `${secure ? '__Host-' : ''}kinroom-${personId}`;
}

/** The value of a Set-Cookie header for a newly enrolled browser. */
export function setCookie(personId: string, token: string, secure: boolean): string {
  const parts = [
    `${cookieName(personId, secure)}=${token}`,
    'Path=/',
    `Max-Age=${HALF_YEAR_S}`,
    'HttpOnly',
    'SameSite=Lax',
  ];
  return (secure ? [...parts, 'Secure'] : parts).join('; ');
}

/** The value of a person's cookie in a request, or undefined. */
export function readCookie(headers: IncomingHttpHeaders, personId: string, secure: boolean): string | undefined {
  const wanted = cookieName(personId, secure);
  for (const part of headers.cookie?.split(';') ?? []) {
    const at = part.indexOf('=');
    if (at > 0 && part.slice(0, at).trim() === wanted) return part.slice(at + 1).trim();
  }
  return undefined;
}
