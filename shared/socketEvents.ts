import type { CommandAnswer, CommandEnvelope, RefusalCode } from './session/commands.ts';
import type { SeenEvent } from './session/events.ts';
import type { Roster, SealedBox } from './session/roster.ts';
import type { AudienceId, DeviceId, PersonId, Role, SessionState } from './session/state.ts';

/** Raised when an old page and a new server no longer understand each other: the page then reloads. */
export const protocolVersion = 1;

/** Sent in the socket's handshake beside the person's cookie. */
export type SocketAuth = { protocol: number; personId: PersonId; deviceId: DeviceId };

/** Names travel beside the log, never in it, and only of people whom the receiver may see. */
export type Names = Record<PersonId, { name: string; role: Role }>;

/** `lost`: no connection right now, the seat is kept. `backSoon`: a phone call or a locked screen. */
export type Presence = 'here' | 'backSoon' | 'lost';

export type PresenceMap = Record<PersonId, Presence>;

/** A whole view: after connecting, after a gap too long to send, and whenever what a person may see has changed. */
export type ViewMessage = { view: SessionState; names: Names; presence: PresenceMap };

export type EventsMessage = { events: SeenEvent[]; names: Names };

/** Answer to "what happened after seq n": nothing, the events, or a whole view. */
export type CatchUp = { type: 'nothing' } | ({ type: 'events' } & EventsMessage) | ({ type: 'view' } & ViewMessage);

/** Why the server closes a socket for good; the page must not reconnect by itself. */
export type CloseCode = 'otherDevice' | 'otherTab' | 'signedOut' | 'oldPage';

export type Refused = { ok: false; refused: RefusalCode; say: string };

export type MediaToken = { ok: true; url: string; token: string };

export type MediaTokenAnswer = MediaToken | Refused;

export type KeyWanted = { audience: AudienceId; personId: PersonId; deviceId: DeviceId };

export type ServerToClient = {
  view: (message: ViewMessage) => void;
  events: (message: EventsMessage) => void;
  /** Comes just before the view that lets this device into the room, and spares it asking. */
  mediaToken: (token: MediaToken) => void;
  /** Changes of presence of people whom the receiver may see. */
  presence: (changes: PresenceMap) => void;
  /** A sealed box for this device, passed on as it came. */
  box: (box: SealedBox) => void;
  /** A device on the roster came back without the secret: seal it to the key that stands in the roster. */
  keyWanted: (wanted: KeyWanted) => void;
  closing: (code: CloseCode) => void;
  /** Whether the server can store changes now; said when that changes, and on connecting while it can't. */
  storing: (on: boolean) => void;
  /** Whether this server hears the other ones of the installation; said like `storing`. */
  linked: (on: boolean) => void;
};

export type ClientToServer = {
  command: (envelope: CommandEnvelope, answer: (answer: CommandAnswer) => void) => void;
  catchUp: (after: number, answer: (answer: CatchUp | Refused) => void) => void;
  /** The server's time, ms since 1970. */
  clock: (answer: (serverNow: number | Refused) => void) => void;
  mediaToken: (audience: AudienceId, answer: (answer: MediaTokenAnswer) => void) => void;
  /** Boxes for other devices of the same session; `delivered` says how many were connected. */
  sendBoxes: (boxes: SealedBox[], answer: (answer: { ok: true; delivered: number } | Refused) => void) => void;
  /** Asks the other devices on the roster for the audience's secret; `asked` says how many were reached. */
  askForKey: (audience: AudienceId, answer: (answer: { ok: true; asked: number } | Refused) => void) => void;
  /** The rosters after a version, so that a chain can be checked without a gap. */
  rosters: (
    ask: { audience: AudienceId; after: number },
    answer: (answer: { ok: true; rosters: Roster[] } | Refused) => void,
  ) => void;
  /** Volatile: told to the others, never stored. */
  backSoon: (on: boolean) => void;
};
