/** What kind of work a segment is. Screens choose pictures and tools by it; the engine asks only whether it is a break. */
export type SegmentKind =
  | 'welcome'
  | 'check-in'
  | 'teach'
  | 'video-demo'
  | 'role-play'
  | 'clip-review'
  | 'breakout'
  | 'break'
  | 'homework'
  | 'close'
  | 'joint-play'
  | 'dialogue';

/** A segment as the programme plans it. Facilitators edit a copy per course and session. */
export type SegmentTemplate = {
  /** Unique within its agenda; stays when the title is edited or translated. */
  key: string;
  /** Families read it on the agenda. */
  title: string;
  /** One warm sentence that families read under the title. */
  prompt: string;
  kind: SegmentKind;
  minutes: number;
  where: 'main' | 'breakout';
};

/** The planned agenda of one session. Its minutes sum to the programme's. */
export type AgendaTemplate = {
  /** Which session of the course it is for, from 1. In a weekly programme this is the week. */
  session: number;
  /** Families read it on the join page. */
  title: string;
  segments: readonly SegmentTemplate[];
};

/** A format: everything the engine and the screens need to know of it. No code outside its own file knows it by name. */
export type Programme = {
  programmeId: string;
  /** People read it on invitations and course pages. */
  name: string;
  sessions: number | 'openEnded';
  /** Planned length of every session. */
  minutes: number;
  /** How far past its planned length a session may run before the room closes itself, in minutes. */
  latestEndMinutes: number;
  /** May a child be seen or heard in the room? */
  childInView: 'never' | 'byAgreement' | 'allowed' | 'expected';
  /** The week from which families may begin play sessions at home; null where the programme has none. */
  homePlayFromWeek: number | null;
  agendas: readonly AgendaTemplate[];
} & Capacity;

/** A programme counts families (the family is the unit, however many caregivers come) or, for guests, people. */
type Capacity = { maxFamilies: number; maxPeople: null } | { maxFamilies: null; maxPeople: number };

/** The planned agenda of the given session (from 1), or undefined where the programme has none for it. */
export function agendaOf(programme: Programme, session: number): AgendaTemplate | undefined {
  return programme.agendas.find((agenda) => agenda.session === session);
}
