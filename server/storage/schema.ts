/**
 * The tables. Only what SQLite and PostgreSQL share: ids and JSON as text, moments as integer ms, flags as 0 and 1.
 * Names and other personal data live here and never in `session_events`, so erasing a person is deleting rows.
 */
export type Tables = {
  courses: CourseRow;
  sessions: SessionRow;
  families: FamilyRow;
  people: PersonRow;
  links: LinkRow;
  devices: DeviceRow;
  session_events: EventRow;
  session_commands: CommandRow;
  effects: EffectRow;
  secrets: SecretRow;
};

export type CourseRow = {
  id: string;
  programme_id: string;
  organisation: string;
  name: string;
  help_phone: string | null;
  time_zone: string;
  demo: number;
};

export type SessionRow = {
  id: string;
  course_id: string;
  /** For example "Week 4". */
  label: string;
  title: string;
  planned_start: number;
  minutes: number;
  ended_at: number | null;
};

export type FamilyRow = { id: string; course_id: string; seat: number };

export type PersonRow = {
  id: string;
  course_id: string;
  family_id: string | null;
  role: string;
  name: string;
  /** The version of the group agreement this person accepted for the course; null until they did. */
  agreement_version: number | null;
  agreed_at: number | null;
};

/** `person_id` null: an open link (taster); whoever follows it becomes a new person. */
export type LinkRow = {
  token_hash: string;
  course_id: string;
  person_id: string | null;
  expires_at: number | null;
  revoked_at: number | null;
};

/** A browser that a person enrolled: its cookie, hashed, and the name of its device key. */
export type DeviceRow = {
  cookie_hash: string;
  person_id: string;
  device_id: string;
  enrolled_at: number;
  revoked_at: number | null;
};

export type EventRow = { session_id: string; seq: number; at: number; event: string };

export type CommandRow = { session_id: string; actor: string; command_id: string; seq: number };

/** Something to be done outside because of an event; repeated until `done_at` is set. */
export type EffectRow = { session_id: string; seq: number; ordinal: number; effect: string; done_at: number | null };

/** What this installation made for itself and every process of it needs, e.g. what the demo's links follow from. */
export type SecretRow = { name: string; value: string };
