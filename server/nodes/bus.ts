import { randomUUID } from 'node:crypto';
import { createClient } from 'redis';
import type { SealedBox } from '#shared/session/roster.ts';
import type { KeyWanted } from '#shared/socketEvents.ts';

/** One connection of a person's device, as other nodes need to know it. */
export type Connected = {
  personId: string;
  deviceId: string;
  /** This device has come to the door or is in the room. */
  entered: boolean;
  /** Its person is here as long as this connection is. */
  counted: boolean;
  backSoon: boolean;
};

/** What nodes say to each other. All of it may be lost: the log is the truth, and lists are said again. */
export type NodeMessage =
  /** The doorbell: read the log. */
  | { type: 'stored'; sessionId: string; seq: number }
  /** Everybody of a session who is connected to the sender, whole. */
  | { type: 'connected'; sessionId: string; sockets: Connected[] }
  | { type: 'boxes'; sessionId: string; boxes: SealedBox[] }
  | { type: 'keyWanted'; sessionId: string; wanted: KeyWanted }
  /** This device has a new connection: older ones of the same device close. */
  | { type: 'opened'; sessionId: string; personId: string; deviceId: string }
  /** A node that just started asks who is connected to the others. */
  | { type: 'who' };

export type Bus = {
  /** Whether there are other nodes to speak with at all. */
  alone: boolean;
  /** Says it to the other nodes; not kept for later while Redis is away. */
  send(message: NodeMessage): void;
  /** Whether Redis answers now; what was last heard from others then still counts. */
  isUp(): boolean;
  ping(): Promise<void>;
  close(): Promise<void>;
};

/** The bus of a server that is the only one. */
export const loneBus: Bus = {
  alone: true,
  send: () => {},
  isUp: () => true,
  ping: () => Promise.resolve(),
  close: () => Promise.resolve(),
};

export type BusOptions = {
  url: string;
  /** Servers on one database share a channel; others on the same Redis don't hear them. */
  installation: string;
  onMessage(node: string, message: NodeMessage): void;
  /** Redis is there (again). */
  onUp(): void;
  /** Redis is gone, or was not there at the start. */
  onDown(): void;
  onError(error: unknown): void;
};

const CONNECT_WITHIN_MS = 3_000;
const LONGEST_PAUSE_MS = 1_000;
/** A Redis that accepts and never answers must be noticed. */
const PING_EVERY_MS = 2_000;
const SILENT_FOR_MS = 6_000;

/** Joins the other servers through Redis. Comes back at once; while Redis is away nothing is sent and nothing fails. */
export function redisBus(options: BusOptions): Bus {
  const me = randomUUID();
  const channel = `kinroom:1:${options.installation}`;
  const settings = {
    url: options.url,
    disableOfflineQueue: true,
    pingInterval: PING_EVERY_MS,
    socket: {
      connectTimeout: CONNECT_WITHIN_MS,
      socketTimeout: SILENT_FOR_MS,
      reconnectStrategy: (tries: number) => Math.min(50 + tries * 100, LONGEST_PAUSE_MS),
    },
  };
  const speaker = createClient(settings);
  const listener = createClient({ ...settings, disableOfflineQueue: false });
  let up: boolean | null = null;
  let subscribed = false;
  // It is said once when it breaks; every further try would only repeat it.
  const failed = (error: unknown): void => {
    if (up !== false) {
      options.onError(error);
      options.onDown();
    }
    up = false;
  };
  const maybeUp = (): void => {
    if (up || !subscribed || !speaker.isReady || !listener.isReady) return;
    up = true;
    send({ type: 'who' });
    options.onUp();
  };
  for (const client of [speaker, listener]) client.on('error', failed).on('ready', maybeUp);

  function send(message: NodeMessage): void {
    if (!speaker.isReady) return;
    speaker.publish(channel, JSON.stringify([me, message])).catch(failed);
  }

  function hear(text: string): void {
    try {
      const [node, message] = JSON.parse(text) as [string, NodeMessage];
      if (node !== me) options.onMessage(node, message);
    } catch (error) {
      options.onError(error);
    }
  }

  // Each goes on trying for as long as it takes; an end is only ever our own.
  void speaker.connect().catch(() => {});
  void listener
    .connect()
    .then(() => listener.subscribe(channel, hear))
    .then(() => {
      subscribed = true;
      maybeUp();
    })
    .catch(() => {});

  return {
    alone: false,
    send,
    isUp: () => up === true && speaker.isReady && listener.isReady,
    ping: async () => void (await speaker.ping()),
    async close() {
      for (const client of [speaker, listener]) client.destroy();
      await Promise.resolve();
    },
  };
}
