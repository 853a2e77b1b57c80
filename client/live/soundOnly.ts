import type { Invitation } from '#shared/api.ts';
import type { PictureKeeper } from '../media/bandwidthKeeper.ts';
import type { LocalDevices } from '../media/devices.ts';
import { mark } from './tabMarks.ts';

type Now = { visit: { pictures: PictureKeeper } | null; devices: LocalDevices | null; invitation: Invitation | null };

/**
 * Switches all pictures off for this person, or the others' on again. Their own camera goes off with them and stays off:
 * nobody is seen again without having turned it on.
 */
export function soundOnlyAction(now: () => Now): (on: boolean) => void {
  return (on) => {
    const { visit, devices, invitation } = now();
    if (on) devices?.setOn('camera', false);
    // A reload comes back as it was.
    if (invitation?.personId) mark('sound-only', invitation.personId, on);
    visit?.pictures.setSoundOnly(on);
  };
}
