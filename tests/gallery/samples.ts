import type { Invitation } from '#shared/api.ts';
import { agendaOf } from '#shared/programme/programme.ts';
import { cprt } from '#shared/programme/cprt.ts';
import { emptySession, type SessionState } from '#shared/session/state.ts';

import type { Actions, DoorEntry, Preview, RoomView, Tile } from '../../client/live/screens.ts';

import { facePicture, faceStream } from './faces.ts';

const minute = 60_000;
/** 24 November 2026, 19:00 in London. */
export const seven = Date.UTC(2026, 10, 24, 19, 0);

/** A server clock that stands at `start` now. */
export function clockFrom(start: number): () => number {
  const opened = performance.now();
  return () => start + performance.now() - opened;
}

const card: Invitation['session'] = {
  sessionId: 'sample',
  phase: 'planned',
  organisation: 'Northfield Families',
  course: 'Tuesday group',
  label: 'Week 4',
  title: 'Sharing play times and setting limits',
  plannedStart: seven,
  minutes: 120,
  timeZone: 'Europe/London',
  leads: [
    { name: 'Ruth', role: 'facilitator' },
    { name: 'Tom', role: 'coFacilitator' },
  ],
  families: 6,
  helpPhone: '0113 496 0142',
  agreement: { version: 1, accepted: false },
  demo: false,
};

export function familyInvitation(more: Partial<Invitation['session']> = {}): Invitation {
  return {
    kind: 'personal',
    personId: 'maya',
    role: 'caregiver',
    name: 'Maya & Jonas',
    enrolled: false,
    mediaUrl: 'ws://localhost:7880',
    tasterLink: null,
    session: { ...card, ...more },
  };
}

export function staffInvitation(): Invitation {
  return { ...familyInvitation({ demo: true }), role: 'facilitator', name: 'Ruth', tasterLink: '/join#sample' };
}

export function tasterInvitation(name: string | null): Invitation {
  const taster = { ...card, label: 'Taster', title: 'Come and see what the group is like', course: 'Taster evening' };
  return {
    ...familyInvitation(),
    kind: 'taster',
    role: 'attendee',
    name,
    personId: null,
    session: { ...taster, minutes: 50, families: null },
  };
}

export function preview(more: Partial<Preview> = {}, name = 'Maya & Jonas'): Preview {
  const camera = [{ deviceId: 'c1', label: 'Built-in camera' }];
  return {
    camera: 'on',
    microphone: 'on',
    stream: faceStream(name),
    options: {
      camera: [...camera, { deviceId: 'c2', label: 'Camera on the bookshelf (USB)' }],
      microphone: [{ deviceId: 'm1', label: 'Built-in microphone' }],
      speaker: [
        { deviceId: 's1', label: 'Built-in speakers' },
        { deviceId: 's2', label: 'Headphones' },
      ],
    },
    chosen: { camera: 'c1', microphone: 'm1', speaker: 's1' },
    ...more,
  };
}

/** The evening of week 4, so many minutes after its start; null: nobody has begun it. */
export function eveningAt(
  currentKey: string | null,
  startedAgo: number,
  pausedAgo: number | null = null,
): SessionState {
  const template = agendaOf(cprt, 4)?.segments ?? [];
  const segments = template.map((one) => ({
    segmentId: one.key,
    title: one.title,
    prompt: one.prompt,
    kind: one.kind,
    where: one.where,
    planned: one.minutes,
    given: one.minutes,
  }));
  const at = segments.findIndex((one) => one.segmentId === currentKey);
  const begun = seven + segments.slice(0, Math.max(0, at)).reduce((sum, one) => sum + one.given, 0) * minute;
  const pausedAt = pausedAgo === null ? null : begun + (startedAgo - pausedAgo) * minute;
  return {
    ...emptySession('sample'),
    seq: 9,
    phase: at < 0 ? 'lobby' : pausedAt === null ? 'running' : 'paused',
    plannedStart: seven,
    startedAt: at < 0 ? null : seven,
    latestEndMinutes: 10,
    lead: 'ruth',
    agenda: {
      segments,
      current: at < 0 ? null : { segmentId: segments[at]?.segmentId ?? '', startedAt: begun, pausedAt },
      used: Object.fromEntries(segments.slice(0, Math.max(0, at)).map((one) => [one.segmentId, one.given * minute])),
    },
  };
}

