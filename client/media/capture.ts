import type { CaptureKind, DeviceOption, DevicesState, DeviceState } from './devices.ts';

/** Small enough for eight people on a weak line; larger pictures are not published. */
const CAMERA: MediaTrackConstraints = {
  width: { ideal: 640 },
  height: { ideal: 360 },
  frameRate: { ideal: 24 },
  facingMode: 'user',
};
const MICROPHONE: MediaTrackConstraints = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };

export type Captured = { track: MediaStreamTrack } | { problem: DeviceState };

/**
 * The state that a getUserMedia error means.
 * Names are those of the Media Capture and Streams specification; anything unknown counts as missing.
 */
export function stateOfError(name: string): DeviceState {
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'blocked';
  if (name === 'NotReadableError' || name === 'AbortError') return 'inUse';
  return 'missing';
}

/** Asks the browser for one device. A chosen device that is gone gives way to any other of its kind. */
export async function capture(kind: CaptureKind, deviceId: string | null): Promise<Captured> {
  const exact = deviceId === null ? {} : { deviceId: { exact: deviceId } };
  const first = await ask(
    kind === 'camera' ? { video: { ...CAMERA, ...exact } } : { audio: { ...MICROPHONE, ...exact } },
  );
  if (deviceId === null || !('problem' in first) || first.problem !== 'missing') return fromAnswer(first, kind);
  return fromAnswer(await ask(kind === 'camera' ? { video: CAMERA } : { audio: MICROPHONE }), kind);
}

/** Asks for both at once, so that people see one question; null when the browser refuses the pair as a whole. */
export async function captureBoth(
  chosen: Record<CaptureKind, string | null>,
): Promise<Record<CaptureKind, Captured> | null> {
  const answer = await ask({
    video: { ...CAMERA, ...preferred(chosen.camera) },
    audio: { ...MICROPHONE, ...preferred(chosen.microphone) },
  });
  if ('problem' in answer) return null;
  return { camera: fromAnswer(answer, 'camera'), microphone: fromAnswer(answer, 'microphone') };
}

/** Every device the browser tells us about. Entries without an id (no permission yet) are left out. */
export async function listDevices(): Promise<DevicesState['options']> {
  const options: DevicesState['options'] = { camera: [], microphone: [], speaker: [] };
  const kinds = { videoinput: options.camera, audioinput: options.microphone, audiooutput: options.speaker };
  for (const device of (await navigator.mediaDevices?.enumerateDevices()) ?? []) {
    if (device.deviceId !== '') kinds[device.kind].push(labelled(device, kinds[device.kind].length));
  }
  return options;
}

function labelled(device: MediaDeviceInfo, before: number): DeviceOption {
  const names = { videoinput: 'Camera', audioinput: 'Microphone', audiooutput: 'Speaker' };
  return { deviceId: device.deviceId, label: device.label || `${names[device.kind]} ${before + 1}` };
}

function preferred(deviceId: string | null): MediaTrackConstraints {
  return deviceId === null ? {} : { deviceId: { ideal: deviceId } };
}

async function ask(constraints: MediaStreamConstraints): Promise<MediaStream | { problem: DeviceState }> {
  try {
    // Without a secure context there is no mediaDevices at all, and nothing a person could allow.
    if (!navigator.mediaDevices) return { problem: 'missing' };
    return await navigator.mediaDevices.getUserMedia(constraints);
  } catch (error) {
    return { problem: stateOfError(error instanceof Error ? error.name : '') };
  }
}

function fromAnswer(answer: MediaStream | { problem: DeviceState }, kind: CaptureKind): Captured {
  if ('problem' in answer) return answer;
  const track = (kind === 'camera' ? answer.getVideoTracks() : answer.getAudioTracks())[0];
  return track ? { track } : { problem: 'missing' };
}
