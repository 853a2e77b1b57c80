import type { DeviceId, PersonId, SessionState, Ticks } from '#shared/session/state.ts';
import type { Invitation } from '#shared/api.ts';

/** Which screen a person is on. Every screen component takes its part of this and the actions, nothing else. */
export type Screen =
  | { at: 'opening' }
  | { at: 'refused'; code: string; say: string }
  | { at: 'inApp'; app: string }
  | { at: 'unsupported' }
  | { at: 'join'; invitation: Invitation; busy: boolean; problem: string | null }
  | { at: 'elsewhere'; invitation: Invitation }
  | { at: 'otherTab' }
  | { at: 'otherDevice' }
  | { at: 'waiting'; invitation: Invitation; waiting: Waiting }
  | { at: 'room'; invitation: Invitation; room: RoomView }
  | { at: 'left'; invitation: Invitation }
  | { at: 'ended'; invitation: Invitation };

/** `opening`: no staff yet, or staff still preparing; `door`: staff know you are here; `entering`: let in, connecting. */
export type Waiting = { stage: 'opening' | 'door' | 'entering'; connection: Connection };

/**
 * The connection to the signalling server. `notStoring`: it is there, but can't keep changes for the moment; `notLinked`:
 * it is out of touch with the servers that others are connected to.
 */
export type Connection = 'connected' | 'reconnecting' | 'notStoring' | 'notLinked';

export type DeviceOption = { deviceId: string; label: string };
export type DeviceKind = 'camera' | 'microphone' | 'speaker';

/** One capture device in the join check and in the room. */
export type DeviceState = 'starting' | 'on' | 'off' | 'blocked' | 'missing' | 'inUse';

export type Preview = {
  camera: DeviceState;
  microphone: DeviceState;
  /** For the preview picture; null while there is none. */
  stream: MediaStream | null;
  options: Record<DeviceKind, DeviceOption[]>;
  chosen: Record<DeviceKind, string | null>;
};

export type PreviewActions = {
  /** Asks for camera and microphone, once: called when the check comes on the screen, not before. */
  start(): void;
  /** The microphone's level right now, 0 to 1: read it in an animation frame. */
  level(): number;
  setOn(kind: 'camera' | 'microphone', on: boolean): void;
  choose(kind: DeviceKind, deviceId: string): void;
  /** Plays a short sound on the chosen speaker. */
  playSound(): void;
  /** Asks for the devices again, after a refusal was mended. */
  retry(): void;
};

/** One seat in the grid. Seats keep their place; an absent one stays as an outline. */
export type Tile = {
  seat: string;
  personId: PersonId | null;
  name: string;
  role: 'facilitator' | 'coFacilitator' | 'family';
  isYou: boolean;
  standing: 'here' | 'joining' | 'reconnecting' | 'backSoon' | 'waiting' | 'absent';
  /** Attaches the picture to an element and returns how to detach it; null while the camera is off. */
  picture: ((element: HTMLVideoElement) => () => void) | null;
  /** Their camera is on, but this device doesn't take the picture, so that the sound stays good. */
  paused: boolean;
  microphone: 'on' | 'off';
  speaking: boolean;
  weak: boolean;
};

/** Somebody at the door, for staff. `key`: is this the device they came with before? */
export type DoorEntry = {
  personId: PersonId;
  deviceId: DeviceId;
  name: string;
  role: 'staff' | 'family';
  since: number;
  connected: boolean;
  ticks: Ticks | null;
  key: 'known' | 'new' | 'changed';
  busy: boolean;
};

export type Trust = {
  encrypted: boolean;
  /** Tracks that came in without encryption and were not shown. */
  refusedTracks: number;
  members: { personId: PersonId; deviceId: DeviceId; name: string; side: 'staff' | 'family'; isYou: boolean }[];
  /** Four words, or null while they are being worked out. */
  words: string[] | null;
};

export type RoomView = {
  /** This person's view of the session. */
  session: SessionState;
  me: { personId: PersonId; name: string; isStaff: boolean; isLead: boolean };
  leadName: string | null;
  tiles: Tile[];
  door: DoorEntry[];
  connection: Connection;
  media: 'connecting' | 'connected' | 'reconnecting';
  camera: DeviceState;
  microphone: DeviceState;
  preview: Preview;
  /** The browser keeps the others' sound silent until this person taps. */
  audioBlocked: boolean;
  /** How many of the others' pictures this device takes, and whether the person or the weak line decided that. */
  pictures: { level: 'all' | 'fewer' | 'none'; by: 'person' | 'line' };
  /** This device was put aside (phone call, locked screen): one tap returns, microphone off. */
  backSoon: boolean;
  /** A sentence for a banner, or null: what the last refused command said, an unencrypted sender, and the like. */
  notice: string | null;
  trust: Trust;
};

/** What a person can do on any screen. Refusals come back as the screen's `problem` or the room's `notice`. */
export type Actions = {
  preview: PreviewActions;
  /** The devices as they are now, for screens before the room; null while none were asked for. */
  previewState(): Preview | null;
  join(choice: { name: string | null; ticks: Ticks }): void;
  useThisDevice(): void;
  useThisTab(): void;
  leave(): void;
  /** From the page after leaving: back to the door. */
  comeBack(): void;
  /** The browser keeps sound silent until a tap: this is the tap. */
  startAudio(): void;
  setCamera(on: boolean): void;
  setMicrophone(on: boolean): void;
  /** On: no pictures from others and none of one's own. Off: the others' come back, one's own camera stays off. */
  setSoundOnly(on: boolean): void;
  returnFromBackSoon(): void;
  admit(personIds: PersonId[]): void;
  start(): void;
  next(): void;
  back(): void;
  addMinutes(minutes: number): void;
  pause(): void;
  resume(): void;
  end(): void;
  takeLead(): void;
  /** Works out the four words (a slow hash): asked for when the trust page opens. */
  showWords(): void;
  dismissNotice(): void;
  /** The page itself broke: camera and microphone go off, the connection is closed. */
  giveUp(): void;
  /** Server time now, ms since 1970, whatever this device's clock says. */
  now(): number;
};
