import { RateLimiterMemory } from 'rate-limiter-flexible';
import type { Command } from '#shared/session/commands.ts';
import { commandEnvelope } from '#shared/session/commands.schema.ts';
import { isStaff, staffInRoom } from '#shared/session/roles.ts';
import { mediaIdentity } from '#shared/session/roster.ts';
import { cut, sight } from '#shared/session/view.ts';
import type { CatchUp } from '#shared/socketEvents.ts';
import { audienceId, rostersAsk, sealedBoxes, sequence } from '#shared/socketEvents.schema.ts';
import type { Livekit } from '../livekit/client.ts';
import { recordAgreement } from '../records/agreement.ts';
import { refuse, type LiveSession } from '../sessions/live.ts';
import type { Db } from '../storage/open.ts';
import { isInRoom, type KinroomSocket, type SocketBook } from './connections.ts';
import { courseNames, namesFor, viewMessage } from './names.ts';
import type { PresenceBook } from './presence.ts';
import type { Relay } from './relay.ts';

/** Messages one socket may send in ten seconds: far above what hands can press. */
const MESSAGES_IN_TEN_SECONDS = 120;
/** After this long without a connection staff count as gone for good when other staff come to open the room. */
const STAFF_LOST_MS = 30_000;
/** More events than this are sent as a view. */
const LONGEST_CATCH_UP = 200;

export type MessageOptions = {
  db: Db;
  livekit: Pick<Livekit, 'url' | 'mintToken'>;
  sockets: SocketBook;
  presence: PresenceBook;
  relay: Relay;
  now(): number;
  /** What is known of a socket's person has changed: entered, counted, back soon. */
  onStanding(socket: KinroomSocket): void;
  onError(error: unknown): void;
};

/** Returns what answers a socket's messages; each is limited, checked, and answered with a code when it is refused. */
export function messageListener(options: MessageOptions): (socket: KinroomSocket) => void {
  const { db, livekit, sockets, presence, relay, now, onStanding, onError } = options;
  const limiter = new RateLimiterMemory({ points: MESSAGES_IN_TEN_SECONDS, duration: 10 });

  return (socket) => {
    const { data } = socket;
    const { session, viewer } = data;
    const { sessionId } = session;
    const { personId, role } = viewer;

    on(socket, 'command', commandEnvelope, async (envelope) => {
      const command = unasked(socket, envelope.command);
      // A device that its person left behind may no longer speak for them, except to come back.
      const here = session.state().people[personId];
      if (command.type !== 'enter' && here && here.device.deviceId !== data.deviceId) return refuse('elsewhere');
      if (command.type === 'enter') {
        if (command.device.deviceId !== data.deviceId) return refuse('badRequest');
        data.entered = true;
      }
      if (command.type === 'openAudience' && here?.status === 'waiting') await dropLostStaff(session);
      const actor = { by: 'person', personId, role, familyId: data.familyId } as const;
      const answer = await session.give(actor, { ...envelope, command });
      if (command.type === 'enter') {
        data.entered = answer.ok;
        // Only now that the person is in the session do others hear that they are here.
        if (answer.ok && session.state().people[personId]?.device.deviceId === data.deviceId) data.counted = true;
        onStanding(socket);
        if (answer.ok) await recordAgreement(db, personId, command.ticks, now());
      }
      return answer;
    });

    on(socket, 'catchUp', sequence, async (after): Promise<CatchUp> => {
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

    on(socket, 'mediaToken', audienceId, async (audience) => {
      if (session.state().phase === 'ended') return refuse('ended');
      if (!isInRoom(data)) return refuse('notInRoom');
      const { mediaRoom } = session.state().audiences[audience];
      const token = await livekit.mintToken(mediaIdentity(personId, data.deviceId), mediaRoom);
      return { ok: true, url: livekit.url, token } as const;
    });

    on(socket, 'sendBoxes', sealedBoxes, async (boxes) => {
      if (!isInRoom(data)) return refuse('notInRoom');
      if (boxes.some((box) => box.from !== data.deviceId || box.sessionId !== sessionId)) return refuse('badRequest');
      return { ok: true, delivered: relay.sendBoxes(session, boxes) } as const;
    });

    on(socket, 'askForKey', audienceId, async (audience) => {
      if (!isInRoom(data)) return refuse('notInRoom');
      const wanted = { audience, personId, deviceId: data.deviceId };
      return { ok: true, asked: relay.askForKey(socket, wanted) } as const;
    });

    on(socket, 'rosters', rostersAsk, async ({ audience, after }) => {
      // Staff at the door need the last one to open the room anew when nobody is there to let them in.
      if (!isInRoom(data) && !isStaff(role)) return refuse('notInRoom');
      const rosters = session.since(0).flatMap((event) => {
        const fits = event.type === 'rosterSigned' && event.audience === audience && event.roster.version > after;
        return fits ? [event.roster] : [];
      });
      return { ok: true, rosters } as const;
    });

    socket.on('clock', (answer) => {
      if (typeof answer === 'function') unlessTooMany(socket, () => (answer as (at: number) => void)(now()));
    });
    socket.on('backSoon', (away) => {
      if (!data.counted) return;
      unlessTooMany(socket, () => {
        data.backSoon = away === true;
        onStanding(socket);
      });
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
  async function dropLostStaff(session: LiveSession): Promise<void> {
    const staff = staffInRoom(session.state());
    if (staff.some(({ personId }) => presence.lostFor(session.sessionId, personId) < STAFF_LOST_MS)) return;
    for (const { personId, since } of staff) {
      const command = { type: 'dropLost', personId } as const;
      await session.give({ by: 'timer' }, { commandId: `lost:${personId}:${since}`, command });
    }
  }

  /** For messages whose loss does no harm: those over the limit are dropped. */
  function unlessTooMany(socket: KinroomSocket, work: () => void): void {
    limiter.consume(socket.id).then(work, () => {});
  }

  type Ask = 'command' | 'catchUp' | 'mediaToken' | 'sendBoxes' | 'askForKey' | 'rosters';
  type Schema<T> = { safeParse(input: unknown): { success: true; data: T } | { success: false } };

  /** Every message with an answer goes through here: rate, shape, then the work; whatever fails gets a code. */
  function on<T>(socket: KinroomSocket, name: Ask, schema: Schema<T>, work: (input: T) => Promise<object>): void {
    socket.on(name, (input: unknown, answer: unknown) => {
      const reply = typeof answer === 'function' ? (answer as (answer: object) => void) : (): void => {};
      const parsed = schema.safeParse(input);
      limiter
        .consume(socket.id)
        .then(
          () => (parsed.success ? work(parsed.data) : refuse('badRequest')),
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
