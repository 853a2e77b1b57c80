import { LogLevel, Room, RoomEvent, setLogLevel, VideoPresets } from 'livekit-client';
import { RoomKeyProvider, type MediaKey } from './keyProvider.ts';
import { resumePolicy } from './rejoin.ts';

/** How long the encryption worker may take to answer before the attempt counts as failed, ms. */
const WORKER_ANSWER = 10_000;
/** How long the SFU may take to answer the web socket, ms. */
const SIGNAL_ANSWER = 8_000;

/** One LiveKit Room with a worker and keys of its own; used for one connection and then thrown away. */
export type Connection = {
  room: Room;
  /** Connects; resolves when the worker has confirmed that what we send is encrypted, rejects when it can't be. */
  join(url: string, token: string): Promise<void>;
  setKey(key: MediaKey): Promise<void>;
  /** Has it ever been in a room? If not, it can join again after a failed try. */
  used(): boolean;
  /** Leaves and ends the worker. Tracks that were published go on. */
  drop(): Promise<void>;
};

/** Builds the Room. Nothing is connected yet. */
export function createConnection(options: { key(): MediaKey; speaker: string | null }): Connection {
  // What livekit-client logs below this holds identities.
  setLogLevel(LogLevel.silent);
  const keyProvider = new RoomKeyProvider();
  const worker = new Worker(new URL('./encryption.worker.ts', import.meta.url), { type: 'module' });
  const room = new Room({
    // Not the older `e2ee`, which leaves data in plaintext.
    encryption: { keyProvider, worker },
    adaptiveStream: true,
    dynacast: true,
    stopLocalTrackOnUnpublish: false,
    reconnectPolicy: resumePolicy,
    ...(options.speaker === null ? {} : { audioOutput: { deviceId: options.speaker } }),
    publishDefaults: {
      simulcast: true,
      videoCodec: 'vp8',
      videoEncoding: { maxBitrate: 600_000, maxFramerate: 24 },
      videoSimulcastLayers: [VideoPresets.h180],
      // The worker encrypts neither redundant audio nor a second codec.
      red: false,
      backupCodec: false,
      dtx: true,
      stopMicTrackOnMute: false,
    },
  });

  return {
    room,
    async join(url, token) {
      await keyProvider.setKey(options.key());
      await room.setE2EEEnabled(true);
      await room.connect(url, token, { autoSubscribe: false, maxRetries: 0, websocketTimeout: SIGNAL_ANSWER });
      await encryptionConfirmed(room);
    },
    setKey: (key) => keyProvider.setKey(key),
    used: () => room.localParticipant.identity !== '',
    async drop() {
      room.removeAllListeners();
      keyProvider.removeAllListeners();
      await room.disconnect(false).catch(() => undefined);
      worker.terminate();
    },
  };
}

function encryptionConfirmed(room: Room): Promise<void> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => settle(new Error('The encryption worker does not answer.')), WORKER_ANSWER);
    function settle(problem: Error | null): void {
      clearTimeout(late);
      room.off(RoomEvent.ParticipantEncryptionStatusChanged, check);
      room.off(RoomEvent.Disconnected, gone);
      if (problem) reject(problem);
      else resolve();
    }
    function check(): void {
      if (room.isE2EEEnabled) settle(null);
    }
    function gone(): void {
      settle(new Error('The connection ended before encryption was confirmed.'));
    }
    room.on(RoomEvent.ParticipantEncryptionStatusChanged, check);
    room.on(RoomEvent.Disconnected, gone);
    check();
  });
}
