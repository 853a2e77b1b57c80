import type { DeviceId, Phase, Role } from './session/state.ts';

/** What the join page may know before anybody is admitted: no family's name, only who leads and how many. */
export type Invitation = {
  /** `taster`: an open link; whoever follows it gives a first name and becomes an attendee. */
  kind: 'personal' | 'taster';
  /** Null until a guest of a taster link has been enrolled. */
  personId: string | null;
  role: Role;
  name: string | null;
  /** Whether this browser holds a valid cookie for this person: it may go on without pressing join again. */
  enrolled: boolean;
  /** Where media will be, ws:// or wss://: known early, so that the browser can look it up before anybody is let in. */
  mediaUrl: string;
  session: SessionCard;
  /** For staff of the demo: where they lead its taster session. Null for everybody else. */
  tasterLink: string | null;
};

export type SessionCard = {
  sessionId: string;
  phase: Phase;
  organisation: string;
  /** For example "Tuesday group". */
  course: string;
  /** For example "Week 4", or "Taster". */
  label: string;
  title: string;
  /** Ms since 1970. */
  plannedStart: number;
  minutes: number;
  /** IANA name, for example Europe/London. */
  timeZone: string;
  /** First names of staff, facilitator first. */
  leads: { name: string; role: Role }[];
  /** Null in a taster, where no count is shown. */
  families: number | null;
  helpPhone: string | null;
  agreement: { version: number; accepted: boolean };
  /** A course made for trying Kinroom out. */
  demo: boolean;
};

export type OpenLinkBody = { token: string; personId?: string };

/** `name` only for a taster. `deviceId` is the device key's own name (see keys). */
export type EnrolBody = { token: string; deviceId: DeviceId; name?: string; personId?: string };

/** Named, so that no empty request opens a room. */
export type ConnectionTestBody = { ends: 2 };

/** Two tokens for a room of its own: the first sends, the second receives. */
export type ConnectionTest = { url: string; tokens: [string, string] };

export type Enrolled = { personId: string; sessionId: string };

/** Every reason for which an HTTP request is refused, with the words for people. */
export const apiErrors = {
  badRequest: 'That request could not be read. Reload the page, then try again.',
  linkUnknown:
    'This link is not one of ours. Check that you copied all of it, or ask the person who sent it for a new one.',
  linkExpired: 'This link has run out. Ask the person who sent it for a new one.',
  linkRevoked: 'This link was switched off. Ask the person who sent it for a new one.',
  noSession: 'There is no session for this link right now. Ask the person who sent it when the next one is.',
  notSignedIn: 'This browser is not signed in to that seat. Open your own link again.',
  nameMissing: 'Tell us a first name to call you by.',
  full: 'All places in this session are taken. Ask the person who sent the link for another date.',
  foreignOrigin: 'That request came from another website, so it was not answered.',
  tooMany: 'That was a lot of tries. Wait a minute, then try again.',
  notFound: 'There is nothing at this address.',
  broken: 'Something went wrong on our side. Nothing was lost. Try again in a moment.',
} as const;

export type ApiErrorCode = keyof typeof apiErrors;

export type ApiError = { error: ApiErrorCode; say: string };
