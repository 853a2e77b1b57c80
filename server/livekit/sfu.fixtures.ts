import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AccessToken } from 'livekit-server-sdk';
import { connectLivekit, type Livekit } from './client.ts';

const apiKey = 'key';
const apiSecret = 's'.repeat(32);

/** Listens where LiveKit's API would, says yes to every call and keeps whom it was asked to remove. */
export async function listeningSfu(): Promise<{ livekit: Livekit; removed: string[]; close(): void }> {
  const removed: string[] = [];
  const http = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += chunk));
    request.on('end', () => {
      if (request.url?.endsWith('/RemoveParticipant'))
        removed.push((JSON.parse(body) as { identity: string }).identity);
      response.setHeader('Content-Type', 'application/json').end('{}');
    });
  }).listen(0, '127.0.0.1');
  await once(http, 'listening');
  const address = `127.0.0.1:${(http.address() as AddressInfo).port}`;
  const livekit = connectLivekit({ url: `ws://${address}`, apiUrl: `http://${address}`, apiKey, apiSecret });
  return { livekit, removed, close: () => http.close() };
}

/** What LiveKit sends in the Authorization header of a webhook with this body. */
export function webhookSignature(body: string): Promise<string> {
  const token = new AccessToken(apiKey, apiSecret);
  token.sha256 = createHash('sha256').update(body).digest('base64');
  return token.toJwt();
}
