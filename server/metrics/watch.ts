import type { ApiErrorCode } from '#shared/api.ts';
import type { Command, RefusalCode } from '#shared/session/commands.ts';
import { isStaff } from '#shared/session/roles.ts';
import type { Phase, Role } from '#shared/session/state.ts';
import type { ClientToServer, CloseCode } from '#shared/socketEvents.ts';
import { openFigures } from './figures.ts';
import type { Log } from './log.ts';
import type { PartName, ReadyReport } from './readiness.ts';

/** How many devices are remembered to tell a return from a first visit. */
const DEVICES_REMEMBERED = 20_000;

export type AnsweredRequest = {
  method: string;
  /** The route's pattern. */
  route: string;
  status: number;
  ms: number;
  refused?: ApiErrorCode | undefined;
};

/** Ids serve to tell one from another here; neither a figure nor a line holds one. */
export type SocketOwner = { sessionId: string; personId: string; deviceId: string; role: Role };

export type MessageName = keyof ClientToServer;

/** What happens, as counts for Prometheus and as lines in the log. */
export type Watch = {
  request(answered: AnsweredRequest): void;
  /** A socket was let in; call what it returns, once, when the socket is gone. */
  socketIn(owner: SocketOwner): () => void;
  turnedAway(code: CloseCode | 'busy'): void;
  /** A message came in; call what it returns with the answer. `command` is the type of a command that could be read. */
  message(name: MessageName, sessionId: string, command?: Command['type']): (answer: unknown) => void;
  /** A media token was given: the second one to the same device is a return. */
  tokenGiven(owner: Pick<SocketOwner, 'sessionId' | 'deviceId'>): void;
  parts(report: ReadyReport): void;
  failed(error: unknown): void;
  /** The figures in Prometheus' text format. */
  figures(): Promise<{ contentType: string; text: string }>;
};

/** `phases` gives the phase of every session that this process holds. */
export function openWatch({ log, phases }: { log: Log; phases(): Phase[] }): Watch {
  const figures = openFigures(phases);
  const here = new Map<string, number>();
  const sockets = remembering(DEVICES_REMEMBERED);
  const tokens = remembering(DEVICES_REMEMBERED);
  const up = new Map<PartName, boolean>();

  return {
    request({ method, route, status, ms, refused }) {
      figures.requests.observe({ method, route, status: `${Math.floor(status / 100)}xx` }, ms / 1000);
      if (refused !== undefined) figures.refusals.inc({ at: 'http', code: refused });
      log.info('httpRequest', { method, route, status, ms, ...(refused === undefined ? {} : { code: refused }) });
    },
    socketIn({ sessionId, personId, deviceId, role }) {
      const kind = isStaff(role) ? 'staff' : role === 'attendee' ? 'attendee' : 'family';
      const person = `${sessionId} ${personId}`;
      const count = (change: 1 | -1): void => {
        const before = here.get(person) ?? 0;
        if (before + change === 0) here.delete(person);
        else here.set(person, before + change);
        if (before === 0) figures.people.inc({ kind });
        if (before + change === 0) figures.people.dec({ kind });
        figures.sockets.inc(change);
        log.info(change === 1 ? 'socketIn' : 'socketGone', { kind, session: sessionId });
      };
      count(1);
      if (sockets.again(`${person} ${deviceId}`)) figures.rejoins.inc({ by: 'socket' });
      return () => count(-1);
    },
    turnedAway(code) {
      figures.turnedAway.inc({ code });
      log.info('socketTurnedAway', { code });
    },
    message(name, sessionId, command) {
      const begun = performance.now();
      const word = name === 'command' ? (command ?? 'unreadable') : name;
      return (answer) => {
        const ms = performance.now() - begun;
        const code = refusalOf(answer);
        const outcome = code === undefined ? 'ok' : code === 'busy' ? 'failed' : 'refused';
        if (name === 'command') figures.commands.observe({ command: word, outcome }, ms / 1000);
        else figures.messages.observe({ message: word, outcome }, ms / 1000);
        if (code !== undefined) figures.refusals.inc({ at: 'socket', code });
        log.debug('message', {
          message: word,
          outcome,
          ms,
          session: sessionId,
          ...(code === undefined ? {} : { code }),
        });
      };
    },
    tokenGiven({ sessionId, deviceId }) {
      if (tokens.again(`${sessionId} ${deviceId}`)) figures.rejoins.inc({ by: 'media' });
    },
    parts({ checks }) {
      for (const [name, state] of Object.entries(checks)) {
        const part = name as PartName;
        const answers = state === 'ok';
        figures.up.set({ part }, answers ? 1 : 0);
        if (up.get(part) !== answers && !answers) log.error('partDown', { part });
        if (up.get(part) === false && answers) log.warn('partUp', { part });
        up.set(part, answers);
      }
    },
    failed(error) {
      figures.failures.inc();
      log.error('failed', { error });
    },
    figures: async () => ({ contentType: figures.registry.contentType, text: await figures.registry.metrics() }),
  };
}

function refusalOf(answer: unknown): RefusalCode | undefined {
  const refused = typeof answer === 'object' && answer !== null && 'refused' in answer;
  return refused ? (answer.refused as RefusalCode) : undefined;
}

/** Tells whether a name came before; the oldest are forgotten first. */
function remembering(most: number): { again(name: string): boolean } {
  const names = new Set<string>();
  return {
    again(name) {
      const known = names.delete(name);
      names.add(name);
      for (const oldest of names) {
        if (names.size <= most) break;
        names.delete(oldest);
      }
      return known;
    },
  };
}
