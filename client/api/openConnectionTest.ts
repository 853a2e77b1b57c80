import type { ConnectionTest } from '#shared/api.ts';
import { request, type Answer } from './request.ts';

/** A room for two connections of this page, for two minutes. */
export function openConnectionTest(): Promise<Answer<ConnectionTest>> {
  return request('POST', '/api/connection-test', { ends: 2 });
}
