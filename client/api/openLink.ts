import type { Invitation, OpenLinkBody } from '#shared/api.ts';
import { request, type Answer } from './request.ts';

/** What a link leads to. */
export function openLink(body: OpenLinkBody): Promise<Answer<Invitation>> {
  return request('POST', '/api/links/open', body);
}
