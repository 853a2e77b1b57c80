import fc from 'fast-check';
import { expect, test } from 'vitest';
import { gathered } from '#shared/session/driver.fixtures.ts';
import { fold } from '#shared/session/reduce.ts';
import { emptySession } from '#shared/session/state.ts';
import { takeEvents, takeView, type Held } from './held.ts';

const session = gathered();
session.as('ruth', { type: 'start' });
session.as('ruth', { type: 'next', seen: 's1' });
const { log } = session;
const viewAt = (seq: number) => ({ view: fold(log.slice(0, seq), emptySession('session-1')), names: {}, presence: {} });

test('events that overlap what is held are folded once; a gap is never guessed', () => {
  const held = viewAt(3);
  expect(takeEvents(held, { events: log.slice(1, 6), names: {} })).toEqual({ ...held, view: viewAt(6).view });
  expect(takeEvents(held, { events: log.slice(4, 6), names: {} })).toBe('gap');
  expect(takeEvents(held, { events: [], names: {} })).toEqual(held);
  expect(takeEvents(null, { events: log.slice(0, 1), names: {} })).toBe('gap');
});

test('an older view never replaces a newer one', () => {
  expect(takeView(viewAt(5), viewAt(3)).view.seq).toBe(5);
  expect(takeView(viewAt(3), viewAt(5)).view.seq).toBe(5);
  expect(takeView(null, viewAt(2)).view.seq).toBe(2);
});

test('whatever slices arrive in whatever order, asking after each gap ends in the log', () => {
  const slice = fc.tuple(fc.nat(log.length), fc.nat(log.length));
  fc.assert(
    fc.property(fc.array(slice), (slices) => {
      let held: Held = viewAt(1);
      for (const [from, to] of [...slices, [0, log.length] as const]) {
        const next = takeEvents(held, { events: log.slice(from, to), names: {} });
        held = next === 'gap' ? takeView(held, viewAt(Math.max(from, to))) : next;
        expect(held.view).toEqual(viewAt(held.view.seq).view);
      }
      expect(held.view.seq).toBe(log.length);
    }),
  );
});
