import type { Roster } from './roster.ts';
import type { AudienceId, FamilyId, Person, PersonId, Segment, SegmentId } from './state.ts';

/** What happened, in order. `at` is the server's time in ms. Ids only: no name ever stands in the log. */
export type SessionEvent =
  | {
      type: 'sessionPlanned';
      at: number;
      plannedStart: number;
      latestEndMinutes: number;
      maxFamilies: number;
      familyIds: FamilyId[];
      segments: Segment[];
      mediaRooms: Record<AudienceId, string>;
    }
  | { type: 'lobbyOpened'; at: number }
  | { type: 'audienceOpened'; at: number; audience: AudienceId; epoch: number }
  | { type: 'rosterSigned'; at: number; audience: AudienceId; roster: Roster }
  | { type: 'personArrived'; at: number; person: Person }
  | { type: 'personAdmitted'; at: number; person: Person }
  | { type: 'personLeft'; at: number; personId: PersonId }
  | { type: 'leadChanged'; at: number; lead: PersonId | null }
  | { type: 'sessionStarted'; at: number }
  | { type: 'segmentEntered'; at: number; segmentId: SegmentId }
  | { type: 'minutesAdded'; at: number; segmentId: SegmentId; minutes: number }
  | { type: 'timerPaused'; at: number }
  | { type: 'timerResumed'; at: number }
  | { type: 'sessionEnded'; at: number; by: 'lead' | 'deadline' };

/** An event as stored: `seq` counts from 1 without a gap. */
export type StoredEvent = SessionEvent & { seq: number };

/** An event as one viewer gets it: what they may not see still takes its number. */
export type SeenEvent = StoredEvent | { type: 'hidden'; seq: number };
