import { io, type Socket } from 'socket.io-client';
import type { Command, CommandAnswer } from '#shared/session/commands.ts';
import type { Roster, SealedBox } from '#shared/session/roster.ts';
import type { AudienceId } from '#shared/session/state.ts';
import {
  protocolVersion,
  type ClientToServer,
  type CloseCode,
  type KeyWanted,
  type MediaToken,
  type MediaTokenAnswer,
  type ServerToClient,
} from '#shared/socketEvents.ts';
import { takeEvents, takeView, type Held } from './held.ts';
import { serverClock } from './serverClock.ts';

/** An answer that has not come by then is asked for again; the command's id makes that harmless. */
const ANSWER_WITHIN_MS = 5_000;
const MEASURE_CLOCK_EVERY_MS = 60_000;
/** What the server could not store or read is asked for again after this, for as long as it takes. */
const ASK_AGAIN_MS = 1_000;
/** Where packets vanish, an attempt to connect would wait for TCP's own patience, which doubles each time. */
const CONNECT_WITHIN_MS = 4_000;
/** A connection that says nothing for so long when it is asked is dead, whatever TCP thinks of it. */
const ALIVE_WITHIN_MS = 2_000;

/** A token that came unasked is used within this time; it is valid for a minute. */
const TOKEN_GOOD_MS = 45_000;

export type SessionSocket = Socket<ServerToClient, ClientToServer>;

export type SessionConnectionOptions = {
  personId: string;
  deviceId: string;
  /** What is held has changed. */
  onHeld(held: Held): void;
  onConnected(connected: boolean): void;
  /** The server can't store changes, or can again; commands given meanwhile wait. */
  onStoring(storing: boolean): void;
  /** The server is out of touch with the installation's other servers, or in touch again. */
  onLinked?(linked: boolean): void;
  /** The server closed this connection for good. */
  onClosed(code: CloseCode): void;
  onBox(box: SealedBox): void;
  onKeyWanted(wanted: KeyWanted): void;
};

/** One person's connection to the session. What is asked while it is lost is sent when it is back. */
export type SessionConnection = {
  /** Server time, ms since 1970. */
  now(): number;
  /** The answer, once there is one: it waits while the connection is lost or the server can't store. */
  give(command: Command): Promise<CommandAnswer>;
  mediaToken(audience: AudienceId): Promise<MediaTokenAnswer>;
  /** How many of the receivers were connected; 0 when refused. */
  sendBoxes(boxes: SealedBox[]): Promise<number>;
  /** How many devices were asked; 0 when refused. */
  askForKey(audience: AudienceId): Promise<number>;
  rosters(audience: AudienceId, after: number): Promise<Roster[]>;
  backSoon(on: boolean): void;
  /** There is reason to think that the line is dead, or back: looks at once instead of at the next heartbeat. */
  prove(): void;
  /** Sends what was given before, then closes. */
  close(): void;
};

function openSocket({ personId, deviceId }: { personId: string; deviceId: string }): SessionSocket {
  return io({
    auth: { protocol: protocolVersion, personId, deviceId },
    transports: ['websocket'],
    reconnectionDelay: 150,
    reconnectionDelayMax: 1_500,
    timeout: CONNECT_WITHIN_MS,
  });
}

