import type { StoredEvent } from '#shared/session/events.ts';
import type { Bus, NodeMessage } from '../nodes/bus.ts';
import type { LiveSession, Step } from '../sessions/live.ts';
import { broadcaster, type Multicast } from './broadcast.ts';
import { socketBook, type KinroomSocket, type SocketData } from './connections.ts';
import { messageListener, type MessageOptions } from './messages.ts';
import { mediaTokens, type MediaTokenOptions } from './mediaTokens.ts';
import { courseNames, viewMessage } from './names.ts';
import { presenceBook } from './presence.ts';
import { relay } from './relay.ts';

/** How often nodes say who is connected to them, also when nothing has changed. */
const SAY_EVERY_MS = 3_000;
/** Other nodes that are gone for less are nobody's business. */
const UNLINKED_AFTER_MS = 2_000;

export type RoomsOptions = Pick<MessageOptions, 'db' | 'now' | 'watch' | 'onError'> & {
  livekit: MediaTokenOptions['livekit'];
  bus: Bus;
  multicast: Multicast;
  /** Whether changes can be stored now. */
  storing(): boolean;
};

export type Rooms = ReturnType<typeof liveRooms>;

/** The side of the server that people are connected to: views, events, presence and what is passed on between devices. */
export function liveRooms(options: RoomsOptions) {
  const { db, bus, multicast, now, watch, onError } = options;
  const sockets = socketBook();
  const presence = presenceBook({
    now,
    local: (sessionId) => sockets.of(sessionId).map(connectedOf),
    hears: bus.isUp,
    onChange: (sessionId, changes) => send.presence(sessionId, changes),
  });
  const mediaToken = mediaTokens(options);
  const send = broadcaster({ db, mediaToken, sockets, presence: () => presence, multicast, onError });
  const passing = relay(sockets, () => presence, bus);
  const listen = messageListener({ ...options, mediaToken, sockets, presence, relay: passing, onStanding });
  const saying = setInterval(() => {
    if (bus.alone) return;
    for (const sessionId of sockets.sessions()) say(sessionId);
    presence.sweep();
  }, SAY_EVERY_MS);
  saying.unref();

  let linked = true;
  let unlinking: NodeJS.Timeout | undefined;

  function onStanding(socket: KinroomSocket): void {
    const { sessionId } = socket.data.session;
    if (!socket.connected) socket.data.counted = false;
    presence.look(sessionId);
    say(sessionId);
  }

  function say(sessionId: string): void {
    if (!bus.alone) bus.send({ type: 'connected', sessionId, sockets: sockets.of(sessionId).map(connectedOf) });
  }

  return {
    /** Takes in a socket that has passed the handshake. */
    accept(socket: KinroomSocket): void {
      const { courseId, deviceId, viewer, session } = socket.data;
      const gone = watch.socketIn({ sessionId: session.sessionId, deviceId, ...viewer });
      sockets.add(socket);
      passing.opened(socket);
      onStanding(socket);
      socket.on('disconnect', () => {
        gone();
        sockets.remove(socket);
        onStanding(socket);
      });
      listen(socket);
      if (!options.storing()) socket.emit('storing', false);
      if (!linked) socket.emit('linked', false);
      courseNames(db, courseId)
        .then((names) => socket.emit('view', viewMessage(names, presence, socket.data)))
        .catch((error: unknown) => {
          onError(error);
          // Without a first view the page could show nothing: it comes again.
          socket.disconnect(true);
        });
    },
    /** What was stored, by this node or another one. */
    steps(session: LiveSession, steps: Step[]): void {
      for (const socket of sockets.of(session.sessionId)) {
        if (!steps.some(({ event }) => arrives(event, socket.data))) continue;
        // Only now that the person is in the session do others hear that they are here.
        socket.data.counted = socket.data.entered = true;
        onStanding(socket);
      }
      send.steps(session, steps);
    },
    /** Tells everybody that changes can't be stored, or can again. */
    storing: (on: boolean): void => multicast(sockets.all(), 'storing', on),
    /** What another node said, but for the doorbell. */
    hear(node: string, message: Exclude<NodeMessage, { type: 'stored' }>): void {
      switch (message.type) {
        case 'connected':
          return presence.heard(node, message.sessionId, message.sockets);
        case 'boxes':
          return void passing.passBoxes(message.sessionId, message.boxes);
        case 'keyWanted':
          return passing.passKeyWanted(message.sessionId, message.wanted);
        case 'opened':
          return passing.openedElsewhere(message);
        case 'who':
          for (const sessionId of sockets.sessions()) say(sessionId);
      }
    },
    /** The other nodes can't be heard any more. */
    busIsDown(): void {
      unlinking ??= setTimeout(() => {
        linked = false;
        multicast(sockets.all(), 'linked', false);
      }, UNLINKED_AFTER_MS);
    },
    /** The other nodes can be heard again. */
    busIsUp(): void {
      clearTimeout(unlinking);
      unlinking = undefined;
      if (!linked) multicast(sockets.all(), 'linked', true);
      linked = true;
      presence.refresh();
      for (const sessionId of sockets.sessions()) say(sessionId);
    },
    close(): void {
      clearInterval(saying);
      clearTimeout(unlinking);
    },
  };
}

function arrives(event: StoredEvent, { viewer, deviceId }: SocketData): boolean {
  if (event.type !== 'personArrived') return false;
  return event.person.personId === viewer.personId && event.person.device.deviceId === deviceId;
}

function connectedOf({ data }: KinroomSocket) {
  const { viewer, deviceId, entered, counted, backSoon } = data;
  return { personId: viewer.personId, deviceId, entered, counted, backSoon };
}
