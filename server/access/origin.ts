import type { IncomingHttpHeaders } from 'node:http';

/**
 * Whether a request that changes something may come from where it says. With PUBLIC_URL only that origin may. Without,
 * the page's origin must be the host it talks to, named by `localhost` or an address: a name could be made to point here.
 * Requests without an Origin header come from programs, not from pages, and carry no cookie of a browser.
 */
export function mayComeFrom(headers: IncomingHttpHeaders, publicUrl: string | null): boolean {
  const { origin, host } = headers;
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return false;
  if (origin === undefined) return true;
  if (publicUrl !== null) return origin === publicUrl;
  if (!URL.canParse(origin)) return false;
  const from = new URL(origin);
  return from.host === host && (from.hostname === 'localhost' || isAddress(from.hostname));
}

function isAddress(hostname: string): boolean {
  return /^\d+\.\d+\.\d+\.\d+$/.test(hostname) || hostname.startsWith('[');
}
