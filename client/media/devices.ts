/** Where one capture device stands. `blocked`: not allowed; `missing`: there is none; `inUse`: another program has it. */
export type DeviceState = 'starting' | 'on' | 'off' | 'blocked' | 'missing' | 'inUse';

export type CaptureKind = 'camera' | 'microphone';
export type DeviceKind = CaptureKind | 'speaker';
export type DeviceOption = { deviceId: string; label: string };

/** What the join check and the room show about this person's devices. */
export type DevicesState = {
  camera: DeviceState;
  microphone: DeviceState;
  /** For the preview picture; the same object while the camera's track is the same, null while there is none. */
  stream: MediaStream | null;
  options: Record<DeviceKind, DeviceOption[]>;
  chosen: Record<DeviceKind, string | null>;
};

/** This person's camera, microphone and speaker. It owns the tracks: nobody else stops or disables them. */
export type LocalDevices = {
  /** Asks for camera and microphone; resolves when both have settled and never rejects. */
  start(): Promise<void>;
  state(): DevicesState;
  /** Camera off ends the capture (its light goes out); microphone off keeps it open and silent. */
  setOn(kind: CaptureKind, on: boolean): void;
  /** Uses this device from now on and remembers it for this person in this browser. */
  choose(kind: DeviceKind, deviceId: string): void;
  /** The microphone's level right now, 0 to 1; 0 while it is off. */
  level(): number;
  /** Plays two soft notes on the chosen speaker. */
  playSound(): void;
  /** Asks again for what was blocked, missing or in use. */
  retry(): void;
  /** The camera's track, null while the camera is off or not there. */
  videoTrack(): MediaStreamTrack | null;
  /** The microphone's track, disabled while the microphone is off; null while there is none. */
  audioTrack(): MediaStreamTrack | null;
  /** Calls the listener in the same tick as each change; returns how to stop that. */
  subscribe(listener: () => void): () => void;
  /** Ends every capture and forgets the listeners. */
  stop(): void;
};
