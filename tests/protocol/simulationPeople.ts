import { admitted, isStaff, staffInRoom } from '#shared/session/roles.ts';
import { card, rosterFor, ticks } from '#shared/session/session.fixtures.ts';
import type { Command } from '#shared/session/commands.ts';
import type { Person, SessionState } from '#shared/session/state.ts';
import type { Viewer } from '#shared/session/view.ts';
import type { Page } from './simulationPage.ts';
import type { Random } from './simulationTime.ts';

/** Somebody with two devices, and the pages that are open on them now. */
export type SimulatedPerson = { viewer: Viewer; devices: string[]; pages: Page[] };

export type Acts = {
  /** Opens a page of this person on this device. */
  open(person: SimulatedPerson, deviceId: string): Page;
};

/** At most this many commands of a page wait for their answers at once. */
const MOST_WAITING = 4;

/** One person does one thing, sensible or not: as likely as in a lively evening, wrong ones more often. */
export function act(person: SimulatedPerson, random: Random, acts: Acts): void {
  person.pages = person.pages.filter((page) => page.closedBy() === null);
  const page = random.chance(0.85) ? person.pages.at(-1) : random.pick(person.pages);
  if (page === undefined) return void acts.open(person, random.pick(person.devices));
  if (random.chance(0.03)) return reload(person, page, random, acts);
  if (random.chance(0.02)) return void goOnElsewhere(person, page, random, acts);
  const held = page.held();
  if (held === null || page.given.filter(({ outcome }) => outcome === 'open').length >= MOST_WAITING) return;
  const { view } = held;
  const me = page.me();
  if (me === undefined) return void (random.chance(0.7) && page.give(enter(page, random.chance(0.3))));
  if (random.chance(0.12)) return void page.give(anything(page, view, random));
  if (random.chance(0.05)) return page.connection.backSoon(random.chance(0.5));
  if (random.chance(0.05)) return passBoxes(page, view);
  if (random.chance(0.02)) return void page.give({ type: 'leave' });
  if (!isStaff(me.role)) return;
  if (me.status === 'waiting') {
    if (staffInRoom(view).length === 0 || random.chance(0.1)) void openRoom(page, me, [me]);
    return;
  }
  asStaff(page, view, me, random);
}

function reload(person: SimulatedPerson, page: Page, random: Random, acts: Acts): void {
  page.close(random.chance(0.5));
  acts.open(person, page.deviceId);
}

async function goOnElsewhere(person: SimulatedPerson, page: Page, random: Random, acts: Acts): Promise<void> {
  const other = person.devices.find((deviceId) => deviceId !== page.deviceId) ?? page.deviceId;
  const next = person.pages.find(({ deviceId }) => deviceId === other) ?? acts.open(person, other);
  const answer = await next.give(enter(next, false));
  if (answer?.ok === false && random.chance(0.8)) await next.give(enter(next, true));
}

function enter(page: Page, takeOver: boolean): Command {
  return { type: 'enter', device: card(page.deviceId), ticks, takeOver };
}

function asStaff(page: Page, view: SessionState, me: Person, random: Random): void {
  const waiting = Object.values(view.people).filter(({ status }) => status === 'waiting');
  if (waiting.length > 0 && random.chance(0.6)) return admit(page, view, me, some(waiting, random));
  if (random.chance(0.03)) return void openRoom(page, me, people(view, 'admitted'));
  if (view.lead !== me.personId) return void (random.chance(0.1) && page.give({ type: 'takeLead' }));
  const command = asLead(view, random);
  void page.give(command);
  // A finger that slips, or a page that hangs: the same press twice.
  if (random.chance(0.3)) void page.give(command);
}

function asLead({ phase, agenda }: SessionState, random: Random): Command {
  const seen = agenda.current?.segmentId ?? agenda.segments[0]?.segmentId ?? 'none';
  if (phase === 'lobby') return { type: 'start' };
  if (phase === 'paused' && random.chance(0.7)) return { type: 'resume' };
  if (random.chance(0.01)) return { type: 'end' };
  return random.pick<Command>([
    { type: 'next', seen },
    { type: 'next', seen },
    { type: 'back', seen },
    { type: 'pause' },
    { type: 'addMinutes', segmentId: seen, minutes: random.between(1, 3) },
  ]);
}

/** Whatever comes to mind, most of it at the wrong time or not this person's business. */
function anything(page: Page, view: SessionState, random: Random): Command {
  const seen = random.pick(['s1', 's2', 's3', 's4', 'none']);
  const me = page.me() ?? ({ device: card(page.deviceId) } as Person);
  const roster = rosterFor(view, me, people(view, 'admitted'), random.between(0, 3));
  const personIds = [random.pick(['ruth', 'tom', 'maya', 'jonas', 'priya', 'dan', 'nobody'])];
  return random.pick<Command>([
    enter(page, false),
    { type: 'start' },
    { type: 'next', seen },
    { type: 'back', seen },
    { type: 'pause' },
    { type: 'resume' },
    { type: 'addMinutes', segmentId: seen, minutes: 60 },
    { type: 'takeLead' },
    { type: 'openAudience', audience: 'group', roster },
    { type: 'admit', audience: 'group', personIds, roster },
  ]);
}

async function openRoom(page: Page, me: Person, members: Person[]): Promise<void> {
  // At the door the last roster is not in the view; staff may ask for it.
  const rosters = await page.connection.rosters('group', 0).catch(() => []);
  const view = page.held()?.view;
  if (view === undefined) return;
  const { group } = view.audiences;
  const known = { ...view, audiences: { group: { ...group, roster: rosters.at(-1) ?? group.roster } } };
  await page.give({ type: 'openAudience', audience: 'group', roster: rosterFor(known, me, members, group.epoch + 1) });
}

function admit(page: Page, view: SessionState, me: Person, guests: Person[]): void {
  const roster = rosterFor(view, me, [...people(view, 'admitted'), ...guests]);
  void page.give({ type: 'admit', audience: 'group', personIds: guests.map(({ personId }) => personId), roster });
}

function passBoxes(page: Page, view: SessionState): void {
  const { sessionId, audiences } = view;
  const header = { sessionId, audience: 'group' as const, epoch: audiences.group.epoch, from: page.deviceId };
  const rest = { rosterHash: 'hash', encapsulated: 'key', ciphertext: 'secret', signature: 'signature' };
  const boxes = people(view, 'admitted').map(({ device }) => ({ ...header, ...rest, to: device.deviceId }));
  void page.connection.askForKey('group').catch(() => {});
  if (boxes.length > 0 && admitted(view, page.viewer.personId)) void page.connection.sendBoxes(boxes).catch(() => {});
}

function people(view: SessionState, status: Person['status']): Person[] {
  return Object.values(view.people).filter((person) => person.status === status);
}

function some(list: Person[], random: Random): Person[] {
  const chosen = list.filter(() => random.chance(0.6));
  return chosen.length > 0 ? chosen : list.slice(0, 1);
}
