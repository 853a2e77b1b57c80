import { ConnectionState, DisconnectReason, RoomEvent, type ReconnectPolicy, type Room } from 'livekit-client';

const FIRST_DELAY = 150;
const LONGEST_DELAY = 1_000;
/** With the signal lost, this long without a packet means that the connection is gone, ms (architecture, section 5). */
const SILENCE = 1_000;
const LOOK_EVERY = 100;
/** livekit-client's resume gives up after this, ms. */
const RESUME_FOR = 20_000;

/** Why there is nothing to rejoin: this identity joined elsewhere, was removed, or the room was closed for all. */
export type ClosedBy = 'duplicate' | 'removed' | 'roomDeleted';

/** How long to wait before the next try, ms, after so many failed ones in a row. */
export function rejoinDelay(failures: number): number {
  return failures === 0 ? 0 : Math.min(LONGEST_DELAY, Math.round(FIRST_DELAY * 1.1 ** (failures - 1)));
}

/** livekit-client tries its resume as often as we try a rejoin; its own pauses grow to seven seconds. */
export const resumePolicy: ReconnectPolicy = {
  nextRetryDelayInMs: ({ retryCount, elapsedMs }) => (elapsedMs < RESUME_FOR ? rejoinDelay(retryCount) : null),
};

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
    let looking: ReturnType<typeof setInterval> | undefined;
    function end(by: ClosedBy | null): void {
      clearInterval(looking);
      room.off(RoomEvent.Disconnected, disconnected).off(RoomEvent.Reconnecting, lost);
      room.off(RoomEvent.SignalReconnecting, look).off(RoomEvent.Reconnected, stopLooking);
      signal.removeEventListener('abort', lost);
      resolve(by);
    }
    function disconnected(reason?: DisconnectReason): void {
      end(closedBy(reason));
    }
    function lost(): void {
      end(null);
    }
    function stopLooking(): void {
      clearInterval(looking);
    }
    function look(): void {
      stopLooking();
      let seen = 0;
      let since = performance.now();
      async function count(): Promise<void> {
        const arrived = await packetsArrived(room).catch(() => 0);
        if (arrived !== seen) since = performance.now();
        seen = arrived;
        if (performance.now() - since >= SILENCE) lost();
      }
      void count();
      looking = setInterval(() => void count(), LOOK_EVERY);
    }
    room.on(RoomEvent.Disconnected, disconnected).on(RoomEvent.Reconnecting, lost);
    room.on(RoomEvent.SignalReconnecting, look).on(RoomEvent.Reconnected, stopLooking);
    signal.addEventListener('abort', lost);
    if (room.state === ConnectionState.SignalReconnecting) look();
    else if (signal.aborted || room.state !== ConnectionState.Connected) lost();
  });
}

function closedBy(reason: DisconnectReason | undefined): ClosedBy | null {
  if (reason === DisconnectReason.DUPLICATE_IDENTITY) return 'duplicate';
  if (reason === DisconnectReason.PARTICIPANT_REMOVED) return 'removed';
  if (reason === DisconnectReason.ROOM_DELETED) return 'roomDeleted';
  return null;
}

/** All packets that ever arrived on this connection, as far as its tracks can tell: media, and RTCP where counted. */
async function packetsArrived(room: Room): Promise<number> {
  const people = [room.localParticipant, ...room.remoteParticipants.values()];
  const tracks = people.flatMap((person) => [...person.trackPublications.values()].map(({ track }) => track));
  const counts = new Map<string, number>();
  for (const track of tracks) {
    const report = track && 'getRTCStatsReport' in track ? await track.getRTCStatsReport() : undefined;
    report?.forEach((entry: { id: string; type: string; packetsReceived?: number }) => {
      if (entry.type === 'inbound-rtp' || entry.type === 'transport') counts.set(entry.id, entry.packetsReceived ?? 0);
    });
  }
  return [...counts.values()].reduce((sum, count) => sum + count, 0);
}
