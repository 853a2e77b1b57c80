import { decideAgenda } from './decideAgenda.ts';
import type { Command, Decision } from './commands.ts';
import type { SessionEvent } from './events.ts';
import { admitted, familiesInRoom, isStaff, staffInRoom, type Actor } from './roles.ts';
import type { Roster } from './roster.ts';
import type { DeviceCard, Person, SessionState } from './state.ts';

/**
 * Decides one command. Pure: `now` (ms) comes from the server's clock. The rules are numbered in SPEC.md.
 * Refusals are the codes of `refusals` in commands.ts.
 */
export function decide(state: SessionState, command: Command, actor: Actor, now: number): Decision {
  if (state.seq === 0) return { refused: 'notPlanned' };
  if (state.phase === 'ended') return command.type === 'leave' ? { events: [] } : { refused: 'ended' };
  if (actor.by === 'timer') return decideForServer(state, command, now);
  switch (command.type) {
    case 'enter':
      return enter(state, command, actor, now);
    case 'openAudience':
      return openAudience(state, command, actor, now);
    case 'admit':
      return admit(state, command, actor, now);
    case 'leave':
      return state.people[actor.personId] ? { events: leave(state, actor.personId, now) } : { events: [] };
    case 'takeLead':
      return takeLead(state, actor, now);
    case 'dropLost':
      return { refused: 'notAllowed' };
    default:
      if (!admitted(state, actor.personId)) return { refused: 'notInRoom' };
      if (state.lead !== actor.personId) return { refused: 'notAllowed' };
      return decideAgenda(state, command, now, 'lead');
  }
}

/** What the server may ask for by itself: the end at its deadline, and a place given up by who is long gone. */
function decideForServer(state: SessionState, command: Command, now: number): Decision {
  if (command.type === 'end') return decideAgenda(state, command, now, 'deadline');
  if (command.type !== 'dropLost') return { refused: 'notAllowed' };
  return { events: state.people[command.personId] ? leave(state, command.personId, now) : [] };
}

type PersonActor = Extract<Actor, { by: 'person' }>;
type Of<T extends Command['type']> = Extract<Command, { type: T }>;

function enter(state: SessionState, command: Of<'enter'>, actor: PersonActor, now: number): Decision {
  const here = state.people[actor.personId];
  if (here && sameDevice(here.device, command.device)) return { events: [] };
  if (here && here.device.deviceId !== command.device.deviceId && !command.takeOver) return { refused: 'elsewhere' };
  const { personId, role, familyId } = actor;
  const { device, ticks } = command;
  const person: Person = { personId, role, familyId, status: 'waiting', since: now, device, ticks };
  const before = here ? leave(state, personId, now) : [];
  return { events: [...before, { type: 'personArrived', at: now, person }] };
}

function sameDevice(a: DeviceCard, b: DeviceCard): boolean {
  return a.deviceId === b.deviceId && a.signingKey === b.signingKey && a.hpkeKey === b.hpkeKey;
}

/**
 * The first staff device opens an audience. Later it is opened anew (next epoch) by a staff device that finds nobody
 * who could hand it the secret: one in the room, and everybody stays; or, when no staff is there, one at the door, and
 * everybody else goes back to the door, since their devices can't check the word of one they don't know.
 */
function openAudience(state: SessionState, command: Of<'openAudience'>, actor: PersonActor, now: number): Decision {
  if (!isStaff(actor.role)) return { refused: 'notAllowed' };
  const me = state.people[actor.personId];
  if (!me) return { refused: 'notInRoom' };
  const { epoch } = state.audiences[command.audience];
  const others = peopleInRoom(state).filter((person) => person !== me);
  const staffIsThere = others.some((person) => isStaff(person.role));
  if (me.status === 'waiting' && staffIsThere) return { refused: 'alreadyOpen' };
  const stay = me.status === 'admitted' ? others : [];
  const { roster } = command;
  if (roster.epoch !== epoch + 1 || !follows(state, roster, me, [me, ...stay])) return { refused: 'staleRoster' };
  const events: SessionEvent[] = [];
  if (state.phase === 'planned') events.push({ type: 'lobbyOpened', at: now });
  for (const person of others) {
    if (stay.includes(person)) continue;
    events.push(...leave(state, person.personId, now));
    events.push({ type: 'personArrived', at: now, person: { ...person, status: 'waiting', since: now } });
  }
  events.push({ type: 'audienceOpened', at: now, audience: command.audience, epoch: roster.epoch });
  events.push({ type: 'rosterSigned', at: now, audience: command.audience, roster });
  if (me.status === 'waiting') events.push({ type: 'personAdmitted', at: now, person: { ...me, status: 'admitted' } });
  if (!staffIsThere && state.lead !== me.personId) events.push({ type: 'leadChanged', at: now, lead: me.personId });
  return { events };
}

