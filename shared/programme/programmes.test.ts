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

/** Minutes of each segment behind the letter of its kind, as clinical leads write a plan down. */
function planOf(agenda: AgendaTemplate): string {
  return agenda.segments.map(({ kind, minutes: given }) => `${letters[kind]}${given}`).join(' ');
}

const letters: Record<SegmentTemplate['kind'], string> = {
  welcome: 'W',
  'check-in': 'C',
  teach: 'T',
  'video-demo': 'V',
  'role-play': 'R',
  'clip-review': 'K',
  breakout: 'B',
  break: 'X',
  homework: 'H',
  close: 'Z',
  'joint-play': 'P',
  dialogue: 'Q',
};

/** Words of the trade, words that judge, names that belong to others. Families should meet none of them. */
const notForFamilies = [
  /supervis|therap|clinic|diagnos|disorder|symptom|treatment|interven|psych|trauma|attachment|regulat|intake|referr/i,
  /homework|performance|participant|attendee|patient|client|\bcases?\b|\bhosts?\b|\busers?\b|breakout|modalit/i,
  /complian|assess|evaluat|outcome|measures?\b|score|self-esteem|reflective|consequence|misbehav|naughty|problem child/i,
  /landreth|bratton|filial|theraplay|cprt|thermo|do(ugh)?nut|rules? of thumb|focus child|choice.giving/i,
  /\bmums?\b|\bdads?\b|\bmothers?\b|\bfathers?\b|!|oops/i,
];

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

  test('it has one break in two hours, none in less, and ends with what people take with them', () => {
    const breaks = agenda.segments.filter(({ kind }) => kind === 'break');
    expect(breaks.map(({ where }) => where)).toEqual(programme.minutes >= 120 ? ['main'] : []);
    expect(agenda.segments.at(-1)?.kind).toBe(programme.minutes >= 120 ? 'close' : 'homework');
  });

  test('people talk and practise in small groups, and do everything else together', () => {
    const small = agenda.segments.filter(({ where }) => where === 'breakout').map(({ key }) => key);
    const meant = agenda.segments.filter(({ kind }) => kind === 'breakout' || kind === 'role-play');
    expect(small).toEqual(meant.map(({ key }) => key));
  });

  test('titles and prompts are words for families, and fit a phone', () => {
    for (const words of [agenda.title, ...agenda.segments.flatMap(({ title, prompt }) => [title, prompt])]) {
      for (const unfit of notForFamilies) expect(words).not.toMatch(unfit);
      expect(words.trim()).toBe(words);
    }
    expect(agenda.title).toMatch(/^[A-Z][^.]{2,47}$/);
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
  });

  test('the group has an agenda for each of its ten weeks, as planned', () => {
    expect(cprt.agendas.map((agenda) => `${agenda.session}: ${planOf(agenda)}`)).toEqual([
      '1: W15 C20 T10 T15 X10 V10 R15 B10 H10 Z5',
      '2: W5 C15 B10 T20 T15 X10 V15 R15 H10 Z5',
      '3: W5 C15 T20 V15 X10 R20 B10 H10 H10 Z5',
      '4: W5 C15 B10 K20 K15 X10 T15 R15 H10 Z5',
      '5: W5 C15 B10 K20 K15 X10 T15 R15 H10 Z5',
      '6: W5 C10 B10 K20 K20 X10 T15 R15 H10 Z5',
      '7: W5 C10 B10 K20 K20 X10 T15 R15 H10 Z5',
      '8: W5 C10 B10 K20 K20 X10 T15 R15 H10 Z5',
      '9: W5 C10 B10 K20 K15 X10 T15 T10 R10 H10 Z5',
      '10: W5 C10 K20 K15 X10 T10 B15 C20 H10 Z5',
    ]);
    expect(new Set(cprt.agendas.map((agenda) => agenda.title)).size).toBe(10);
  });

  test('each of six families can show clips twice', () => {
    const clips = cprt.agendas.flatMap((agenda) => agenda.segments).filter(({ kind }) => kind === 'clip-review');
    expect(clips.length).toBeGreaterThanOrEqual(2 * (cprt.maxFamilies ?? Number.NaN));
  });

  test('the taster is for up to 20 people for 50 minutes, with no clips and no breakouts', () => {
    expect(taster).toMatchObject({ sessions: 1, minutes: 50, maxPeople: 20 });
    expect(taster.agendas.map(planOf)).toEqual(['W5 T10 V5 T10 C15 H5']);
    const segments = taster.agendas.flatMap((agenda) => agenda.segments);
    expect(segments.filter(({ kind, where }) => kind === 'clip-review' || where === 'breakout')).toEqual([]);
  });

  test('no child is in view', () => {
    expect(programmes.map((programme) => programme.childInView)).toEqual(['never', 'never']);
  });
});
