import type { LocalDevices } from '../media/devices.ts';
import type { Visit } from './visit.ts';

/**
 * A device that was put aside for a moment: others read *Back soon*, the seat is kept, nothing of it is sent. Coming back
 * brings the camera as it was; the microphone is for the person to turn on.
 */
export function aside(options: { devices(): LocalDevices | null; visit(): Visit | null; onChange(): void }) {
  const { devices, visit, onChange } = options;
  let on = false;
  let cameraWasOn = false;

  const tell = (): void => visit()?.connection.backSoon(on);
  return {
    isOn: () => on,
    go(): void {
      const mine = devices();
      if (on || mine === null) return;
      on = true;
      cameraWasOn = mine.state().camera === 'on';
      mine.setOn('microphone', false);
      mine.setOn('camera', false);
      tell();
      onChange();
    },
    comeBack(): void {
      on = false;
      tell();
      if (cameraWasOn) devices()?.setOn('camera', true);
      onChange();
    },
    /** After each connect: a server that restarted, or a page that was reloaded, has another idea of it. */
    tell,
    reset(): void {
      on = false;
    },
  };
}
