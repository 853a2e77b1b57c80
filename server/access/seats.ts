import type { IncomingHttpHeaders } from 'node:http';
import type { ApiErrorCode } from '#shared/api.ts';
import type { Db } from '../storage/open.ts';
import { findDevice, findLink, findPerson } from '../storage/people.ts';
import type { DeviceRow, LinkRow, PersonRow } from '../storage/schema.ts';
import { readCookie } from './cookies.ts';
import { hashToken } from './tokens.ts';

/** A person in a browser that they enrolled. */
export type Seat = { person: PersonRow; device: DeviceRow };

/** The link of a token, or why it opens nothing: `linkUnknown`, `linkRevoked`, `linkExpired`. */
export async function linkOf(db: Db, token: string, now: number): Promise<LinkRow | { error: ApiErrorCode }> {
  const link = await findLink(db, hashToken(token));
  if (!link) return { error: 'linkUnknown' };
  if (link.revoked_at !== null) return { error: 'linkRevoked' };
  if (link.expires_at !== null && link.expires_at <= now) return { error: 'linkExpired' };
  return link;
}

/** Who a request is, by the cookie of the person it names; undefined when there is none or it was revoked. */
export async function seatOf(
  db: Db,
  headers: IncomingHttpHeaders,
  personId: string,
  secure: boolean,
): Promise<Seat | undefined> {
  const token = readCookie(headers, personId, secure);
  if (token === undefined) return undefined;
  const device = await findDevice(db, hashToken(token));
  if (device?.person_id !== personId) return undefined;
  const person = await findPerson(db, personId);
  return person && { person, device };
}
