import type { CommandEnvelope } from '#shared/session/commands.ts';
import type { KinroomSocket } from '../../server/realtime/connections.ts';
import { pipe, type Conditions, type Pipe } from './socketPipe.ts';

/** What crosses a connection, as text, so that no object is ever in two places. */
type Packet =
  | { kind: 'hello' }
  | { kind: 'welcome' }
  | { kind: 'refused'; reason: string }
  | { kind: 'message'; name: string; input: unknown[]; id: number | null }
  | { kind: 'answer'; id: number; input: unknown }
  | { kind: 'bye' };

export type Listener = (...input: never[]) => void;

/** A socket on the server's side: what `liveRooms` and `handshake` need of socket.io's. */
export type ServerEnd = KinroomSocket & { handshake: { auth: unknown; headers: { cookie: string }; address: string } };

/** Who takes connections in: calls `next` with the error's message to refuse, and keeps the socket when it is `opened`. */
export type Host = {
  arrive(socket: ServerEnd, next: (refused: string | null) => void): void;
  opened(socket: ServerEnd): void;
  /** Called after each message that a socket has sent; a node may die of it. */
  emitted(name: string): void;
};

/** How the two ends of a connection hear of its end: ms from now, null for never (it has died). */
export type Cut = { reason: string; clientAfter: number; serverAfter: number | null; lastWords: boolean };

/** One connection from a client to a node. */
export type Wire = {
  id: string;
  host: Host;
  send(packet: Packet): void;
  /** Breaks it. `lastWords`: what is on its way to the server still gets there. */
  cut(cut: Cut): void;
  /** Nothing passes for this long, ms; then all of it comes. */
  stall(ms: number): void;
  isOpen(): boolean;
};

export type WireOptions = {
  id: string;
  auth: unknown;
  cookie: string;
  host: Host;
  conditions: Conditions;
  /** What came from the server, in the client's hands. */
  receive(packet: Packet): void;
  /** A command has come to the server's side. */
  onCommand(commandId: string): void;
  /** The client's side noticed that the connection is gone. */
  lost(reason: string): void;
  trace(line: string): void;
};

export function openWire(options: WireOptions): Wire {
  const { id, host, conditions, receive, lost, trace } = options;
  const listeners = new Map<string, Listener[]>();
  let serverKnows = false;
  let clientKnows = false;
  let broken = false;
  const toClient: Pipe = pipe(conditions, (text) => {
    if (clientKnows) return;
    trace(`${id} < ${text}`);
    receive(JSON.parse(text) as Packet);
  });
  const toServer: Pipe = pipe(conditions, (text) => takeIn(JSON.parse(text) as Packet, text));

  // What the handshake puts into `data` is all that a socket has to say of itself.
  const socket = {
    id,
    connected: false,
    data: {},
    handshake: { auth: options.auth, headers: { cookie: options.cookie }, address: '127.0.0.1' },
    emit(name: string, ...input: unknown[]): void {
      if (!socket.connected) return;
      tell({ kind: 'message', name, input, id: null });
      host.emitted(name);
    },
    on(name: string, listener: Listener): void {
      listeners.set(name, [...(listeners.get(name) ?? []), listener]);
    },
    disconnect(): void {
      if (!socket.connected) return;
      tell({ kind: 'bye' });
      closed('server namespace disconnect');
    },
  };
  const end = socket as unknown as ServerEnd;

  function tell(packet: Packet): void {
    // The first and the last word of a connection are its own: they are not lost on the way.
    toClient.send(JSON.stringify(packet), packet.kind === 'message' || packet.kind === 'answer');
  }

  function takeIn(packet: Packet, text: string): void {
    if (packet.kind === 'hello') {
      // Behind it comes that the client has hung up.
      if (clientKnows) return;
      return host.arrive(end, (refused) => {
        if (serverKnows) return;
        if (refused !== null) return tell({ kind: 'refused', reason: refused });
        socket.connected = true;
        tell({ kind: 'welcome' });
        host.opened(end);
      });
    }
    if (!socket.connected) return;
    trace(`${id} > ${text}`);
    if (packet.kind === 'bye') return closed('client namespace disconnect');
    if (packet.kind !== 'message') return;
    const { name, input, id: asked } = packet;
    if (name === 'command') options.onCommand((input[0] as CommandEnvelope).commandId);
    let answered = false;
    const answer = (given: unknown): void => {
      if (answered || !socket.connected) return;
      answered = true;
      tell({ kind: 'answer', id: asked as number, input: given });
    };
    for (const listener of listeners.get(name) ?? [])
      listener(...([...input, ...(asked === null ? [] : [answer])] as never[]));
  }

  /** The server's side: nothing comes in any more, and those who keep the socket are told. */
  function closed(reason: string): void {
    serverKnows = true;
    toServer.stop();
    if (!socket.connected) return;
    socket.connected = false;
    for (const listener of listeners.get('disconnect') ?? []) listener(reason as never);
  }

  return {
    id,
    host,
    send: (packet) => toServer.send(JSON.stringify(packet), packet.kind === 'message'),
    stall(ms) {
      toClient.stall(ms);
      toServer.stall(ms);
    },
    isOpen: () => socket.connected && !broken,
    cut({ reason, clientAfter, serverAfter, lastWords }) {
      if (serverAfter === null) socket.connected = false;
      if (clientKnows) return;
      broken = true;
      toClient.stop();
      if (!lastWords) toServer.stop();
      const tellClient = (): void => {
        if (clientKnows) return;
        clientKnows = true;
        lost(reason);
      };
      if (clientAfter === 0) tellClient();
      else setTimeout(tellClient, clientAfter);
      if (serverAfter === 0) closed(reason);
      else if (serverAfter !== null) setTimeout(() => closed(reason), serverAfter);
    },
  };
}
