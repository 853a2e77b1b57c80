import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Command } from '#shared/session/commands.ts';
import { actorOf, card, planned, rosterFor, ticks } from '#shared/session/session.fixtures.ts';
import { addCourse, addSession } from '../storage/courses.ts';
import type { Storage } from '../storage/open.ts';
import { openSqlite } from '../storage/sqlite.ts';
import { pendingEffects, readEvents } from '../storage/sessionLog.ts';
import { openLiveSession, type LiveSession, type Step } from './live.ts';
import { quiet } from './quiet.fixtures.ts';

const MINUTE = 60_000;
let storage: Storage;
let steps: Step[];
let clock: number;
const errors: unknown[] = [];
const opened: LiveSession[] = [];

beforeEach(async () => {
  storage = await openSqlite(':memory:');
  steps = [];
  clock = 1_000;
  errors.length = 0;
  const course = {
    id: 'c',
    programme_id: 'x',
    organisation: 'O',
    name: 'N',
    help_phone: null,
    time_zone: 'UTC',
    demo: 0,
  };
  await addCourse(storage.db, course, [], []);
  const row = {
    id: 'session-1',
    course_id: 'c',
    label: 'L',
    title: 'T',
    planned_start: 0,
    minutes: 35,
    ended_at: null,
  };
  await addSession(storage.db, row, planned);
});
afterEach(async () => {
  vi.useRealTimers();
  for (const session of opened.splice(0)) session.close();
  await storage.close();
});

async function open(): Promise<LiveSession> {
  const session = await openLiveSession('session-1', {
    db: storage.db,
    ...quiet,
    shared: true,
    now: () => clock,
    onSteps: (_session, more) => steps.push(...more),
    onError: (error) => errors.push(error),
  });
  opened.push(session);
  return session;
}

let count = 0;
function give(session: LiveSession, personId: string, command: Command, commandId = `c${count++}`) {
  return session.give(actorOf(personId), { commandId, command });
}

function enter(session: LiveSession, personId: string) {
  return give(session, personId, { type: 'enter', device: card(`${personId}-laptop`), ticks, takeOver: false });
}

async function gather(session: LiveSession): Promise<void> {
  await enter(session, 'ruth');
  const ruth = session.state().people['ruth'];
  if (!ruth) throw new Error('Ruth did not enter');
  const roster = rosterFor(session.state(), ruth, [ruth], 1);
  expect(await give(session, 'ruth', { type: 'openAudience', audience: 'group', roster })).toMatchObject({ ok: true });
}

test('E4 an answer of ok is on disk, and a session opened again has the same state', async () => {
  const session = await open();
  await gather(session);
  await give(session, 'ruth', { type: 'start' });
  expect((await readEvents(storage.db, 'session-1', 0)).length).toBe(session.state().seq);
  expect((await open()).state()).toEqual(session.state());
});

test('E3 a command given again gets the same answer and changes nothing, also after a restart', async () => {
  const session = await open();
  await gather(session);
  const first = await give(session, 'ruth', { type: 'start' }, 'start-1');
  await give(session, 'ruth', { type: 'pause' });
  const seq = session.state().seq;
  expect(await give(session, 'ruth', { type: 'start' }, 'start-1')).toEqual(first);
  expect(await give(await open(), 'ruth', { type: 'start' }, 'start-1')).toEqual(first);
  expect(session.state().seq).toBe(seq);
});

test('E3 a command that changed nothing changes nothing when it comes again later', async () => {
  const session = await open();
  await gather(session);
  await give(session, 'ruth', { type: 'start' });
  await give(session, 'ruth', { type: 'pause' });
  await give(session, 'ruth', { type: 'pause' }, 'second-pause');
  await give(session, 'ruth', { type: 'resume' });
  await give(session, 'ruth', { type: 'pause' }, 'second-pause');
  expect(session.state().phase).toBe('running');
});

test('E3 a refusal is decided again', async () => {
  const session = await open();
  await gather(session);
  expect(await give(session, 'ruth', { type: 'resume' }, 'r')).toMatchObject({ ok: false, refused: 'notPaused' });
  await give(session, 'ruth', { type: 'start' });
  await give(session, 'ruth', { type: 'pause' });
  expect(await give(session, 'ruth', { type: 'resume' }, 'r')).toMatchObject({ ok: true });
});

test('A2 two presses at the same moment advance once', async () => {
  const session = await open();
  await gather(session);
  await give(session, 'ruth', { type: 'start' });
  const answers = await Promise.all([1, 2].map(() => give(session, 'ruth', { type: 'next', seen: 's1' })));
  expect(answers.map((answer) => answer.ok)).toEqual([true, false]);
  expect(session.state().agenda.current?.segmentId).toBe('s2');
});

test('E1 two processes on one log never write the same number; the one that lost decides again', async () => {
  const one = await open();
  await gather(one);
  const two = await open();
  await give(one, 'ruth', { type: 'start' });
  expect(two.state().phase).toBe('lobby');
  expect(await give(two, 'ruth', { type: 'start' })).toMatchObject({ refused: 'alreadyStarted' });
  expect(one.state()).toEqual(two.state());
  const log = await readEvents(storage.db, 'session-1', 0);
  expect(log.map(({ seq }) => seq)).toEqual(log.map((_, index) => index + 1));
});

test('E4 what could not be stored is refused as busy and nobody is told of it', async () => {
  const session = await open();
  await gather(session);
  const before = { state: session.state(), told: steps.length };
  await storage.db.schema.alterTable('session_events').renameTo('away').execute();
  expect(await give(session, 'ruth', { type: 'start' }, 's')).toMatchObject({ ok: false, refused: 'busy' });
  expect(session.state()).toBe(before.state);
  expect(steps.length).toBe(before.told);
  expect(errors).toHaveLength(1);
  await storage.db.schema.alterTable('away').renameTo('session_events').execute();
  expect(await give(session, 'ruth', { type: 'start' }, 's')).toMatchObject({ ok: true });
});

test('A6 a session ends by itself at its latest end, also when the process was away at that moment', async () => {
  const session = await open();
  await gather(session);
  await give(session, 'ruth', { type: 'start' });
  session.close();
  clock += 46 * MINUTE;
  const woken = await open();
  await vi.waitFor(() => expect(woken.state().phase).toBe('ended'));
  expect(await pendingEffects(storage.db)).toMatchObject([
    { effect: { type: 'closeRoom', mediaRoom: 'kinroom-media-1' } },
  ]);
});

test('leaving asks LiveKit to remove that device, and a person at the door causes no call', async () => {
  const session = await open();
  await gather(session);
  await enter(session, 'maya');
  await give(session, 'maya', { type: 'leave' });
  expect(await pendingEffects(storage.db)).toEqual([]);
  await give(session, 'ruth', { type: 'leave' });
  expect(await pendingEffects(storage.db)).toMatchObject([
    { effect: { type: 'removeParticipant', identity: 'ruth#ruth-laptop' } },
  ]);
});
