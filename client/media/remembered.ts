import type { CaptureKind, DeviceKind } from './devices.ts';

export type Remembered = {
  device(kind: DeviceKind): string | null;
  keepDevice(kind: DeviceKind, deviceId: string): void;
  wasOff(kind: CaptureKind): boolean;
  keepOff(kind: CaptureKind, off: boolean): void;
};

/**
 * Device choices last in this browser; whether something was off lasts in this tab,
 * so that a reload never comes back more open than the person left it.
 */
export function rememberDevices(prefix: string): Remembered {
  return {
    device: (kind) => read(() => localStorage, `${prefix}${kind}`),
    keepDevice: (kind, deviceId) => write(() => localStorage, `${prefix}${kind}`, deviceId),
    wasOff: (kind) => read(() => sessionStorage, `${prefix}${kind}Off`) !== null,
    keepOff: (kind, off) => write(() => sessionStorage, `${prefix}${kind}Off`, off ? '1' : null),
  };
}

function read(storage: () => Storage, key: string): string | null {
  try {
    return storage().getItem(key);
  } catch {
    return null;
  }
}

// A browser that forbids storage still has working devices; it only forgets the choice.
function write(storage: () => Storage, key: string, value: string | null): void {
  try {
    if (value === null) storage().removeItem(key);
    else storage().setItem(key, value);
  } catch {
    return;
  }
}