export function connectSession(options: SessionConnectionOptions, socket = openSocket(options)): SessionConnection {
  const clock = serverClock(askClock, Date.now, () => performance.now());
  let held: Held | null = null;
  let given: { token: MediaToken; at: number } | null = null;
  let catchingUp = false;
  let gapSince = false;
  let closed = false;

  function hold(next: Held): void {
    if (next === held) return;
    held = next;
    options.onHeld(next);
  }

  async function askClock(): Promise<number> {
    const answer = await socket.timeout(ANSWER_WITHIN_MS).emitWithAck('clock');
    if (typeof answer !== 'number') throw new Error(answer.refused);
    return answer;
  }

  async function catchUp(): Promise<void> {
    if (catchingUp) {
      gapSince = true;
      return;
    }
    catchingUp = true;
    try {
      do {
        gapSince = false;
        await takeMissed();
        // A gap that opened while the answer was on its way may not be in it.
      } while (gapSince);
    } finally {
      catchingUp = false;
    }
  }

  async function takeMissed(): Promise<void> {
    const answer = await ask(() => socket.timeout(ANSWER_WITHIN_MS).emitWithAck('catchUp', held?.view.seq ?? 0));
    if (!('type' in answer)) {
      // Not now: too much was asked, or the log can't be read. What is missing stays missing until it is there.
      gapSince = true;
      return pause(ASK_AGAIN_MS);
    }
    if (answer.type === 'view') hold(takeView(held, answer));
    if (answer.type !== 'events') return;
    const next = takeEvents(held, answer);
    if (next === 'gap') gapSince = true;
    else hold(next);
  }

  /** Asks until there is an answer: a lost connection or a server that restarts only delays it. */
  async function ask<T>(send: () => Promise<T>): Promise<T> {
    for (;;) {
      if (closed) throw new Error('the connection was closed');
      if (socket.connected) {
        try {
          return await send();
        } catch {
          // No answer: the same question goes out again.
          void prove();
        }
      }
      if (!socket.connected) await connectedAgain();
    }
  }

  async function prove(): Promise<void> {
    if (closed || proving) return;
    proving = true;
    const alive = socket.connected && (await answers());
    proving = false;
    if (alive || closed) return;
    socket.disconnect();
    socket.connect();
  }
  let proving = false;

  async function answers(): Promise<boolean> {
    try {
      await socket.timeout(ALIVE_WITHIN_MS).emitWithAck('clock');
      return true;
    } catch {
      return false;
    }
  }

  function connectedAgain(): Promise<void> {
    return new Promise((done) => {
      const go = (): void => {
        socket.off('connect', go);
        wake.delete(go);
        done();
      };
      socket.on('connect', go);
      wake.add(go);
    });
  }
  const wake = new Set<() => void>();

  function closeFor(code: CloseCode): void {
    end();
    options.onClosed(code);
  }

  function end(): void {
    closed = true;
    clearInterval(measuring);
    document.removeEventListener('visibilitychange', measureWhenSeen);
    window.removeEventListener('online', proveNow);
    socket.disconnect();
    for (const go of wake) go();
  }

  const measure = (): void => void clock.measure().catch(() => {});
  const measureWhenSeen = (): void => {
    if (document.visibilityState === 'visible') measure();
  };
  const proveNow = (): void => void prove();
  window.addEventListener('online', proveNow);
  const measuring = setInterval(measure, MEASURE_CLOCK_EVERY_MS);
  document.addEventListener('visibilitychange', measureWhenSeen);

  socket.on('connect', () => {
    // Said anew by a server that can't.
    options.onStoring(true);
    options.onLinked?.(true);
    measure();
    options.onConnected(true);
  });
  socket.on('disconnect', (reason) => {
    if (closed) return;
    options.onConnected(false);
    // socket.io comes back by itself, but not when the server closed the connection.
    if (reason === 'io server disconnect') socket.connect();
  });
  socket.on('connect_error', (error) => {
    if (error.message === 'oldPage' || error.message === 'signedOut') return closeFor(error.message);
    // socket.io does not try again by itself after the server's middleware said no.
    if (!closed && !socket.active) setTimeout(() => closed || socket.connect(), 1_000);
  });
  socket.on('view', (message) => hold(takeView(held, message)));
  socket.on('events', (message) => {
    const next = takeEvents(held, message);
    if (next === 'gap') void catchUp().catch(() => {});
    else hold(next);
  });
  socket.on('mediaToken', (token) => (given = { token, at: performance.now() }));
  socket.on('presence', (changes) => {
    if (held !== null) hold({ ...held, presence: { ...held.presence, ...changes } });
  });
  socket.on('box', options.onBox);
  socket.on('keyWanted', options.onKeyWanted);
  socket.on('closing', closeFor);

  socket.on('storing', options.onStoring);
  socket.on('linked', (linked) => options.onLinked?.(linked));

  const timed = () => socket.timeout(ANSWER_WITHIN_MS);
  return {
    now: clock.now,
    async give(command) {
      const envelope = { commandId: crypto.randomUUID(), command };
      for (;;) {
        const answer = await ask(() => timed().emitWithAck('command', envelope));
        // Ending for everybody must not happen later, when nobody expects it any more.
        if (answer.ok || answer.refused !== 'busy' || command.type === 'end') return answer;
        await pause(ASK_AGAIN_MS);
      }
    },
    async mediaToken(audience) {
      const unasked = given;
      given = null;
      if (unasked !== null && performance.now() - unasked.at < TOKEN_GOOD_MS) return unasked.token;
      return ask(() => timed().emitWithAck('mediaToken', audience));
    },
    async sendBoxes(boxes) {
      const answer = await ask(() => timed().emitWithAck('sendBoxes', boxes));
      return answer.ok ? answer.delivered : 0;
    },
    async askForKey(audience) {
      const answer = await ask(() => timed().emitWithAck('askForKey', audience));
      return answer.ok ? answer.asked : 0;
    },
    async rosters(audience, after) {
      const answer = await ask(() => timed().emitWithAck('rosters', { audience, after }));
      return answer.ok ? answer.rosters : [];
    },
    backSoon: (on) => void socket.emit('backSoon', on),
    prove: proveNow,
    close: end,
  };
}

function pause(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms));
}
