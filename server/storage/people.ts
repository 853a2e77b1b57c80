import type { Db } from './open.ts';
import type { DeviceRow, LinkRow, PersonRow } from './schema.ts';

export function findPerson(db: Db, personId: string): Promise<PersonRow | undefined> {
  return db.selectFrom('people').selectAll().where('id', '=', personId).executeTakeFirst();
}

/** Everybody of a course, staff and families. */
export function peopleOf(db: Db, courseId: string): Promise<PersonRow[]> {
  return db.selectFrom('people').selectAll().where('course_id', '=', courseId).orderBy('id').execute();
}

export async function addPerson(db: Db, person: PersonRow): Promise<void> {
  await db.insertInto('people').values(person).execute();
}

export async function acceptAgreement(db: Db, personId: string, version: number, at: number): Promise<void> {
  await db
    .updateTable('people')
    .set({ agreement_version: version, agreed_at: at })
    .where('id', '=', personId)
    .where((where) => where.or([where('agreement_version', 'is', null), where('agreement_version', '<', version)]))
    .execute();
}

export async function addLink(db: Db, link: LinkRow): Promise<void> {
  await db
    .insertInto('links')
    .values(link)
    .onConflict((conflict) => conflict.column('token_hash').doNothing())
    .execute();
}

export function findLink(db: Db, tokenHash: string): Promise<LinkRow | undefined> {
  return db.selectFrom('links').selectAll().where('token_hash', '=', tokenHash).executeTakeFirst();
}

export async function addDevice(db: Db, device: DeviceRow): Promise<void> {
  await db.insertInto('devices').values(device).execute();
}

/** The device that a cookie belongs to, unless it was revoked. */
export function findDevice(db: Db, cookieHash: string): Promise<DeviceRow | undefined> {
  return db
    .selectFrom('devices')
    .selectAll()
    .where('cookie_hash', '=', cookieHash)
    .where('revoked_at', 'is', null)
    .executeTakeFirst();
}
