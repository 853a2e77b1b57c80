import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { LineLook } from './bandwidth.ts';
import { createPictureKeeper, type Line } from './bandwidthKeeper.ts';

const good: LineLook = { lost: 0, madeUp: 0, poor: false };
const bad: LineLook = { lost: 0.3, madeUp: 0.3, poor: true };

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A keeper that follows a line with these people on it; what the line is like can be changed. */
function opened(names: string[], soundOnly = false) {
  const now = { look: good, speaking: [] as string[], reviews: 0, changes: 0 };
  const line: Line = {
    look: () => Promise.resolve(now.look),
    people: () => names.map((identity) => ({ identity, filmed: true })),
    speaking: () => now.speaking,
  };
  const keeper = createPictureKeeper({ soundOnly, onChange: () => (now.changes += 1) });
  const follow = () => keeper.follow(line, () => (now.reviews += 1));
  const unfollow = follow();
  const taken = () => names.filter((name) => keeper.takes(name) !== 'none');
  const after = async (seconds: number, look = now.look) => {
    now.look = look;
    await vi.advanceTimersByTimeAsync(seconds * 1_000);
    return taken();
  };
  return { keeper, now, follow, unfollow, taken, after };
}

const group = ['ruth', 'tom', 'maya', 'dan', 'grace'];

test('on a good line every picture is taken in the size of its tile, and nothing is reviewed again', async () => {
  const { keeper, now, after } = opened(group);
  expect(await after(60)).toEqual(group);
  expect(keeper.takes('ruth')).toBe('full');
  expect(now).toMatchObject({ reviews: 1, changes: 0 });
});

test('on a weak line the lead and who speaks stay, small; then nobody; and all come back', async () => {
  const { keeper, now, after } = opened(group);
  keeper.setFirst('tom');
  now.speaking = ['grace'];
  expect(await after(9, bad)).toEqual(['tom', 'grace', 'ruth'].toSorted((a, b) => group.indexOf(a) - group.indexOf(b)));
  expect([keeper.takes('tom'), keeper.state()]).toEqual(['small', { level: 'fewer', by: 'line' }]);
  expect(await after(12)).toEqual([]);
  expect(keeper.state()).toEqual({ level: 'none', by: 'line' });
  await after(80, good);
  expect(await after(0)).toEqual(group);
  expect(now.changes).toBe(4);
});

test('whoever begins to speak gets their picture on a weak line', async () => {
  const { keeper, now, after } = opened(group);
  keeper.setFirst('tom');
  await after(9, bad);
  now.speaking = ['dan'];
  const before = now.reviews;
  expect(await after(2, { lost: 0.03, madeUp: 0.05, poor: false })).toContain('dan');
  expect(now.reviews).toBeGreaterThan(before);
});

test('sound only takes nothing, whatever the line is like, until the person asks again', async () => {
  const { keeper, after } = opened(group);
  keeper.setSoundOnly(true);
  expect(await after(600, good)).toEqual([]);
  expect(keeper.state()).toEqual({ level: 'none', by: 'person' });
  keeper.setSoundOnly(false);
  expect(await after(0)).toEqual(group);
});

test('asking for pictures that the line took away tries some, and again later', async () => {
  const { keeper, after } = opened(group);
  expect(await after(30, bad)).toEqual([]);
  keeper.setSoundOnly(false);
  expect((await after(0)).length).toBe(3);
  expect(await after(10)).toEqual([]);
});

test('a rejoin goes on with what the line could carry before', async () => {
  const { keeper, unfollow, follow, after } = opened(group);
  await after(9, bad);
  unfollow();
  const elsewhere = vi.getTimerCount();
  follow();
  expect(keeper.state().level).toBe('fewer');
  expect([elsewhere, vi.getTimerCount()]).toEqual([0, 1]);
});

test('a seat that was on sound only before a reload begins so', () => {
  expect(opened(group, true).taken()).toEqual([]);
});
