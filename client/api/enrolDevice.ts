import type { EnrolBody, Enrolled } from '#shared/api.ts';
import { request, type Answer } from './request.ts';

/** Enrols this browser for the person the link belongs to; the answer sets their cookie. */
export function enrolDevice(body: EnrolBody): Promise<Answer<Enrolled>> {
  return request('POST', '/api/devices', body);
}
