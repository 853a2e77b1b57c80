import type { SessionEvent } from './events.ts';
import type { Roster } from './roster.ts';
import type { AudienceId, DeviceCard, PersonId, SegmentId, Ticks } from './state.ts';

/** What a person (or the server's timer) asks for. SPEC.md says who may and when. */
export type Command =
  | { type: 'enter'; device: DeviceCard; ticks: Ticks; takeOver: boolean }
  | { type: 'openAudience'; audience: AudienceId; roster: Roster }
  | { type: 'admit'; audience: AudienceId; personIds: PersonId[]; roster: Roster }
  | { type: 'leave' }
  /** Given by the server only: this person's connection has been lost for long. */
  | { type: 'dropLost'; personId: PersonId }
  | { type: 'takeLead' }
  | { type: 'start' }
  | { type: 'next'; seen: SegmentId }
  | { type: 'back'; seen: SegmentId }
  | { type: 'addMinutes'; segmentId: SegmentId; minutes: number }
  | { type: 'pause' }
  | { type: 'resume' }
  | { type: 'end' };

/** `commandId` is made by the sender and stays the same over retries, which makes them harmless. */
export type CommandEnvelope = { commandId: string; command: Command };

/** `ok`: it is on disk, and `seq` is the last event it caused or, where it changed nothing, the last there is. */
export type CommandAnswer = { ok: true; seq: number } | { ok: false; refused: RefusalCode; say: string };

/** Every reason for which a command is refused, with the words for people. The code is the stable part. */
export const refusals = {
  badRequest: 'That message could not be read. Reload the page, then try again.',
  notPlanned: 'This session is not set up yet.',
  ended: 'This session has ended.',
  notInRoom: 'You are not in the room yet.',
  alreadyInRoom: 'That person is in the room already.',
  notAllowed: 'Only the person who leads can do that.',
  elsewhere: 'You are already here on another device or browser.',
  notWaiting: 'That person is no longer waiting.',
  full: 'The room is full.',
  alreadyOpen: 'The room is open already.',
  staleRoster: 'Somebody else was let in at the same moment. Try again.',
  alreadyStarted: 'The session has started already.',
  notRunning: 'The session is not running.',
  notPaused: 'The timer is not paused.',
  alreadyMoved: 'The group has moved on already.',
  lastSegment: 'This is the last part. You can end the session.',
  firstSegment: 'This is the first part.',
  unknownSegment: 'That part of the agenda is not there any more.',
  tooLong: 'That would go past the latest end of this session.',
  tooMany: 'That was a lot at once. Wait a moment, then try again.',
  busy: 'The server could not save that. Nothing has changed. Try again in a moment.',
} as const;

export type RefusalCode = keyof typeof refusals;

/** Either the events a command causes (none: it was so already) or the code of the refusal. */
export type Decision = { events: SessionEvent[] } | { refused: RefusalCode };
