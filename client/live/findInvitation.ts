import type { Invitation } from '#shared/api.ts';
import { findSeat } from '../api/findSeat.ts';
import { openLink } from '../api/openLink.ts';
import type { Answer } from '../api/request.ts';
import { rememberedGuest } from './guest.ts';
import type { Place } from './place.ts';

/** The invitation that an address leads to; for an open link as the guest whom this browser was before. */
export function findInvitation(place: Exclude<Place, { kind: 'none' }>): Promise<Answer<Invitation>> {
  if (place.kind === 'seat') return findSeat(place.personId);
  const guest = rememberedGuest(place.token);
  return openLink({ token: place.token, ...(guest === null ? {} : { personId: guest }) });
}
