import { RateLimiterMemory } from 'rate-limiter-flexible';
import type { z } from 'zod';
import type { Command } from '#shared/session/commands.ts';
import { isStaff, staffInRoom } from '#shared/session/roles.ts';
import type { PersonId, SessionState } from '#shared/session/state.ts';
import { cut, sight } from '#shared/session/view.ts';
import type { CatchUp } from '#shared/socketEvents.ts';
import { messages } from '#shared/socketEvents.schema.ts';
import type { MessageName, Watch } from '../metrics/watch.ts';
import { recordAgreement } from '../records/agreement.ts';
import { refuse, type LiveSession, type Unless } from '../sessions/live.ts';
import type { Db } from '../storage/open.ts';
import { isInRoom, type KinroomSocket, type SocketBook } from './connections.ts';
import type { MediaTokens } from './mediaTokens.ts';
import { courseNames, namesFor, viewMessage } from './names.ts';
import type { PresenceBook } from './presence.ts';
import type { Relay } from './relay.ts';

/** Messages one device may send in ten seconds, through however many sockets: far above what hands can press. */
const MESSAGES_IN_TEN_SECONDS = 120;
/** After this long without a connection staff count as gone for good when other staff come to open the room. */
const STAFF_LOST_MS = 30_000;
/** More events than this are sent as a view. */
const LONGEST_CATCH_UP = 200;

export type MessageOptions = {
  db: Db;
  mediaToken: MediaTokens;
  sockets: SocketBook;
  presence: PresenceBook;
  relay: Relay;
  now(): number;
  watch: Watch;
  /** What is known of a socket's person has changed: entered, back soon. */
  onStanding(socket: KinroomSocket): void;
  onError(error: unknown): void;
};

