import { capture, captureBoth, listDevices, type Captured } from './capture.ts';
import type { CaptureKind, DeviceKind, DevicesState, DeviceState, LocalDevices } from './devices.ts';
import { watchForMending } from './mending.ts';
import { rememberDevices } from './remembered.ts';
import { createSoundCheck } from './soundCheck.ts';

/** `asked` counts the questions put to the browser: an answer to an older one is let go. */
type Slot = { state: DeviceState; track: MediaStreamTrack | null; wanted: boolean; asked: number };

const KINDS: CaptureKind[] = ['camera', 'microphone'];

/**
 * This person's camera, microphone and speaker by the plain browser API.
 * `remember` is the prefix of the storage keys and has to differ between caregivers who share a browser.
 */
export function createLocalDevices(options: { remember: string; onChange(): void }): LocalDevices {
  const remembered = rememberDevices(options.remember);
  const soundCheck = createSoundCheck();
  const listeners = new Set<() => void>([options.onChange]);
  const slots: Record<CaptureKind, Slot> = { camera: emptySlot('camera'), microphone: emptySlot('microphone') };
  const chosen: Record<DeviceKind, string | null> = {
    camera: remembered.device('camera'),
    microphone: remembered.device('microphone'),
    speaker: remembered.device('speaker'),
  };
  let known: DevicesState['options'] = { camera: [], microphone: [], speaker: [] };
  let stream: MediaStream | null = null;
  let unwatch: (() => void) | null = null;
  let stopped = false;

  function emptySlot(kind: CaptureKind): Slot {
    return { state: 'starting', track: null, wanted: !remembered.wasOff(kind), asked: 0 };
  }

  function changed(): void {
    for (const listener of listeners) listener();
  }

  function release(slot: Slot): void {
    slot.track?.stop();
    slot.track = null;
    if (slot === slots.camera) stream = null;
  }

  function settle(kind: CaptureKind, captured: Captured, asked: number): void {
    const slot = slots[kind];
    if (stopped || slot.asked !== asked) {
      if ('track' in captured) captured.track.stop();
      return;
    }
    if ('problem' in captured) {
      // A microphone that still works is kept when the newly chosen one can't be had.
      if (slot.track === null) slot.state = captured.problem;
      return;
    }
    release(slot);
    adopt(kind, captured.track);
  }

  function adopt(kind: CaptureKind, track: MediaStreamTrack): void {
    const slot = slots[kind];
    track.enabled = slot.wanted;
    track.addEventListener('ended', () => void lost(kind, track));
    slot.track = track;
    slot.state = slot.wanted ? 'on' : 'off';
    chosen[kind] = track.getSettings().deviceId ?? chosen[kind];
    if (kind === 'camera') stream = new MediaStream([track]);
  }

  async function open(kind: CaptureKind, deviceId = chosen[kind]): Promise<void> {
    const slot = slots[kind];
    const asked = ++slot.asked;
    if (slot.track === null) slot.state = 'starting';
    changed();
    settle(kind, await capture(kind, deviceId), asked);
    await refreshOptions();
  }

  /** Unplugged, taken by a phone call, or no longer allowed: another device of the kind takes over where there is one. */
  async function lost(kind: CaptureKind, track: MediaStreamTrack): Promise<void> {
    const slot = slots[kind];
    if (stopped || slot.track !== track) return;
    release(slot);
    await open(kind, null);
    if (kind === 'microphone' && slot.track === null) keepWanted('microphone', false);
  }

  function keepWanted(kind: CaptureKind, on: boolean): void {
    slots[kind].wanted = on;
    remembered.keepOff(kind, !on);
  }

  async function refreshOptions(): Promise<void> {
    known = await listDevices().catch(() => known);
    if (!stopped) changed();
  }

  /** Something was plugged in or the page came back into view. Nobody is made audible by that. */
  async function recover(): Promise<void> {
    await refreshOptions();
    for (const kind of KINDS) {
      const { state, wanted } = slots[kind];
      const waits = (state === 'missing' && known[kind].length > 0) || state === 'inUse';
      if (stopped || !waits || (kind === 'camera' && !wanted)) continue;
      if (kind === 'microphone') keepWanted('microphone', false);
      await open(kind);
    }
  }

  function mend(kind: CaptureKind): void {
    if (!stopped && slots[kind].state === 'blocked') void open(kind);
  }

  async function startBoth(): Promise<void> {
    const asked = { camera: ++slots.camera.asked, microphone: ++slots.microphone.asked };
    changed();
    const both = await captureBoth({ camera: chosen.camera, microphone: chosen.microphone });
    for (const kind of KINDS) {
      settle(kind, both?.[kind] ?? (await capture(kind, chosen[kind])), asked[kind]);
      changed();
    }
    await refreshOptions();
  }

  return {
    async start() {
      unwatch ??= watchForMending({ recover: () => void recover(), mend });
      if (slots.camera.wanted) return startBoth();
      slots.camera.state = 'off';
      await open('microphone');
    },
    state: () => ({
      camera: slots.camera.state,
      microphone: slots.microphone.state,
      stream,
      options: known,
      chosen: { ...chosen },
    }),
    setOn(kind, on) {
      const slot = slots[kind];
      keepWanted(kind, on);
      if (on && slot.track === null) return void open(kind);
      if (slot.track !== null) {
        slot.track.enabled = on;
        slot.state = on ? 'on' : 'off';
        if (kind === 'camera' && !on) release(slot);
      } else if (kind === 'camera' && slot.state === 'starting') {
        slot.asked++;
        slot.state = 'off';
      }
      changed();
    },
    choose(kind, deviceId) {
      chosen[kind] = deviceId;
      remembered.keepDevice(kind, deviceId);
      if (kind === 'speaker') return changed();
      if (kind === 'camera') {
        if (!slots.camera.wanted) return changed();
        // Phones open one camera at a time.
        release(slots.camera);
      }
      void open(kind);
    },
    level: () => soundCheck.level(slots.microphone.track),
    playSound: () => soundCheck.playSound(chosen.speaker),
    retry() {
      for (const kind of KINDS) {
        if (['blocked', 'missing', 'inUse'].includes(slots[kind].state)) void open(kind);
      }
    },
    videoTrack: () => slots.camera.track,
    audioTrack: () => slots.microphone.track,
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    stop() {
      stopped = true;
      unwatch?.();
      for (const kind of KINDS) release(slots[kind]);
      soundCheck.close();
      listeners.clear();
    },
  };
}
