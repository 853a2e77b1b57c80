import { beforeEach, expect, test } from 'vitest';
import type { RefusalCode } from '#shared/session/commands.ts';
import type { Role } from '#shared/session/state.ts';
import { openLog } from './log.ts';
import { openWatch, type Watch } from './watch.ts';

const refuse = (refused: RefusalCode) => ({ ok: false, refused, say: '' });

let watch: Watch;
let lines: string[];

beforeEach(() => {
  lines = [];
  const log = openLog('debug', { write: (line) => void lines.push(line) });
  watch = openWatch({ log, phases: () => ['running', 'running', 'lobby'] });
});

/** The value of one figure, written as Prometheus reads it. */
async function figure(name: string): Promise<number | undefined> {
  const line = (await watch.figures()).text.split('\n').find((one) => one.startsWith(`${name} `));
  return line === undefined ? undefined : Number(line.slice(name.length + 1));
}

function owner(personId: string, role: Role, deviceId = 'laptop') {
  return { sessionId: 'session-1', personId, deviceId, role };
}

test('people are counted once, by their kind, however many sockets they have', async () => {
  const gone = [
    watch.socketIn(owner('maya', 'caregiver')),
    watch.socketIn(owner('maya', 'caregiver', 'phone')),
    watch.socketIn(owner('dan', 'caregiver')),
    watch.socketIn(owner('ruth', 'facilitator')),
    watch.socketIn(owner('tom', 'coFacilitator')),
    watch.socketIn(owner('lee', 'attendee')),
  ];
  const people = async () =>
    Promise.all(['family', 'staff', 'attendee'].map((kind) => figure(`kinroom_people_connected{kind="${kind}"}`)));
  expect(await people()).toEqual([2, 2, 1]);
  expect(await figure('kinroom_sockets_connected')).toBe(6);
  gone[0]?.();
  expect(await people()).toEqual([2, 2, 1]);
  for (const end of gone.slice(1)) end();
  expect(await people()).toEqual([0, 0, 0]);
  expect(await figure('kinroom_sockets_connected')).toBe(0);
});

test('a device that comes again is a rejoin; another one is not', async () => {
  watch.socketIn(owner('maya', 'caregiver'))();
  watch.socketIn(owner('maya', 'caregiver', 'phone'))();
  expect(await figure('kinroom_rejoins_total{by="socket"}')).toBeUndefined();
  watch.socketIn(owner('maya', 'caregiver'))();
  expect(await figure('kinroom_rejoins_total{by="socket"}')).toBe(1);
  watch.tokenGiven(owner('maya', 'caregiver'));
  watch.tokenGiven(owner('maya', 'caregiver', 'phone'));
  watch.tokenGiven(owner('maya', 'caregiver'));
  watch.tokenGiven({ ...owner('maya', 'caregiver'), sessionId: 'session-2' });
  expect(await figure('kinroom_rejoins_total{by="media"}')).toBe(1);
});

test('a message is timed by its type and outcome, and a refusal counted by its code', async () => {
  watch.message('command', 'session-1', 'next')({ ok: true, seq: 3 });
  watch.message('command', 'session-1', 'next')(refuse('alreadyMoved'));
  watch.message('command', 'session-1', 'next')(refuse('busy'));
  watch.message('command', 'session-1')(refuse('badRequest'));
  watch.message('catchUp', 'session-1')({ type: 'nothing' });
  const commands = ['next', 'unreadable'].flatMap((command) =>
    ['ok', 'refused', 'failed'].map(
      (outcome) => `kinroom_command_seconds_count{command="${command}",outcome="${outcome}"}`,
    ),
  );
  expect(await Promise.all(commands.map(figure))).toEqual([1, 1, 1, undefined, 1, undefined]);
  expect(await figure('kinroom_message_seconds_count{message="catchUp",outcome="ok"}')).toBe(1);
  expect(await figure('kinroom_refusals_total{at="socket",code="alreadyMoved"}')).toBe(1);
  expect(await figure('kinroom_command_seconds_bucket{le="10",command="next",outcome="ok"}')).toBe(1);
  expect(lines.join('')).toContain('"message":"next","outcome":"refused"');
});

test('sessions are counted by phase, and a process starts with every phase at none', async () => {
  expect(await figure('kinroom_sessions{phase="running"}')).toBe(2);
  expect(await figure('kinroom_sessions{phase="lobby"}')).toBe(1);
  expect(await figure('kinroom_sessions{phase="ended"}')).toBe(0);
});

test('a part that goes and comes back is a figure at once and a line once each', async () => {
  const report = (sfu: 'ok' | 'down') => watch.parts({ ok: sfu === 'ok', checks: { database: 'ok', sfu } });
  for (const state of ['ok', 'ok', 'down', 'down'] as const) report(state);
  expect(await figure('kinroom_up{part="sfu"}')).toBe(0);
  expect(await figure('kinroom_up{part="database"}')).toBe(1);
  expect(await figure('kinroom_up{part="redis"}')).toBeUndefined();
  report('ok');
  expect(await figure('kinroom_up{part="sfu"}')).toBe(1);
  expect(lines.map((line) => JSON.parse(line) as object)).toMatchObject([
    { event: 'partDown', part: 'sfu', level: 'error' },
    { event: 'partUp', part: 'sfu', level: 'warn' },
  ]);
});

test('no figure and no line holds an id', async () => {
  watch.socketIn({ sessionId: 'the-session', personId: 'the-person', deviceId: 'the-device', role: 'caregiver' })();
  watch.message('command', 'the-session', 'next')(refuse('busy'));
  watch.tokenGiven({ sessionId: 'the-session', deviceId: 'the-device' });
  watch.turnedAway('signedOut');
  watch.failed(new Error('the-person could not be saved'));
  const said = (await watch.figures()).text + lines.join('');
  for (const id of ['the-session', 'the-person', 'the-device']) expect(said).not.toContain(id);
  expect(await figure('kinroom_sockets_turned_away_total{code="signedOut"}')).toBe(1);
  expect(await figure('kinroom_failures_total')).toBe(1);
  expect((await watch.figures()).text).toContain('nodejs_eventloop_lag_seconds');
});
