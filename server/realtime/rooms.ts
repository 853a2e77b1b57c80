import type { Bus, NodeMessage } from '../nodes/bus.ts';
import type { LiveSession, Step } from '../sessions/live.ts';
import { broadcaster, type Multicast } from './broadcast.ts';
import { socketBook, type KinroomSocket } from './connections.ts';
import { messageListener, type MessageOptions } from './messages.ts';
import { courseNames, viewMessage } from './names.ts';
import { presenceBook } from './presence.ts';
import { relay } from './relay.ts';

/** How often nodes say who is connected to them, also when nothing has changed. */
const SAY_EVERY_MS = 3_000;

export type RoomsOptions = Pick<MessageOptions, 'db' | 'livekit' | 'now' | 'onError'> & {
  bus: Bus;
  multicast: Multicast;
  /** Whether changes can be stored now. */
  storing(): boolean;
};

export type Rooms = ReturnType<typeof liveRooms>;

/** The side of the server that people are connected to: views, events, presence and what is passed on between devices. */
export function liveRooms(options: RoomsOptions) {
  const { db, bus, multicast, now, onError } = options;
  const sockets = socketBook();
  const presence = presenceBook({
    now,
    local: (sessionId) => sockets.of(sessionId).map(connectedOf),
    hears: bus.isUp,
    onChange: (sessionId, changes) => send.presence(sessionId, changes),
  });
  const send = broadcaster({ db, sockets, presence: () => presence, multicast, onError });
  const passing = relay(sockets, () => presence, bus);
  const listen = messageListener({ ...options, sockets, presence, relay: passing, onStanding });
  const saying = setInterval(() => {
    if (bus.alone) return;
    for (const sessionId of sockets.sessions()) say(sessionId);
    presence.sweep();
  }, SAY_EVERY_MS);
  saying.unref();

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
      const { courseId } = socket.data;
      sockets.add(socket);
      passing.opened(socket);
      onStanding(socket);
      socket.on('disconnect', () => {
        sockets.remove(socket);
        onStanding(socket);
      });
      listen(socket);
      if (!options.storing()) socket.emit('storing', false);
      courseNames(db, courseId)
        .then((names) => socket.emit('view', viewMessage(names, presence, socket.data)))
        .catch((error: unknown) => {
          onError(error);
          // Without a first view the page could show nothing: it comes again.
          socket.disconnect(true);
        });
    },
    steps: (session: LiveSession, steps: Step[]): void => send.steps(session, steps),
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
          return passing.closeOlder(message.sessionId, message.personId, message.deviceId);
        case 'who':
          for (const sessionId of sockets.sessions()) say(sessionId);
      }
    },
    /** The other nodes can be heard again. */
    busIsUp(): void {
      presence.refresh();
      for (const sessionId of sockets.sessions()) say(sessionId);
    },
    close(): void {
      clearInterval(saying);
    },
  };
}

function connectedOf({ data }: KinroomSocket) {
  const { viewer, deviceId, entered, counted, backSoon } = data;
  return { personId: viewer.personId, deviceId, entered, counted, backSoon };
}
