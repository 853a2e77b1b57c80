import type { Invitation } from '#shared/api.ts';
import { request, type Answer } from './request.ts';

/** The invitation again, for a browser that was enrolled before. */
export function findSeat(personId: string): Promise<Answer<Invitation>> {
  return request('GET', `/api/seats/${encodeURIComponent(personId)}`);
}
