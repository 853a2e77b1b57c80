import { ConnectionState, DisconnectReason, RoomEvent, type ReconnectPolicy, type Room } from 'livekit-client';

const FIRST_DELAY = 150;
const LONGEST_DELAY = 1_000;
/** With the signal lost, this long without a packet means that the connection is gone, ms (architecture, section 5). */
const SILENCE = 1_000;
/** The same while the signal seems to be there: of a line that is cut nobody is told. Longer than two STUN checks, ms. */
const SILENCE_WITH_SIGNAL = 5_000;
const LOOK_EVERY = 500;
const LOOK_CLOSELY_EVERY = 100;
/** livekit-client's resume gives up after this, ms. */
const RESUME_FOR = 20_000;

/** Why there is nothing to rejoin: this identity joined elsewhere, was removed, or the room was closed for all. */
export type ClosedBy = 'duplicate' | 'removed' | 'roomDeleted';

/** How long to wait before the next try, ms, after so many failed ones in a row. */
export function rejoinDelay(failures: number): number {
  return failures === 0 ? 0 : Math.min(LONGEST_DELAY, Math.round(FIRST_DELAY * 1.1 ** (failures - 1)));
}

/**
 * How long a try may take, ms, after so many failed ones in a row. Short at first: on a line that comes back, the try that
 * was begun without it is stuck. Longer each time: a slow phone on a slow line gets there, too.
 */
export function patience(failures: number): { signal: number; media: number } {
  return { signal: Math.min(3_000 + 1_000 * failures, 10_000), media: Math.min(5_000 + 1_000 * failures, 15_000) };
}

/**
 * livekit-client tries its resume as often as we try a rejoin; its own pauses grow to seven seconds. Once it knows that a
 * resume is of no use, it gives up: its full reconnect would enter the room beside our rejoin, and one throw out the other.
 */
export function resumePolicy(room: () => Room): ReconnectPolicy {
  return {
    nextRetryDelayInMs({ retryCount, elapsedMs }) {
      return elapsedMs < RESUME_FOR && !room().engine.fullReconnectOnNext ? rejoinDelay(retryCount) : null;
    },
  };
}

/** Waits, but not on once the device is back online or the signal is aborted. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const over = new AbortController();
    function end(): void {
      clearTimeout(timer);
      over.abort();
      resolve();
    }
    const timer = setTimeout(end, ms);
    window.addEventListener('online', end, { signal: over.signal });
    signal.addEventListener('abort', end, { signal: over.signal });
    if (signal.aborted) end();
  });
}

/**
 * Resolves when this connection is over: with who closed it, or with null when it has to be made anew. A short loss of
 * the signal is left to livekit-client's resume as long as packets arrive; its slow full reconnect is never used.
 */
export function connectionEnd(room: Room, signal: AbortSignal): Promise<ClosedBy | null> {
  return new Promise((resolve) => {
    let looking: ReturnType<typeof setTimeout> | undefined;
    let seen: number | null = null;
    let since = performance.now();
    let round = 0;
    function end(by: ClosedBy | null): void {
      round = Number.NaN;
      clearTimeout(looking);
      room.off(RoomEvent.Disconnected, disconnected).off(RoomEvent.Reconnecting, lost);
      room.off(RoomEvent.SignalReconnecting, lookNow);
      signal.removeEventListener('abort', lost);
      resolve(by);
    }
    function disconnected(reason?: DisconnectReason): void {
      end(closedBy(reason));
    }
    function lost(): void {
      end(null);
    }
    async function look(): Promise<void> {
      const mine = ++round;
      const arrived = await packetsArrived(room).catch(() => null);
      if (mine !== round) return;
      const signalLost = room.state === ConnectionState.SignalReconnecting;
      // Without a track nothing tells whether packets could arrive; then it is the signal alone that counts.
      if (arrived !== seen || (arrived === null && !signalLost)) since = performance.now();
      seen = arrived;
      if (performance.now() - since >= (signalLost ? SILENCE : SILENCE_WITH_SIGNAL)) return lost();
      looking = setTimeout(() => void look(), signalLost ? LOOK_CLOSELY_EVERY : LOOK_EVERY);
    }
    function lookNow(): void {
      clearTimeout(looking);
      void look();
    }
    room.on(RoomEvent.SignalReconnecting, lookNow);
    room.on(RoomEvent.Disconnected, disconnected).on(RoomEvent.Reconnecting, lost);
    signal.addEventListener('abort', lost);
    const there = [ConnectionState.Connected, ConnectionState.SignalReconnecting].includes(room.state);
    if (signal.aborted || !there) lost();
    else lookNow();
  });
}

function closedBy(reason: DisconnectReason | undefined): ClosedBy | null {
  if (reason === DisconnectReason.DUPLICATE_IDENTITY) return 'duplicate';
  if (reason === DisconnectReason.PARTICIPANT_REMOVED) return 'removed';
  if (reason === DisconnectReason.ROOM_DELETED) return 'roomDeleted';
  return null;
}

/**
 * All that ever arrived on this connection, as far as a track of each direction can tell (they share their transports):
 * media, reports on what we send, and the answers to the checks that a browser makes every few seconds, also while
 * everybody is muted. Null while there is no track.
 */
async function packetsArrived(room: Room): Promise<number | null> {
  const remote = [...room.remoteParticipants.values()];
  const sides = [[room.localParticipant], remote].map((people) =>
    people.flatMap((person) => [...person.trackPublications.values()]).find(({ track }) => track !== undefined),
  );
  const counts = new Map<string, number>();
  for (const side of sides) {
    const track = side?.track;
    const report = track && 'getRTCStatsReport' in track ? await track.getRTCStatsReport() : undefined;
    report?.forEach((entry: { id: string; type: string; packetsReceived?: number; responsesReceived?: number }) => {
      if (entry.type === 'transport') counts.set(entry.id, entry.packetsReceived ?? 0);
      if (entry.type === 'candidate-pair') counts.set(entry.id, entry.responsesReceived ?? 0);
    });
  }
  return counts.size === 0 ? null : [...counts.values()].reduce((sum, count) => sum + count, 0);
}
