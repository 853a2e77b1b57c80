import { expect, test } from 'vitest';
import { newTestRoom, testRoomEnd, TEST_ROOM_LIFE } from './testRooms.ts';
import { isMediaRoom, newMediaRoom } from './tokens.ts';

test('the room of a connection test says when it ends, is another each time, and is no room of a session', () => {
  const now = Date.UTC(2026, 10, 24, 19, 0);
  const rooms = Array.from({ length: 20 }, () => newTestRoom(now));
  expect(new Set(rooms).size).toBe(20);
  for (const room of rooms) {
    expect(testRoomEnd(room)).toBe(now + TEST_ROOM_LIFE);
    expect(isMediaRoom(room)).toBe(false);
  }
});

test.each([newMediaRoom(), '', 'check-', 'check-zzz', `check-${'z'.repeat(11)}-${'x'.repeat(22)}`, 'check-1-short'])(
  '“%s” is no room of a connection test',
  (name) => {
    expect(testRoomEnd(name)).toBeNull();
  },
);
