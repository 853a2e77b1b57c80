import { LogLevel, Room, RoomEvent, setLogLevel, VideoPresets } from 'livekit-client';
import { RoomKeyProvider, type MediaKey } from './keyProvider.ts';
import { resumePolicy } from './rejoin.ts';

/** How long the encryption worker may take to answer before the attempt counts as failed, ms. */
const WORKER_ANSWER = 10_000;

/** One LiveKit Room with a worker and keys of its own; used for one connection and then thrown away. */
export type Connection = {
  room: Room;
  /**
   * Connects, with this much patience (ms) for the web socket and then for media. `onSignal` is called as soon as the SFU
   * has told who is there: tracks can be asked for from then on, which spares a round trip. Resolves when media are
   * connected and the worker has confirmed that it encrypts what we send, rejects when that can't be. Without a key the
   * worker encrypts nothing and lets nothing out.
   */
  join(url: string, token: string, patience: { signal: number; media: number }, onSignal: () => void): Promise<void>;
  setKey(key: MediaKey): Promise<void>;
  /** The worker has confirmed, and there is a key: what is published now goes out encrypted. */
  isEncrypted(): boolean;
  /** Has it ever been in a room? If not, it can join again after a failed try. */
  used(): boolean;
  /** Leaves and ends the worker. Tracks that were published go on. */
  drop(): Promise<void>;
};

/** Builds the Room and starts the worker. Nothing is connected yet, and no address of the SFU is known. */
export function createConnection(speaker: string | null): Connection {
  // What livekit-client logs below this holds identities.
  setLogLevel(LogLevel.silent);
  const keyProvider = new RoomKeyProvider();
  const worker = new Worker(new URL('./encryption.worker.ts', import.meta.url), { type: 'module' });
  const room: Room = new Room({
    // Not the older `e2ee`, which leaves data in plaintext.
    encryption: { keyProvider, worker },
    adaptiveStream: true,
    // Turning sizes on and off as people come and go costs each newcomer most of a second until the next whole picture.
    dynacast: false,
    stopLocalTrackOnUnpublish: false,
    reconnectPolicy: resumePolicy(() => room),
    ...(speaker === null ? {} : { audioOutput: { deviceId: speaker } }),
    publishDefaults: {
      simulcast: true,
      videoCodec: 'vp8',
      videoEncoding: { maxBitrate: 600_000, maxFramerate: 24 },
      videoSimulcastLayers: [VideoPresets.h180],
      // The worker encrypts neither redundant audio nor a second codec.
      red: false,
      backupCodec: false,
      dtx: true,
      // Clear speech, at two thirds of livekit-client's own: eight voices at once still fit through a weak line.
      audioPreset: { maxBitrate: 32_000, priority: 'high' },
      stopMicTrackOnMute: false,
    },
  });
  let keyed = false;

  return {
    room,
    async join(url, token, patience, onSignal) {
      await room.setE2EEEnabled(true);
      room.once(RoomEvent.SignalConnected, onSignal);
      await room.connect(url, token, {
        autoSubscribe: false,
        maxRetries: 0,
        websocketTimeout: patience.signal,
        peerConnectionTimeout: patience.media,
        // Else the SFU (1.13.3) names STUN servers of others, which would learn everybody's address; it needs none.
        rtcConfig: { iceServers: [] },
      });
      await encryptionConfirmed(room);
    },
    async setKey(key) {
      await keyProvider.setKey(key);
      keyed = true;
    },
    isEncrypted: () => keyed && room.isE2EEEnabled,
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
