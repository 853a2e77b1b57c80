import type { SegmentKind } from '#shared/programme/programme.ts';
import type { Roster } from './roster.ts';

export type PersonId = string;
export type FamilyId = string;
export type DeviceId = string;
export type SegmentId = string;

/** Staff are `facilitator` and `coFacilitator`. An `attendee` is a guest of a taster session, a family of their own. */
export type Role = 'facilitator' | 'coFacilitator' | 'caregiver' | 'attendee';

export type Phase = 'planned' | 'lobby' | 'running' | 'paused' | 'ended';

/** The audiences whose members share a secret. Later ones: staff, door, quiet room, one for each breakout. */
export type AudienceId = 'group';

/**
 * What a device shows of itself at the door. Keys are raw P-256 points in base64url. `deviceId` follows from
 * `signingKey`, and `hpkeSignature` binds `hpkeKey` to this session, so a server can swap neither alone.
 */
export type DeviceCard = { deviceId: DeviceId; signingKey: string; hpkeKey: string; hpkeSignature: string };

/** What a person ticked on the join page. For staff only: it never goes to another family. */
export type Ticks = { privatePlace: boolean; agreementVersion: number };

export type Person = {
  personId: PersonId;
  role: Role;
  familyId: FamilyId | null;
  status: 'waiting' | 'admitted';
  /** When this person came to the door last, ms since 1970. */
  since: number;
  device: DeviceCard;
  ticks: Ticks | null;
};

export type Segment = {
  segmentId: SegmentId;
  title: string;
  prompt: string;
  kind: SegmentKind;
  where: 'main' | 'breakout';
  /** Minutes the plan gave it. */
  planned: number;
  /** Minutes it has now: planned plus what was added. */
  given: number;
};

/** The segment that runs: time used so far is `(pausedAt ?? now) - startedAt`, in ms. */
export type CurrentSegment = { segmentId: SegmentId; startedAt: number; pausedAt: number | null };

export type Agenda = {
  segments: Segment[];
  current: CurrentSegment | null;
  /** Ms used by segments that ran and are not current: going back to one takes up where it was left. */
  used: Record<SegmentId, number>;
};

/** `epoch` 0: nobody has opened it yet. `roster` is null then, and for people who are not its members. */
export type Audience = { epoch: number; mediaRoom: string; roster: Roster | null };

export type SessionState = {
  sessionId: string;
  /** The last event that is folded in; 0 before the first. */
  seq: number;
  phase: Phase;
  plannedStart: number;
  startedAt: number | null;
  endedAt: number | null;
  /** Minutes past its planned length after which the room closes itself. */
  latestEndMinutes: number;
  /** How many families (in a taster: attendees) may be in the room. */
  maxFamilies: number;
  /** Every family of the course in its seat order, present or not. */
  familyIds: FamilyId[];
  lead: PersonId | null;
  people: Record<PersonId, Person>;
  agenda: Agenda;
  audiences: Record<AudienceId, Audience>;
};

/** The state before the first event. */
export function emptySession(sessionId: string): SessionState {
  return {
    sessionId,
    seq: 0,
    phase: 'planned',
    plannedStart: 0,
    startedAt: null,
    endedAt: null,
    latestEndMinutes: 0,
    maxFamilies: 0,
    familyIds: [],
    lead: null,
    people: {},
    agenda: { segments: [], current: null, used: {} },
    audiences: { group: { epoch: 0, mediaRoom: '', roster: null } },
  };
}
