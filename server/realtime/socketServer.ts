import type { Server as HttpServer } from 'node:http';
import { Server } from 'socket.io';
import type { ClientToServer, ServerToClient } from '#shared/socketEvents.ts';
import { mayComeFrom } from '../access/origin.ts';
import type { SocketData } from './connections.ts';
import { handshake, type HandshakeOptions } from './handshake.ts';
import { liveRooms, type Rooms, type RoomsOptions } from './rooms.ts';

const LONGEST_MESSAGE_BYTES = 64_000;

type NoEvents = Record<string, never>;

export type RealtimeOptions = HandshakeOptions & Omit<RoomsOptions, 'multicast'>;

export type Realtime = { rooms: Rooms; close(): Promise<void> };

/** The socket side of the server on socket.io. */
export function socketServer(http: HttpServer, options: RealtimeOptions): Realtime {
  const { publicUrl } = options;
  const io = new Server<ClientToServer, ServerToClient, NoEvents, SocketData>(http, {
    serveClient: false,
    maxHttpBufferSize: LONGEST_MESSAGE_BYTES,
    pingInterval: 10_000,
    pingTimeout: 10_000,
    allowRequest: (request, answer) => answer(null, mayComeFrom(request.headers, publicUrl)),
  });
  const rooms = liveRooms({
    ...options,
    multicast(sockets, event, ...message) {
      // An empty list of rooms would be everybody.
      if (sockets.length > 0) io.to(sockets.map(({ id }) => id)).emit(event, ...message);
    },
  });
  const shakeHands = handshake(options);
  io.use((socket, next) => void shakeHands(socket, next));
  io.on('connection', (socket) => rooms.accept(socket));
  return {
    rooms,
    async close() {
      rooms.close();
      await io.close();
    },
  };
}
