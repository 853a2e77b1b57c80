import { createHmac } from 'node:crypto';
import type { SfuKeys } from './sfuConfig.ts';

/** What an SFU says to its key: `accepted`, `refused`, or, with something else at that address, `strange`. */
export type KeyAnswer = 'accepted' | 'refused' | 'strange';

/**
 * Lists the SFU's rooms at the http(s) address of its API, which it does only for who signs with its key. Rejects when
 * nobody answers or the signal aborts. By hand, since livekit-server-sdk is for server/livekit: it is one request.
 */
export async function askWithKey(apiUrl: string, keys: SfuKeys, signal: AbortSignal): Promise<KeyAnswer> {
  const response = await fetch(`${apiUrl}/twirp/livekit.RoomService/ListRooms`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${listToken(keys)}` },
    body: '{}',
    signal,
  });
  await response.arrayBuffer();
  if (response.ok) return 'accepted';
  return response.status === 401 || response.status === 403 ? 'refused' : 'strange';
}

/** A LiveKit access token that may list rooms and nothing else, for a minute. */
function listToken({ apiKey, apiSecret }: SfuKeys): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const expires = Math.floor(Date.now() / 1000) + 60;
  const content = `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ iss: apiKey, exp: expires, video: { roomList: true } })}`;
  return `${content}.${createHmac('sha256', apiSecret).update(content).digest('base64url')}`;
}
