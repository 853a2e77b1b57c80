import type { Invitation } from '#shared/api.ts';
import { enrolDevice } from '../api/enrolDevice.ts';
import type { Answer } from '../api/request.ts';
import { openDeviceKeys } from '../keys/deviceKeys.ts';
import { browserKeyStore } from '../keys/keyStore.ts';
import { rememberGuest } from './guest.ts';
import { localName } from './localName.ts';
import { seatPath } from './place.ts';

export type Enrolment = Answer<Invitation & { personId: string }>;

/** Enrols this browser with a link's token: the invitation with the person it is for now, or why not. */
export async function enrol(invitation: Invitation, token: string, name: string | null): Promise<Enrolment> {
  const { deviceId } = await openDeviceKeys(browserKeyStore(localName(invitation)));
  const { personId: known, kind } = invitation;
  const extra = { ...(name === null ? {} : { name }), ...(known === null ? {} : { personId: known }) };
  const enrolled = await enrolDevice({ token, deviceId, ...extra });
  if (!enrolled.ok) return enrolled;
  const { personId } = enrolled.value;
  if (kind === 'taster') rememberGuest(token, personId);
  // From here on a reload finds the seat, and the link is no longer on a screen that is shared.
  history.replaceState(null, '', seatPath(personId));
  return { ok: true, value: { ...invitation, personId, name: name ?? invitation.name, enrolled: true } };
}
