/** Where the address bar points: a link somebody was given, a seat taken before (after a reload), or neither. */
export type Place = { kind: 'link'; token: string } | { kind: 'seat'; personId: string } | { kind: 'none' };

/** Reads a page's address. The token of a link stands behind the #, so that it is never sent by itself. */
export function placeOf({ pathname, hash }: { pathname: string; hash: string }): Place {
  const seat = /^\/room\/([\w-]+)\/?$/.exec(pathname)?.[1];
  if (seat !== undefined) return { kind: 'seat', personId: seat };
  const token = hash.replace(/^#/, '');
  return /^\/join\/?$/.test(pathname) && token !== '' ? { kind: 'link', token } : { kind: 'none' };
}

/** Whether this address is the connection test, which needs no link. */
export function isConnectionTest({ pathname }: { pathname: string }): boolean {
  return /^\/check\/?$/.test(pathname);
}

/** The address of a seat: after entering it stands in place of the link, which then is on no shared screen. */
export function seatPath(personId: string): string {
  return `/room/${personId}`;
}
