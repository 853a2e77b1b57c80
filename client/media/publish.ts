import { LocalAudioTrack, LocalVideoTrack, Track, TrackEvent, type LocalTrack, type Room } from 'livekit-client';
import type { CaptureKind, LocalDevices } from './devices.ts';

/** How long to wait before a refused or failed publication is tried again, ms. */
const TRY_AGAIN = 2_000;

export type Publisher = {
  /** Brings what is published in line with the devices; resolves when it is. Ends sound and picture that are off at once. */
  sync(): Promise<void>;
  /** Ends this Room's copies of the tracks; the devices' own tracks go on. */
  stop(): void;
};

/**
 * `source` is the devices' track; `copy` is this Room's clone of it. A LocalTrack enables, disables and stops the track
 * it is given, and a track that two Rooms share would be muted in both.
 */
type Published = { local: LocalTrack; source: MediaStreamTrack | null; copy: MediaStreamTrack };

const KINDS: CaptureKind[] = ['microphone', 'camera'];
const SOURCES = { microphone: Track.Source.Microphone, camera: Track.Source.Camera };

/** Publishes this person's camera and microphone into one Room. Only for a Room that has confirmed encryption. */
export function createPublisher(room: Room, devices: LocalDevices): Publisher {
  const published: Record<CaptureKind, Published | null> = { microphone: null, camera: null };
  const working: Record<CaptureKind, Promise<void> | null> = { microphone: null, camera: null };
  const muting = new Set<LocalTrack>();
  const again: Record<CaptureKind, boolean> = { microphone: false, camera: false };
  let retry: ReturnType<typeof setTimeout> | undefined;
  let stopped = false;

  function isOn(kind: CaptureKind): boolean {
    return devices.state()[kind] === 'on';
  }

  function trackOf(kind: CaptureKind): MediaStreamTrack | null {
    return kind === 'camera' ? devices.videoTrack() : devices.audioTrack();
  }

  /** Muting a LocalTrack takes several turns of the event loop; sound and light must not wait for them. */
  function hush(kind: CaptureKind): void {
    const copy = published[kind]?.copy;
    if (!copy || isOn(kind)) return;
    copy.enabled = false;
    if (kind === 'camera') copy.stop();
  }

  async function mute(local: LocalTrack): Promise<void> {
    muting.add(local);
    await local.mute();
    muting.delete(local);
  }

  async function publish(kind: CaptureKind, source: MediaStreamTrack): Promise<void> {
    const copy = source.clone();
    copy.enabled = isOn(kind);
    const local = wrap(kind, copy);
    published[kind] = { local, source, copy };
    if (!isOn(kind)) await mute(local);
    // The constructor turns the track on in a later microtask, also one that came disabled.
    await new Promise((resolve) => setTimeout(resolve));
    copy.enabled = isOn(kind);
    local.on(TrackEvent.Unmuted, () => unmutedElsewhere(kind));
    local.on(TrackEvent.Muted, () => mutedElsewhere(kind));
    if (!room.isE2EEEnabled) throw new Error('Not encrypted.');
    await room.localParticipant.publishTrack(local, { source: SOURCES[kind] });
  }

  /** The SFU can ask a client to unmute. Nobody unmutes anybody here. */
  function unmutedElsewhere(kind: CaptureKind): void {
    if (isOn(kind)) return;
    hush(kind);
    void sync();
  }

  function mutedElsewhere(kind: CaptureKind): void {
    const current = published[kind];
    if (stopped || current === null || muting.has(current.local) || !isOn(kind)) return;
    // A capture that ended is muted by livekit-client; the devices know about it and may replace it.
    if (current.copy.readyState !== 'live') return;
    devices.setOn(kind, false);
  }

  async function step(kind: CaptureKind): Promise<void> {
    const source = trackOf(kind);
    const current = published[kind];
    if (current === null) {
      if (source !== null) await publish(kind, source);
      return;
    }
    if (source === null || !isOn(kind)) await mute(current.local);
    if (source !== current.source) {
      current.copy.stop();
      current.source = source;
      if (source !== null) {
        current.copy = source.clone();
        await current.local.replaceTrack(current.copy, true);
      }
    }
    if (source !== null && isOn(kind)) await current.local.unmute();
    hush(kind);
  }

  async function work(kind: CaptureKind): Promise<void> {
    do {
      again[kind] = false;
      try {
        await step(kind);
      } catch {
        discard(kind);
        clearTimeout(retry);
        if (!stopped) retry = setTimeout(() => void sync(), TRY_AGAIN);
      }
    } while (again[kind]);
    if (stopped) published[kind]?.copy.stop();
    working[kind] = null;
  }

  function discard(kind: CaptureKind): void {
    const current = published[kind];
    published[kind] = null;
    if (current === null) return;
    current.copy.stop();
    void room.localParticipant.unpublishTrack(current.local, false).catch(() => undefined);
  }

  async function sync(): Promise<void> {
    if (stopped) return;
    await Promise.all(
      KINDS.map((kind) => {
        hush(kind);
        again[kind] = true;
        return (working[kind] ??= work(kind));
      }),
    );
  }

  return {
    sync,
    stop() {
      stopped = true;
      again.camera = again.microphone = false;
      clearTimeout(retry);
      for (const kind of KINDS) published[kind]?.copy.stop();
    },
  };
}

function wrap(kind: CaptureKind, track: MediaStreamTrack): LocalTrack {
  // `true`: the track is ours, so that livekit-client never opens a device by itself.
  const local =
    kind === 'camera' ? new LocalVideoTrack(track, undefined, true) : new LocalAudioTrack(track, undefined, true);
  // livekit-client's own types are not written for exactOptionalPropertyTypes.
  return local as LocalTrack;
}
