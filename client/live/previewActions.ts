import type { LocalDevices } from '../media/devices.ts';
import type { PreviewActions } from './screens.ts';

/** What the camera and sound check does, passed on to the devices there are at that moment. */
export function previewActions(
  devices: () => LocalDevices | null,
  on: { start(): void; speaker(deviceId: string): void },
): PreviewActions {
  return {
    start: on.start,
    level: () => devices()?.level() ?? 0,
    setOn: (kind, wanted) => devices()?.setOn(kind, wanted),
    choose(kind, deviceId) {
      devices()?.choose(kind, deviceId);
      if (kind === 'speaker') on.speaker(deviceId);
    },
    playSound: () => devices()?.playSound(),
    retry: () => devices()?.retry(),
  };
}
