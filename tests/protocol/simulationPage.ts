import { connectSession, type SessionConnection } from '../../client/session/connection.ts';
import type { Held } from '../../client/session/held.ts';
import type { Command, CommandAnswer } from '#shared/session/commands.ts';
import type { Person, SessionState } from '#shared/session/state.ts';
import type { Viewer } from '#shared/session/view.ts';
import type { CloseCode } from '#shared/socketEvents.ts';
import { clientSocket, type ClientSocket } from './socketClient.ts';
import type { Wire, WireOptions } from './socketPair.ts';
import type { Trace } from './simulationTrace.ts';
import { same, type Truth } from './simulationTruth.ts';

/** A command as a page gave it, and what became of it as far as the page knows. `open`: not answered yet. */
export type Given = {
  commandId: string;
  viewer: Viewer;
  deviceId: string;
  command: Command;
  /** The last event that the page held when it was given. */
  heldSeq: number;
  outcome: CommandAnswer | 'open' | 'closed';
};

export type PageOptions = {
  /** Names this page in the trace. */
  id: string;
  viewer: Viewer;
  deviceId: string;
  truth: Truth;
  dial(ends: Pick<WireOptions, 'receive' | 'lost'>): Wire | null;
  noticedAfter(): number;
  jitter(): number;
  /** The id that the page's next command will get. */
  nextCommandId(): string;
  /** A command was given; its outcome is filled in when it is there. */
  onGiven(given: Given): void;
  trace: Trace;
  /** Something is not as it must be. */
  fail(error: unknown): void;
};

/** A page without a page: the product's own connection on a socket of the simulation, watched at every step. */
export type Page = PageOptions & {
  socket: ClientSocket;
  connection: SessionConnection;
  given: Given[];
  held(): Held | null;
  connected(): boolean;
  closedBy(): CloseCode | 'page' | null;
  /** The last event that the server has spoken of to this page, in whatever way. */
  toldSeq(): number;
  /** Whether this page says that the server can't store, or that servers are out of touch. */
  isWarned(): boolean;
  /** This device's person in the session, as this page sees it. */
  me(): Person | undefined;
  give(command: Command): Promise<CommandAnswer | null>;
  /** Ends the page; `abrupt`: without a word to the server, as a browser that is killed. */
  close(abrupt: boolean): void;
};

export function openPage(options: PageOptions): Page {
  const { id, viewer, deviceId, truth, trace, fail } = options;
  const openedAt = truth.log.length;
  let held: Held | null = null;
  let connected = false;
  let closedBy: CloseCode | 'page' | null = null;
  let toldSeq = 0;
  let wasHere = false;
  const trouble = { storing: true, linked: true };
  const given: Given[] = [];

  const socket = clientSocket({
    ...options,
    onMessage(name, input) {
      try {
        truth.checkMessage(viewer, deviceId, name, input[0]);
        if (name === 'answer to catchUp') trace.meet(`caught up by ${(input[0] as { type?: string }).type}`);
        if (tellsOfEvents(name)) toldSeq = Math.max(toldSeq, lastSeq(input[0]));
      } catch (error) {
        fail(error);
      }
    },
  });
  const connection = connectSession(
    {
      personId: viewer.personId,
      deviceId,
      onHeld(next) {
        const before = held;
        held = next;
        if (before !== null && before.view.seq > next.view.seq) {
          fail(new Error(`${id} held ${before.view.seq} and went back to ${next.view.seq}`));
        }
        if (before?.view === next.view) return;
        wasHere ||= isHere(next.view);
        trace.line(`${id} holds ${next.view.seq}`);
        attempt(() => same(next.view, truth.view(next.view.seq, viewer), `what ${id} holds`));
      },
      onConnected: (now) => (connected = now),
      onStoring: (storing) => (trouble.storing = storing),
      onLinked: (linked) => (trouble.linked = linked),
      onClosed(code) {
        trace.line(`${id} closed by the server: ${code}`);
        trace.meet(`closed by ${code}`);
        closedBy = code;
        connected = false;
        attempt(() => checkClosing(code));
      },
      onBox: () => {},
      onKeyWanted: () => {},
    },
    socket.socket,
  );

  function attempt(check: () => void): void {
    try {
      check();
    } catch (error) {
      fail(error);
    }
  }

  /** A browser has one page for one person here, so only another device can be a reason, after it came to the door. */
  function checkClosing(code: CloseCode): void {
    const isOther = (person: Person | undefined): boolean =>
      person?.personId === viewer.personId && person.device.deviceId !== deviceId;
    const came = truth.log.slice(openedAt).some((event) => event.type === 'personArrived' && isOther(event.person));
    const isElsewhere = isOther(truth.state().people[viewer.personId]) && wasHere;
    if (code !== 'otherDevice' || (!came && !isElsewhere)) throw new Error(`${id} was closed by ${code} for no reason`);
  }

  function isHere({ people }: SessionState): boolean {
    return people[viewer.personId]?.device.deviceId === deviceId;
  }

  function checkAnswer({ commandId, command, heldSeq }: Given, answer: CommandAnswer): void {
    if (!answer.ok) return;
    const what = `${commandId} (${command.type}) was answered ok at ${answer.seq}`;
    if (answer.seq > truth.log.length) throw new Error(`${what} and only ${truth.log.length} are stored (E4)`);
    if (answer.seq < heldSeq)
      throw new Error(`${what} by a server that knew less than the page, which held ${heldSeq}`);
  }

  return {
    ...options,
    socket,
    connection,
    given,
    held: () => held,
    connected: () => connected,
    closedBy: () => closedBy,
    toldSeq: () => toldSeq,
    isWarned: () => !trouble.storing || !trouble.linked,
    me: () => (held !== null && isHere(held.view) ? held.view.people[viewer.personId] : undefined),
    async give(command) {
      const heldSeq = held?.view.seq ?? 0;
      const one: Given = { commandId: options.nextCommandId(), viewer, deviceId, command, heldSeq, outcome: 'open' };
      given.push(one);
      options.onGiven(one);
      trace.line(`${id} gives ${one.commandId} ${sayCommand(command)}`);
      try {
        const answer = await connection.give(command);
        one.outcome = answer;
        trace.line(`${id} has ${one.commandId}: ${answer.ok ? answer.seq : answer.refused}`);
        attempt(() => checkAnswer(one, answer));
        return answer;
      } catch {
        one.outcome = 'closed';
        return null;
      }
    },
    close(abrupt) {
      if (closedBy !== null) return;
      trace.line(`${id} ${abrupt ? 'is gone' : 'closes'}`);
      closedBy = 'page';
      connected = false;
      // Who is gone says nothing: the server finds out by itself.
      if (abrupt) socket.wire()?.cut({ reason: 'gone', clientAfter: 0, serverAfter: 15_000, lastWords: false });
      connection.close();
    },
  };
}

function sayCommand(command: Command): string {
  if (command.type === 'enter') return command.takeOver ? 'enter here' : 'enter';
  if (command.type === 'admit') return `admit ${command.personIds.join()}`;
  if (command.type === 'next' || command.type === 'back') return `${command.type} from ${command.seen}`;
  return command.type;
}

function tellsOfEvents(name: string): boolean {
  return name === 'view' || name === 'events' || name === 'answer to catchUp';
}

function lastSeq(input: unknown): number {
  const message = input as { view?: SessionState; events?: { seq: number }[] };
  return message.view?.seq ?? message.events?.at(-1)?.seq ?? 0;
}
