import type { Server as HttpServer } from 'node:http';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { Server } from 'socket.io';
import type { Command } from '#shared/session/commands.ts';
import { isStaff, staffInRoom } from '#shared/session/roles.ts';
import { mediaIdentity } from '#shared/session/roster.ts';
import { cut, sight } from '#shared/session/view.ts';
import type { CatchUp } from '#shared/socketEvents.ts';
import { audienceId, rostersAsk, sealedBoxes, sequence } from '#shared/socketEvents.schema.ts';
import { commandEnvelope } from '#shared/session/commands.schema.ts';
import { mayComeFrom } from '../access/origin.ts';
import type { Livekit } from '../livekit/client.ts';
import { recordAgreement } from '../records/agreement.ts';
import { refuse, type LiveSession, type Step } from '../sessions/live.ts';
import { broadcaster, closeFor } from './broadcast.ts';
import { isInRoom, namesFor, socketsOf, viewMessage, type KinroomServer, type KinroomSocket } from './connections.ts';
import { handshake, type HandshakeOptions } from './handshake.ts';
import { presenceBook } from './presence.ts';

/** Messages one socket may send in ten seconds: far above what hands can press. */
const MESSAGES_IN_TEN_SECONDS = 120;
/** After this long without a connection staff count as gone for good when other staff come to open the room. */
const STAFF_LOST_MS = 30_000;
const LONGEST_MESSAGE_BYTES = 64_000;
/** More events than this are sent as a view. */
const LONGEST_CATCH_UP = 200;

export type RealtimeOptions = HandshakeOptions & {
  livekit: Livekit;
  publicUrl: string | null;
  onError(error: unknown): void;
};

export type Realtime = { steps(session: LiveSession, steps: Step[]): void; close(): Promise<void> };

/** The socket side of the server: handshake, commands, catch-up, tokens, and the relay of sealed boxes. */
export function socketServer(http: HttpServer, options: RealtimeOptions): Realtime {
  const { db, publicUrl, onError } = options;
  const io: KinroomServer = new Server(http, {
    serveClient: false,
    maxHttpBufferSize: LONGEST_MESSAGE_BYTES,
    pingInterval: 10_000,
    pingTimeout: 10_000,
    allowRequest: (request, answer) => answer(null, mayComeFrom(request.headers, publicUrl)),
  });
  const presence = presenceBook(options.now, (sessionId, changes) => send.presence(sessionId, changes));
  const send = broadcaster(io, db, presence, onError);
  const limiter = new RateLimiterMemory({ points: MESSAGES_IN_TEN_SECONDS, duration: 10 });

  io.use((socket, next) => void handshake(options)(socket, next));
  io.on('connection', (socket) => {
    const { session, viewer, deviceId } = socket.data;
    for (const other of socketsOf(io, session.sessionId)) {
      const same = other.data.viewer.personId === viewer.personId && other.data.deviceId === deviceId;
      if (same) closeFor(other, 'otherTab');
    }
    void socket.join(session.sessionId);
    if (socket.data.entered) count(socket);
    socket.on('disconnect', () => {
      if (socket.data.counted) presence.gone(session.sessionId, viewer.personId);
    });
    viewMessage(db, presence, socket.data).then((message) => socket.emit('view', message), onError);
    listen(socket);
  });

  function listen(socket: KinroomSocket): void {
    const { data } = socket;
    const { session, viewer } = data;
    const { sessionId } = session;

    on(socket, 'command', commandEnvelope, async (envelope) => {
      const { personId, role } = viewer;
      const command = unasked(envelope.command);
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
        if (!answer.ok) data.entered = false;
        else {
          // Only now that the person is in the session do others hear that they are here.
          if (session.state().people[personId]?.device.deviceId === data.deviceId) count(socket);
          await recordAgreement(db, personId, command.ticks, options.now());
        }
      }
      return answer;
    });

    on(socket, 'catchUp', sequence, async (after): Promise<CatchUp> => {
      const { seq } = session.state();
      if (after === seq) return { type: 'nothing' };
      const steps = after > seq ? [] : session.steps(after);
      const seesAlike = steps.every((s) => sight(s.before, viewer) === sight(s.after, viewer));
      if (steps.length === 0 || steps.length > LONGEST_CATCH_UP || after === 0 || !seesAlike) {
        return { type: 'view', ...(await viewMessage(db, presence, data)) };
      }
      const events = steps.map(({ event, before }) => cut(event, before, viewer));
      return { type: 'events', events, names: await namesFor(db, data) };
    });

    on(socket, 'mediaToken', audienceId, async (audience) => {
      if (session.state().phase === 'ended') return refuse('ended');
      if (!isInRoom(data)) return refuse('notInRoom');
      const { mediaRoom } = session.state().audiences[audience];
      const token = await options.livekit.mintToken(mediaIdentity(viewer.personId, data.deviceId), mediaRoom);
      return { ok: true, url: options.livekit.url, token } as const;
    });

    on(socket, 'sendBoxes', sealedBoxes, async (boxes) => {
      if (!isInRoom(data)) return refuse('notInRoom');
      if (boxes.some((box) => box.from !== data.deviceId || box.sessionId !== sessionId)) return refuse('badRequest');
      let delivered = 0;
      for (const other of socketsOf(io, sessionId)) {
        const box = boxes.find(({ to }) => to === other.data.deviceId);
        if (!box) continue;
        other.emit('box', box);
        delivered += 1;
      }
      return { ok: true, delivered } as const;
    });

    on(socket, 'askForKey', audienceId, async (audience) => {
      if (!isInRoom(data)) return refuse('notInRoom');
      const wanted = { audience, personId: viewer.personId, deviceId: data.deviceId };
      const others = socketsOf(io, sessionId).filter((other) => other.id !== socket.id && isInRoom(other.data));
      for (const other of others) other.emit('keyWanted', wanted);
      return { ok: true, asked: others.length } as const;
    });

    on(socket, 'rosters', rostersAsk, async ({ audience, after }) => {
      // Staff at the door need the last one to open the room anew when nobody is there to let them in.
      if (!isInRoom(data) && !isStaff(viewer.role)) return refuse('notInRoom');
      const rosters = session.since(0).flatMap((event) => {
        const fits = event.type === 'rosterSigned' && event.audience === audience && event.roster.version > after;
        return fits ? [event.roster] : [];
      });
      return { ok: true, rosters } as const;
    });

    /** Which device to use is asked only while the other one is connected: a laptop that died asks nobody. */
    function unasked(command: Command): Command {
      if (command.type !== 'enter') return command;
      const elsewhere = socketsOf(io, sessionId).some(
        (other) =>
          other.data.entered && other.data.viewer.personId === viewer.personId && other.data.deviceId !== data.deviceId,
      );
      return elsewhere ? command : { ...command, takeOver: true };
    }

    socket.on('clock', (answer) => {
      if (typeof answer === 'function') unlessTooMany(socket, () => answer(options.now()));
    });
    socket.on('backSoon', (away: unknown) => {
      if (!data.counted) return;
      unlessTooMany(socket, () => presence.backSoon(sessionId, viewer.personId, away === true));
    });
  }

  function count(socket: KinroomSocket): void {
    const { data } = socket;
    if (data.counted || !socket.connected) return;
    data.counted = true;
    presence.arrived(data.session.sessionId, data.viewer.personId);
  }

  /** For messages whose loss does no harm: those over the limit are dropped. */
  function unlessTooMany(socket: KinroomSocket, work: () => void): void {
    limiter.consume(socket.id).then(work, () => {});
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

  return {
    steps: send.steps,
    close: () => io.close(),
  };
}
