import { describe, expect, test } from 'vitest';
import { cprt } from './cprt.ts';
import { agendaOf, type AgendaTemplate, type Programme, type SegmentTemplate } from './programme.ts';
import { findProgramme, programmes } from './programmes.ts';
import { taster } from './taster.ts';

const agendas = programmes.flatMap((programme) =>
  programme.agendas.map((agenda) => ({ of: `${programme.programmeId} ${agenda.session}`, programme, agenda })),
);

function minutes(agenda: AgendaTemplate): number {
  return agenda.segments.reduce((sum, segment) => sum + segment.minutes, 0);
}

function firstOf(agenda: AgendaTemplate, fits: (segment: SegmentTemplate) => boolean): number {
  return agenda.segments.findIndex(fits);
}

describe.each(agendas)('$of', ({ programme, agenda }) => {
  test('its minutes sum to the length of a session', () => {
    expect(minutes(agenda)).toBe(programme.minutes);
    expect(agenda.segments.filter((segment) => !Number.isInteger(segment.minutes) || segment.minutes < 1)).toEqual([]);
  });

  test('every segment has a key of its own', () => {
    const keys = agenda.segments.map((segment) => segment.key);
    expect(new Set(keys).size).toBe(keys.length);
  });

  test('it opens with a welcome, and everybody meets before the first breakout', () => {
    expect(agenda.segments[0]?.kind).toBe('welcome');
    const checkIn = firstOf(agenda, (segment) => segment.kind === 'check-in' && segment.where === 'main');
    const breakout = firstOf(agenda, (segment) => segment.where === 'breakout');
    expect(checkIn).toBeGreaterThan(0);
    if (breakout >= 0) expect(checkIn).toBeLessThan(breakout);
  });

  test('titles and prompts are words for families', () => {
    for (const words of [agenda.title, ...agenda.segments.flatMap(({ title, prompt }) => [title, prompt])]) {
      expect(words).not.toMatch(/supervis|homework|performance|participant|patient|client|host\b|!|oops/i);
      expect(words.trim()).toBe(words);
    }
    for (const { title, prompt } of agenda.segments) {
      expect(title).toMatch(/^[A-Z][^.]{2,44}$/);
      expect(prompt).toMatch(/^[A-Z].{10,110}[.?]$/);
    }
  });

  test('it belongs to a session that the programme has', () => {
    expect(agenda.session).toBeGreaterThanOrEqual(1);
    expect(agenda.session).toBeLessThanOrEqual(Number(programme.sessions));
    expect(agendaOf(programme, agenda.session)).toBe(agenda);
  });
});

describe('programmes', () => {
  test('each is found by its id, and no two share one', () => {
    for (const programme of programmes) expect(findProgramme(programme.programmeId)).toBe(programme);
    expect(findProgramme('other')).toBeUndefined();
  });

  test('a session without an agenda has none', () => {
    expect(agendaOf(cprt, 0)).toBeUndefined();
    expect(agendaOf(taster, 2)).toBeUndefined();
  });

  test('the group is for six families for ten sessions of two hours, and home play begins in week 3 at the earliest', () => {
    const facts: Partial<Programme> = { sessions: 10, minutes: 120, maxFamilies: 6, homePlayFromWeek: 3 };
    expect(cprt).toMatchObject(facts);
    expect(cprt.agendas.map((agenda) => agenda.session)).toEqual([4, 5]);
  });

  test('the taster is for up to 20 people for 50 minutes, with no clips and no breakouts', () => {
    expect(taster).toMatchObject({ sessions: 1, minutes: 50, maxPeople: 20 });
    const segments = taster.agendas.flatMap((agenda) => agenda.segments);
    expect(segments.filter(({ kind, where }) => kind === 'clip-review' || where === 'breakout')).toEqual([]);
  });

  test('no child is in view', () => {
    expect(programmes.map((programme) => programme.childInView)).toEqual(['never', 'never']);
  });
});