function admit(state: SessionState, command: Of<'admit'>, actor: PersonActor, now: number): Decision {
  const me = admitted(state, actor.personId);
  if (!me) return { refused: 'notInRoom' };
  if (!isStaff(actor.role)) return { refused: 'notAllowed' };
  const people: Person[] = [];
  for (const personId of new Set(command.personIds)) {
    const person = state.people[personId];
    if (!person) return { refused: 'notWaiting' };
    if (person.status === 'admitted') return { refused: 'alreadyInRoom' };
    people.push({ ...person, status: 'admitted' });
  }
  if (people.length === 0) return { refused: 'notWaiting' };
  const families = familiesInRoom(state);
  for (const { familyId } of people) if (familyId !== null) families.add(familyId);
  if (families.size > state.maxFamilies) return { refused: 'full' };
  const { roster } = command;
  if (roster.epoch !== state.audiences[command.audience].epoch) return { refused: 'staleRoster' };
  if (!follows(state, roster, me, [...peopleInRoom(state), ...people])) return { refused: 'staleRoster' };
  const events: SessionEvent[] = [{ type: 'rosterSigned', at: now, audience: command.audience, roster }];
  for (const person of people) events.push({ type: 'personAdmitted', at: now, person });
  const lead = leadAfterArrival(state, people);
  if (lead !== state.lead) events.push({ type: 'leadChanged', at: now, lead });
  return { events };
}

/** Before the session starts the facilitator has the lead, also when the co-facilitator opened the room. */
function leadAfterArrival(state: SessionState, people: Person[]): string | null {
  const lead = state.lead === null ? undefined : state.people[state.lead];
  if (state.startedAt !== null || lead?.role === 'facilitator') return state.lead;
  return people.find((person) => person.role === 'facilitator')?.personId ?? state.lead;
}

function peopleInRoom(state: SessionState): Person[] {
  return Object.values(state.people).filter((person) => person.status === 'admitted');
}

/** Whether the roster is the next one here: its number, its signer, and exactly the devices of `members`. */
function follows(state: SessionState, roster: Roster, signer: Person, members: Person[]): boolean {
  const last = state.audiences[roster.audience].roster;
  if (roster.sessionId !== state.sessionId || roster.version !== (last?.version ?? 0) + 1) return false;
  if ((last === null) !== (roster.previous === null)) return false;
  if (roster.signedBy !== signer.device.deviceId || roster.devices.length !== members.length) return false;
  return members.every((member) =>
    roster.devices.some(
      (d) =>
        d.deviceId === member.device.deviceId &&
        d.personId === member.personId &&
        d.signingKey === member.device.signingKey &&
        d.hpkeKey === member.device.hpkeKey &&
        (d.side === 'staff') === isStaff(member.role),
    ),
  );
}

function leave(state: SessionState, personId: string, now: number): SessionEvent[] {
  const events: SessionEvent[] = [{ type: 'personLeft', at: now, personId }];
  if (state.lead === personId) {
    const heir = staffInRoom(state).find((person) => person.personId !== personId);
    events.push({ type: 'leadChanged', at: now, lead: heir?.personId ?? null });
  }
  return events;
}

function takeLead(state: SessionState, actor: PersonActor, now: number): Decision {
  if (!admitted(state, actor.personId)) return { refused: 'notInRoom' };
  if (!isStaff(actor.role)) return { refused: 'notAllowed' };
  if (state.lead === actor.personId) return { events: [] };
  return { events: [{ type: 'leadChanged', at: now, lead: actor.personId }] };
}