export function tile(name: string, more: Partial<Tile> = {}): Tile {
  return {
    seat: name,
    personId: name,
    name,
    role: 'family',
    isYou: false,
    standing: 'here',
    picture: facePicture(name),
    paused: false,
    microphone: 'off',
    speaking: false,
    weak: false,
    ...more,
  };
}

const familyNames = ['Maya & Jonas', 'Priya', 'Dan & Chris', 'Grace', 'Elena', 'Kwame & Abi'];

/** Everybody in their seats, as one of them sees it; `changes` by name. */
export function seats(you: string, changes: Record<string, Partial<Tile>> = {}): Tile[] {
  const all = [
    tile('Ruth', { role: 'facilitator', microphone: 'on' }),
    tile('Tom', { role: 'coFacilitator' }),
    ...familyNames.map((name) => tile(name)),
  ];
  return all.map((one) => ({ ...one, isYou: one.name === you, ...changes[one.name] }));
}

export function door(name: string, since: number, more: Partial<DoorEntry> = {}): DoorEntry {
  return {
    personId: name,
    deviceId: `${name}-device`,
    name,
    role: 'family',
    since,
    connected: true,
    ticks: { privatePlace: true, agreementVersion: 1 },
    key: 'known',
    busy: false,
    ...more,
  };
}

export function room(you: string, more: Partial<RoomView> = {}): RoomView {
  const isStaff = you === 'Ruth' || you === 'Tom';
  const devices = ['Ruth', 'Tom', ...familyNames].map((name, index) => ({
    personId: name,
    deviceId: `${(index * 7919 + 4242).toString(36)}${(index * 104_729 + 90_001).toString(36)}`,
    name,
    side: index < 2 ? ('staff' as const) : ('family' as const),
    isYou: name === you,
  }));
  return {
    session: eveningAt('check-in', 8),
    me: { personId: you, name: you, isStaff, isLead: you === 'Ruth' },
    leadName: 'Ruth',
    tiles: seats(you, { Grace: { speaking: true, microphone: 'on' }, Priya: { microphone: 'on' } }),
    door: [],
    connection: 'connected',
    media: 'connected',
    camera: 'on',
    microphone: isStaff ? 'on' : 'off',
    preview: preview({ microphone: isStaff ? 'on' : 'off' }, you),
    audioBlocked: false,
    pictures: { level: 'all', by: 'line' },
    backSoon: false,
    notice: null,
    trust: { encrypted: true, refusedTracks: 0, members: devices, words: ['lantern', 'meadow', 'copper', 'window'] },
    ...more,
  };
}

/** Actions that only tell what was asked for, so that a test can look. */
export function recordedActions(now: () => number, ask: (what: string) => void): Actions {
  const said =
    (name: string) =>
    (...values: unknown[]) => {
      ask([name, ...values.map((value) => JSON.stringify(value))].join(' '));
    };
  return {
    preview: {
      start: () => {},
      level: () => 0.42 + 0.3 * Math.sin(performance.now() / 300),
      setOn: said('preview.setOn'),
      choose: said('preview.choose'),
      playSound: said('preview.playSound'),
      retry: said('preview.retry'),
    },
    previewState: () => null,
    giveUp: said('giveUp'),
    join: said('join'),
    useThisDevice: said('useThisDevice'),
    useThisTab: said('useThisTab'),
    leave: said('leave'),
    comeBack: said('comeBack'),
    startAudio: said('startAudio'),
    setCamera: said('setCamera'),
    setMicrophone: said('setMicrophone'),
    setSoundOnly: said('setSoundOnly'),
    returnFromBackSoon: said('returnFromBackSoon'),
    admit: said('admit'),
    start: said('start'),
    next: said('next'),
    back: said('back'),
    addMinutes: said('addMinutes'),
    pause: said('pause'),
    resume: said('resume'),
    end: said('end'),
    takeLead: said('takeLead'),
    showWords: said('showWords'),
    dismissNotice: said('dismissNotice'),
    now,
  };
}
