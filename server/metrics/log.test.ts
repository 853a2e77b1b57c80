import { expect, test } from 'vitest';
import { errorFacts } from './errorFacts.ts';
import { openLog } from './log.ts';

function written(level: string | undefined, fields: object): string[] {
  const lines: string[] = [];
  const log = openLog(level, { write: (line) => void lines.push(line) });
  for (const name of ['debug', 'info', 'warn', 'error'] as const) log[name]('message', fields);
  return lines;
}

test('a line holds the fields of the list and nothing else, whatever it is given', () => {
  const [line = ''] = written('error', {
    route: '/api/seats/:personId',
    ms: 12.345,
    status: 200,
    name: 'Maya',
    personId: 'person-of-maya',
    headers: { cookie: 'secret' },
  });
  const { time, ...rest } = JSON.parse(line) as Record<string, unknown>;
  expect(time).toMatch(/^\d{4}-\d\d-\d\dT/);
  const fields = { route: '/api/seats/:personId', ms: 12.3, status: 200 };
  expect(rest).toEqual({ level: 'error', pid: process.pid, event: 'message', ...fields });
});

test('a word that is none of ours is left out: a sentence, an address, a token', () => {
  for (const code of ['Maya was here', 'maya@example.org', 'x'.repeat(43), 7, { name: 'Maya' }]) {
    expect(JSON.parse(written('error', { code })[0] ?? '')).toMatchObject({ code: '?' });
  }
});

test('a session is a tag: the same within a process, not its id, and another after a restart', () => {
  const tags = [written('info', { session: 'session-1' }), written('info', { session: 'session-1' })].map((lines) =>
    lines.map((line) => (JSON.parse(line) as { session: string }).session),
  );
  expect(new Set(tags[0]).size).toBe(1);
  expect(tags[0]?.[0]).toMatch(/^[0-9a-f]{8}$/);
  expect(tags[0]?.[0]).not.toBe(tags[1]?.[0]);
});

test('the level is what LOG_LEVEL says; unset or misspelt it is warn', () => {
  const counts = ['trace', 'info', 'error', 'silent', undefined, 'loud', 'constructor'].map(
    (level) => written(level, {}).length,
  );
  expect(counts).toEqual([4, 3, 1, 0, 2, 2, 2]);
});

test('an error is its kind, its code and its places, through its causes; its words are not written', () => {
  function save(): never {
    const cause = Object.assign(new TypeError('Key (name)=(Maya)\n    at Maya (/home/maya/diary.ts:1:1)'), {
      code: '23505',
    });
    throw new Error('"Maya Smith" is not valid JSON', { cause });
  }
  let facts;
  try {
    save();
  } catch (error) {
    facts = errorFacts(error);
  }
  expect(facts).toMatchObject({ name: 'Error', cause: { name: 'TypeError', code: '23505' } });
  expect(facts?.frames[0]).toMatch(/^save metrics\/log\.test\.ts:\d+:\d+$/);
  expect(facts?.cause?.frames[0]).toMatch(/^save /);
  expect(JSON.stringify(facts)).not.toMatch(/maya|diary|JSON/i);
});

test('an error whose words were changed, and what is no error, says nothing of itself', () => {
  const error = new Error('Maya');
  expect(error.stack).toContain('Maya');
  error.message = 'somebody';
  error.name = 'Maya was here';
  expect(errorFacts(error)).toEqual({ name: 'Error', frames: [] });
  expect(errorFacts('Maya')).toEqual({ name: 'thrown string', frames: [] });
  expect(errorFacts({ code: 'Maya' })).toEqual({ name: 'thrown object', frames: [] });
});
