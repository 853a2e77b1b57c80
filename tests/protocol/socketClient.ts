import type { SessionSocket } from '../../client/session/connection.ts';
import type { Listener, Wire, WireOptions } from './socketPair.ts';

export type ClientOptions = {
  /** Opens a connection to some server, or `null` where none answers now. */
  dial(ends: Pick<WireOptions, 'receive' | 'lost'>): Wire | null;
  /** How long until a server that does not answer is noticed, ms. */
  noticedAfter(): number;
  /** A number from 0 to 1 by which the pauses between tries are stretched. */
  jitter(): number;
  /** Every message and answer, as it comes in. */
  onMessage(name: string, input: unknown[]): void;
};

/** A page's socket: socket.io-client's behaviour as far as a session uses it, with its `wire` to be cut. */
export type ClientSocket = { socket: SessionSocket; wire(): Wire | null };

type Ack = { name: string; resolve(answer: unknown): void; reject(error: Error): void; timer: NodeJS.Timeout };
type Sent = { name: string; input: unknown[]; id: number | null };

/** The pauses between tries, as `openSocket` sets them, ms. */
const PAUSE_MS = 150;
const LONGEST_PAUSE_MS = 1_500;

export function clientSocket(options: ClientOptions): ClientSocket {
  const listeners = new Map<string, Set<Listener>>();
  const acks = new Map<number, Ack>();
  let buffered: Sent[] = [];
  let early: { name: string; input: unknown[] }[] = [];
  let wire: Wire | null = null;
  let connected = false;
  let active = false;
  let tries = 0;
  let ids = 0;
  let again: NodeJS.Timeout | undefined;

  function fire(name: string, ...input: unknown[]): void {
    for (const listener of listeners.get(name) ?? []) listener(...(input as never[]));
  }

  function open(): void {
    clearTimeout(again);
    const mine: { wire: Wire | null } = { wire: null };
    const isMine = (): boolean => mine.wire !== null && mine.wire === wire;
    mine.wire = wire = options.dial({
      receive: (packet) => isMine() && receive(packet),
      lost: (reason) => isMine() && closed(reason),
    });
    if (wire !== null) return wire.send({ kind: 'hello' });
    again = setTimeout(() => {
      fire('connect_error', new Error('websocket error'));
      if (active) retry();
    }, options.noticedAfter());
  }

  function retry(): void {
    const pause = Math.round(Math.min(PAUSE_MS * 2 ** tries, LONGEST_PAUSE_MS) * (0.5 + options.jitter()));
    tries += 1;
    again = setTimeout(open, pause);
  }

  function receive(packet: Parameters<WireOptions['receive']>[0]): void {
    switch (packet.kind) {
      case 'welcome':
        connected = true;
        tries = 0;
        for (const message of early.splice(0)) take(message.name, message.input);
        for (const sent of buffered.splice(0)) send(sent);
        return fire('connect');
      case 'refused':
        // As socket.io: a middleware that said no is not asked again.
        active = false;
        end('refused');
        return fire('connect_error', new Error(packet.reason));
      case 'message':
        if (connected) return take(packet.name, packet.input);
        return void early.push(packet);
      case 'answer': {
        const ack = acks.get(packet.id);
        if (ack === undefined) return;
        acks.delete(packet.id);
        clearTimeout(ack.timer);
        options.onMessage(`answer to ${ack.name}`, [packet.input]);
        return ack.resolve(packet.input);
      }
      case 'bye':
        active = false;
        return closed('io server disconnect');
      case 'hello':
    }
  }

  function take(name: string, input: unknown[]): void {
    options.onMessage(name, input);
    fire(name, ...input);
  }

  function closed(reason: string): void {
    const comesBack = active;
    wire = null;
    connected = false;
    early = [];
    fire('disconnect', reason);
    for (const [id, ack] of acks) {
      if (buffered.some((sent) => sent.id === id)) continue;
      acks.delete(id);
      clearTimeout(ack.timer);
      ack.reject(new Error('socket has been disconnected'));
    }
    if (comesBack && active) retry();
  }

  /** Ends the connection from this side; the server hears of it a little later. */
  function end(reason: string): void {
    const ending = wire;
    wire = null;
    ending?.cut({ reason, clientAfter: 0, serverAfter: 500, lastWords: true });
  }

  function send(sent: Sent): void {
    if (connected) wire?.send({ kind: 'message', ...sent });
    else buffered.push(sent);
  }

  function ask(name: string, input: unknown[], within: number): Promise<unknown> {
    const id = ids++;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        acks.delete(id);
        buffered = buffered.filter((sent) => sent.id !== id);
        reject(new Error('operation has timed out'));
      }, within);
      acks.set(id, { name, resolve, reject, timer });
      send({ name, input, id });
    });
  }

  const socket = {
    get connected() {
      return connected;
    },
    get active() {
      return active;
    },
    on: (name: string, listener: Listener) =>
      void listeners.set(name, (listeners.get(name) ?? new Set()).add(listener)),
    off: (name: string, listener: Listener) => void listeners.get(name)?.delete(listener),
    emit: (name: string, ...input: unknown[]) => send({ name, input, id: null }),
    timeout: (within: number) => ({ emitWithAck: (name: string, ...input: unknown[]) => ask(name, input, within) }),
    connect(): void {
      if (connected || active) return;
      active = true;
      open();
    },
    disconnect(): void {
      active = false;
      clearTimeout(again);
      if (wire === null) return;
      wire.send({ kind: 'bye' });
      end('io client disconnect');
      closed('io client disconnect');
    },
  };
  socket.connect();
  return { socket: socket as unknown as SessionSocket, wire: () => wire };
}
