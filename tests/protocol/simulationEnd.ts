import { isDeepStrictEqual } from 'node:util';
import type { Command } from '#shared/session/commands.ts';
import { decide } from '#shared/session/decide.ts';
import type { SessionEvent } from '#shared/session/events.ts';
import type { Actor } from '#shared/session/roles.ts';
import { actorOf } from '#shared/session/session.fixtures.ts';
import type { Disk } from './simulationDatabase.ts';
import type { Given, Page } from './simulationPage.ts';
import { same, type Truth } from './simulationTruth.ts';

type Row = { actor: string; command_id: string; seq: number };

/** What stands at the end of a run, when nobody does anything any more. */
export type End = {
  disk: Disk;
  truth: Truth;
  given: Given[];
  pages: Page[];
  /** Whether a refusal need not be the last word on this command: E3, or a commit that the server never heard of. */
  mayComeLater(given: Given): boolean;
};

/** Throws unless the log is what its commands caused, each once, and every answer that a page got is true. */
export function checkLog({ disk, truth, given }: End): void {
  const rows = disk.raw.prepare('select actor, command_id, seq from session_commands order by seq').all() as Row[];
  const commands = new Map(given.map((one) => [`${one.viewer.personId} ${one.commandId}`, one]));
  let before = 1;
  for (const seq of new Set(rows.map((row) => row.seq))) {
    const batch = truth.log.slice(before, seq).map(({ seq: _number, ...event }) => event);
    const there = rows
      .filter((row) => row.seq === seq)
      .map((row) => ({ ...commandOf(row), commandId: row.command_id }));
    const cause = there.find(({ command, actor }) => fits(truth, before, command, actor, batch));
    if (batch.length > 0 && cause === undefined) throw new Error(`no command caused ${JSON.stringify(batch)}`);
    // A command that changed nothing stands at the number that the log had then.
    const idle = there.filter((one) => one !== cause);
    const doubled = idle.find(({ command, actor }) => !changesNothing(truth, seq, command, actor));
    if (doubled) throw new Error(`${doubled.commandId} is stored at ${seq} and its events are not there`);
    before = seq;
  }
  same(before, Math.max(1, truth.log.length), 'the last event that a command caused');

  function commandOf(row: Row): { command: Command; actor: Actor } {
    const one = commands.get(`${row.actor} ${row.command_id}`);
    if (one !== undefined) return { command: one.command, actor: actorOf(row.actor) };
    const [kind, personId = ''] = row.command_id.split(':');
    if (row.actor !== 'timer') throw new Error(`nobody gave ${row.command_id}, and it is stored`);
    return { command: kind === 'lost' ? { type: 'dropLost', personId } : { type: 'end' }, actor: { by: 'timer' } };
  }
}

function fits(truth: Truth, before: number, command: Command, actor: Actor, batch: SessionEvent[]): boolean {
  const state = truth.states[before];
  if (state === undefined || batch[0] === undefined) return false;
  const decision = decide(state, asAsked(command), actor, batch[0].at);
  const direct = decide(state, command, actor, batch[0].at);
  return [decision, direct].some((one) => 'events' in one && isDeepStrictEqual(one.events, batch));
}

function changesNothing(truth: Truth, seq: number, command: Command, actor: Actor): boolean {
  const state = truth.states[seq];
  if (state === undefined) return false;
  const decision = decide(state, command, actor, 0);
  return 'events' in decision && decision.events.length === 0;
}

/** The server lets a device in without asking where the other one is not connected. */
function asAsked(command: Command): Command {
  return command.type === 'enter' ? { ...command, takeOver: true } : command;
}

/** Throws unless each answer is true: *ok* is stored once and under that number, a refusal is not stored. */
export function checkAnswers({ disk, truth, given, mayComeLater }: End): void {
  const find = disk.raw.prepare('select seq from session_commands where actor = ? and command_id = ?');
  for (const one of given) {
    const { viewer, commandId, command, outcome } = one;
    const rows = find.all(viewer.personId, commandId) as { seq: number }[];
    const [row] = rows;
    const what = `${commandId} (${command.type} by ${viewer.personId})`;
    if (rows.length > 1) throw new Error(`${what} is stored ${rows.length} times`);
    if (row !== undefined && (command.type === 'next' || command.type === 'back')) {
      checkMove(truth, row.seq, command.type === 'next' ? 1 : -1, command.seen, what);
    }
    if (typeof outcome === 'string') continue;
    if (outcome.ok) same(row?.seq, outcome.seq, `where ${what}, answered ok, is stored`);
    else if (row !== undefined && !mayComeLater(one)) {
      throw new Error(`${what} was refused (${outcome.refused}) and is stored at ${row.seq}`);
    }
  }
}

/** A2: it moved on from the segment that was seen to its neighbour, which nobody else's press did as well. */
function checkMove(truth: Truth, seq: number, step: number, seen: string, what: string): void {
  const before = truth.states[seq - 1]?.agenda;
  const index = before?.segments.findIndex(({ segmentId }) => segmentId === seen) ?? -1;
  same(before?.current?.segmentId, seen, `the segment that ran when ${what} was done`);
  const event = truth.log[seq - 1];
  const entered = event?.type === 'segmentEntered' ? event.segmentId : event?.type;
  same(entered, before?.segments[index + step]?.segmentId, `where ${what} led`);
}

/** Throws unless every page is connected, has its answers, and holds at least all that it was told of. */
export function checkPages({ pages }: End): void {
  for (const page of pages) {
    if (!page.connected()) throw new Error(`${page.id} did not come back`);
    const open = page.given.find(({ outcome }) => outcome === 'open');
    if (open) throw new Error(`${page.id} has no answer to ${open.commandId} (${open.command.type})`);
    const seq = page.held()?.view.seq ?? 0;
    if (seq < page.toldSeq()) throw new Error(`${page.id} was told of ${page.toldSeq()} and holds ${seq}`);
  }
}

/** Throws unless every page shows the session as it is, with the right names. */
export function checkViews({ truth, pages }: End, names: Record<string, unknown>): void {
  for (const page of pages) {
    const held = page.held();
    same(held?.view, truth.view(truth.log.length, page.viewer), `what ${page.id} holds in the end`);
    for (const personId of Object.keys(held?.view.people ?? {})) {
      same(held?.names[personId], names[personId], `the name of ${personId} for ${page.id}`);
    }
  }
}

/** Throws unless no page warns, and every page shows as lost exactly those who have no page with their device in the session. */
export function checkShown({ truth, pages }: End): void {
  for (const page of pages) {
    if (page.isWarned()) throw new Error(`${page.id} still warns of an outage`);
    for (const { personId, device } of Object.values(page.held()?.view.people ?? {})) {
      const isHere = pages.some((one) => one.viewer.personId === personId && one.deviceId === device.deviceId);
      const shown = page.held()?.presence[personId] ?? 'here';
      same(shown, isHere ? 'here' : 'lost', `how ${page.id} shows ${personId}, ${truth.log.length} events on,`);
    }
  }
}
