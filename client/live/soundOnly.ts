import type { Invitation } from '#shared/api.ts';
import type { PictureKeeper } from '../media/bandwidthKeeper.ts';
import type { LocalDevices } from '../media/devices.ts';

type Now = { visit: { pictures: PictureKeeper } | null; devices: LocalDevices | null; invitation: Invitation | null };

/**
 * Switches all pictures off for this person, or the others' on again. Their own camera goes off with them and stays off:
 * nobody is seen again without having turned it on.
 */
export function soundOnlyAction(now: () => Now): (on: boolean) => void {
  return (on) => {
    const { visit, devices, invitation } = now();
    if (on) devices?.setOn('camera', false);
    if (invitation?.personId) keep(invitation.personId, on);
    visit?.pictures.setSoundOnly(on);
  };
}

/** Whether this seat was on sound only in this tab: a reload comes back as it was. */
export function wasSoundOnly(personId: string): boolean {
  try {
    return sessionStorage.getItem(slot(personId)) !== null;
  } catch {
    return false;
  }
}

function keep(personId: string, on: boolean): void {
  try {
    if (on) sessionStorage.setItem(slot(personId), '1');
    else sessionStorage.removeItem(slot(personId));
  } catch {
    // A browser that keeps nothing takes pictures again after a reload.
  }
}

function slot(personId: string): string {
  return `kinroom-sound-only-${personId}`;
}
