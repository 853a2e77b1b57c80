/** One capture device as people meet it: `off` was chosen, the last three are in the way. */
export type DeviceState = 'starting' | 'on' | 'off' | 'blocked' | 'missing' | 'inUse';
export type DeviceKind = 'camera' | 'microphone' | 'speaker';

/** What the device dialog shows. */
export type Devices = {
  camera: DeviceState;
  microphone: DeviceState;
  options: Record<DeviceKind, { deviceId: string; label: string }[]>;
  chosen: Record<DeviceKind, string | null>;
};

/** What can be done with the devices there. */
export type DeviceActions = {
  /** The microphone's level right now, 0 to 1. */
  level(): number;
  choose(kind: DeviceKind, deviceId: string): void;
  playSound(): void;
  /** Asks for the devices again, after a refusal was mended. */
  retry(): void;
};
