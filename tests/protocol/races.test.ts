import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Command, CommandAnswer } from '#shared/session/commands.ts';
import { card, planned, rosterFor, ticks } from '#shared/session/session.fixtures.ts';
import { fold } from '#shared/session/reduce.ts';
import { emptySession } from '#shared/session/state.ts';
import { addCourse, addSession } from '../../server/storage/courses.ts';
import type { Storage } from '../../server/storage/open.ts';
import { openPostgres } from '../../server/storage/postgres.ts';
import { postgresFolder, startPostgres, type TestPostgres } from '../../server/storage/postgres.fixtures.ts';
import { readEvents } from '../../server/storage/sessionLog.ts';
import type { Order, Report } from './racer.ts';

const RACES = 1_000;

let postgres: TestPostgres | undefined;
let storage: Storage;
let racers: ChildProcess[] = [];

beforeAll(async () => {
  if (postgresFolder === null)
    return void process.stderr.write('PostgreSQL is not installed: the races are skipped.\n');
  postgres = await startPostgres();
  const url = await postgres.database();
  const opened = await openPostgres(url);
  if ('problem' in opened) throw new Error(opened.problem.lines.join(' '));
  storage = opened.storage;
  const course = { id: 'c', programme_id: 'x', organisation: 'O', name: 'N', help_phone: null, time_zone: 'UTC' };
  await addCourse(storage.db, { ...course, demo: 0 }, [], []);
  const row = { course_id: 'c', label: 'L', title: 'T', planned_start: 0, minutes: 35, ended_at: null };
  await addSession(storage.db, { ...row, id: 'session-1' }, planned);
  racers = [0, 1].map(() =>
    spawn(process.execPath, ['--import', 'tsx', 'tests/protocol/racer.ts', url, 'session-1'], {
      cwd: join(import.meta.dirname, '../..'),
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    }),
  );
  await Promise.all(racers.map((racer) => once(racer, 'message')));
}, 60_000);

afterAll(async () => {
  for (const racer of racers) racer.kill();
  await storage?.close();
  await postgres?.stop();
});

let count = 0;
async function give(node: number, command: Command): Promise<CommandAnswer> {
  const racer = racers[node] as ChildProcess;
  const order: Order = { commandId: `race-${(count += 1)}`, command };
  return new Promise((done) => {
    const hear = ({ commandId, answer }: Report): void => {
      if (commandId !== order.commandId) return;
      racer.off('message', hear);
      done(answer);
    };
    racer.on('message', hear).send(order);
  });
}

const log = () => readEvents(storage.db, 'session-1', 0);

describe.skipIf(postgresFolder === null)('two processes on one PostgreSQL', () => {
  test(`A2 N1 ${RACES} times *Next* on both at once: each time exactly one goes on`, { timeout: 300_000 }, async () => {
    await give(0, { type: 'enter', device: card('ruth-laptop'), ticks, takeOver: false });
    const state = fold(await log(), emptySession('session-1'));
    const ruth = state.people['ruth'];
    if (!ruth) throw new Error('Ruth did not enter');
    await give(0, { type: 'openAudience', audience: 'group', roster: rosterFor(state, ruth, [ruth], 1) });
    await give(0, { type: 'start' });
    const outcomes = new Map<string, number>();
    for (let race = 0; race < RACES; race += 1) {
      const next: Command = { type: 'next', seen: 's1' };
      const answers = await Promise.all(
        race % 2 === 0 ? [give(0, next), give(1, next)] : [give(1, next), give(0, next)],
      );
      const outcome = answers
        .map((answer) => (answer.ok ? 'ok' : answer.refused))
        .toSorted()
        .join(' ');
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
      expect(await give(race % 3 === 0 ? 1 : 0, { type: 'back', seen: 's2' })).toMatchObject({ ok: true });
    }
    expect([...outcomes]).toEqual([['alreadyMoved ok', RACES]]);
    const events = await log();
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
    const entered = events.flatMap((event) => (event.type === 'segmentEntered' ? [event.segmentId] : []));
    expect(entered).toEqual(['s1', ...Array.from({ length: RACES }, () => ['s2', 's1']).flat()]);
  });
});