/** Returns what answers a socket's messages; each is limited, checked, and answered with a code when it is refused. */
export function messageListener(options: MessageOptions): (socket: KinroomSocket) => void {
  const { db, mediaToken, sockets, presence, relay, now, watch, onStanding, onError } = options;
  const limiter = new RateLimiterMemory({ points: MESSAGES_IN_TEN_SECONDS, duration: 10 });

  return (socket) => {
    const { data } = socket;
    const { session, viewer } = data;
    const { sessionId } = session;
    const { personId, role } = viewer;

    on(socket, 'command', async (envelope) => {
      const command = unasked(socket, envelope.command);
      const isHere = ({ people }: SessionState) => people[personId]?.device.deviceId === data.deviceId;
      // A device that its person left behind may no longer speak for them, except to come back.
      const leftBehind: Unless = (state) =>
        command.type !== 'enter' && state.people[personId] && !isHere(state) ? 'elsewhere' : null;
      if (command.type === 'enter') {
        if (command.device.deviceId !== data.deviceId) return refuse('badRequest');
        data.entered = true;
      }
      if (command.type === 'openAudience' && isHere(session.state())) await dropLostStaff(session, personId);
      const actor = { by: 'person', personId, role, familyId: data.familyId } as const;
      const answer = await session.give(actor, { ...envelope, command }, leftBehind);
      if (command.type === 'enter') {
        data.entered = isHere(session.state());
        onStanding(socket);
        if (answer.ok) await recordAgreement(db, personId, command.ticks, now());
      }
      return answer;
    });

    on(socket, 'catchUp', async (after): Promise<CatchUp> => {
      const { seq } = session.state();
      if (after === seq) return { type: 'nothing' };
      const steps = after > seq ? [] : session.steps(after);
      const seesAlike = steps.every((s) => sight(s.before, viewer) === sight(s.after, viewer));
      const names = await courseNames(db, data.courseId);
      if (steps.length === 0 || steps.length > LONGEST_CATCH_UP || after === 0 || !seesAlike) {
        return { type: 'view', ...viewMessage(names, presence, data) };
      }
      const events = steps.map(({ event, before }) => cut(event, before, viewer));
      return { type: 'events', events, names: namesFor(names, data) };
    });

    on(socket, 'mediaToken', (audience) => mediaToken(socket, audience));

    on(socket, 'sendBoxes', async (boxes) => {
      if (!isInRoom(data)) return refuse('notInRoom');
      if (boxes.some((box) => box.from !== data.deviceId || box.sessionId !== sessionId)) return refuse('badRequest');
      return { ok: true, delivered: relay.sendBoxes(session, boxes) } as const;
    });

    on(socket, 'askForKey', async (audience) => {
      if (!isInRoom(data)) return refuse('notInRoom');
      const wanted = { audience, personId, deviceId: data.deviceId };
      return { ok: true, asked: relay.askForKey(socket, wanted) } as const;
    });

    on(socket, 'rosters', async ({ audience, after }) => {
      // Staff at the door need the last one to open the room anew when nobody is there to let them in.
      if (!isInRoom(data) && !isStaff(role)) return refuse('notInRoom');
      const rosters = session.since(0).flatMap((event) => {
        const fits = event.type === 'rosterSigned' && event.audience === audience && event.roster.version > after;
        return fits ? [event.roster] : [];
      });
      return { ok: true, rosters } as const;
    });

    on(socket, 'clock', async () => now());

    on(socket, 'backSoon', async (away) => {
      if (!data.counted) return refuse('notInRoom');
      data.backSoon = away;
      onStanding(socket);
      return { ok: true } as const;
    });
  };

  /** Which device to use is asked only while the other one is connected: a laptop that died asks nobody. */
  function unasked({ data }: KinroomSocket, command: Command): Command {
    if (command.type !== 'enter') return command;
    const { personId } = data.viewer;
    const { sessionId } = data.session;
    const isOther = (one: { entered: boolean; deviceId: string }) => one.entered && one.deviceId !== data.deviceId;
    const elsewhere =
      sockets.of(sessionId).some((other) => other.data.viewer.personId === personId && isOther(other.data)) ||
      presence.elsewhere(sessionId).some((other) => other.personId === personId && isOther(other));
    return elsewhere ? command : { ...command, takeOver: true };
  }

  /** Nobody may stand before a door that only absent colleagues could open (SPEC P6); one who is there can. */
  async function dropLostStaff(session: LiveSession, by: PersonId): Promise<void> {
    if (session.state().people[by]?.status !== 'waiting') return;
    const staff = staffInRoom(session.state());
    if (staff.some(({ personId }) => presence.lostFor(session.sessionId, personId) < STAFF_LOST_MS)) return;
    for (const { personId, since } of staff) {
      const command = { type: 'dropLost', personId } as const;
      await session.give({ by: 'timer' }, { commandId: `lost:${personId}:${since}`, command });
    }
  }

  /** Every message goes through here: rate, shape, then the work; whatever fails gets a code, if an answer is wanted. */
  function on<N extends MessageName>(
    socket: KinroomSocket,
    name: N,
    work: (...held: z.output<(typeof messages)[N]>) => Promise<object | number>,
  ): void {
    const { session, viewer, deviceId } = socket.data;
    socket.on(name, (...received) => {
      const answer = received.at(-1);
      const wanted = typeof answer === 'function';
      const parsed = messages[name].safeParse(wanted ? received.slice(0, -1) : received);
      const held = parsed.success ? (parsed.data as z.output<(typeof messages)[N]>) : null;
      const answered = watch.message(name, session.sessionId, commandTypeOf(held));
      const reply = (outcome: object | number): void => {
        if (wanted) (answer as (outcome: object | number) => void)(outcome);
        answered(outcome);
      };
      limiter
        .consume(`${viewer.personId} ${deviceId}`)
        .then(
          () => (held === null ? refuse('badRequest') : work(...held)),
          () => refuse('tooMany'),
        )
        .then(reply)
        .catch((error: unknown) => {
          onError(error);
          reply(refuse('busy'));
        });
    });
  }
}

function commandTypeOf(held: unknown[] | null): Command['type'] | undefined {
  const [first] = held ?? [];
  return typeof first === 'object' && first !== null && 'command' in first
    ? (first.command as Command).type
    : undefined;
}
