import { newId } from './tokens.ts';

const TEST_ROOM = 'check-';

/** How long a connection test may hold its room, ms. */
export const TEST_ROOM_LIFE = 120_000;

/**
 * A name for the LiveKit room of one connection test. Its end stands in it, so that any server knows it, also after a
 * restart; nobody can change it, since a token opens the room of this name and no other.
 */
export function newTestRoom(now: number): string {
  return `${TEST_ROOM}${(now + TEST_ROOM_LIFE).toString(36)}-${newId()}`;
}

/** When the room of a connection test ends (ms since 1970); null for any other room. */
export function testRoomEnd(name: string): number | null {
  const end = new RegExp(`^${TEST_ROOM}([0-9a-z]{1,10})-[\\w-]{22}$`).exec(name)?.[1];
  return end === undefined ? null : Number.parseInt(end, 36);
}
