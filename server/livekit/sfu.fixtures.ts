import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AccessToken } from 'livekit-server-sdk';
import { connectLivekit, type Livekit } from './client.ts';

const apiKey = 'key';
const apiSecret = 's'.repeat(32);

export type ListeningSfu = {
  livekit: Livekit;
  removed: string[];
  closed: string[];
  opened: object[];
  close(): void;
};

/** Listens where LiveKit's API would, says yes to every call and keeps whom and what it was asked to remove and close. */
export async function listeningSfu(): Promise<ListeningSfu> {
  const removed: string[] = [];
  const closed: string[] = [];
  const opened: object[] = [];
  const http = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += chunk));
    request.on('end', () => {
      const asked = JSON.parse(body || '{}') as { identity: string; room: string };
      if (request.url?.endsWith('/RemoveParticipant')) removed.push(asked.identity);
      if (request.url?.endsWith('/DeleteRoom')) closed.push(asked.room);
      if (request.url?.endsWith('/CreateRoom')) opened.push(asked);
      response.setHeader('Content-Type', 'application/json').end('{}');
    });
  }).listen(0, '127.0.0.1');
  await once(http, 'listening');
  const address = `127.0.0.1:${(http.address() as AddressInfo).port}`;
  const livekit = connectLivekit({ url: `ws://${address}`, apiUrl: `http://${address}`, apiKey, apiSecret });
  return { livekit, removed, closed, opened, close: () => http.close() };
}

/** What LiveKit sends in the Authorization header of a webhook with this body. */
export function webhookSignature(body: string): Promise<string> {
  const token = new AccessToken(apiKey, apiSecret);
  token.sha256 = createHash('sha256').update(body).digest('base64');
  return token.toJwt();
}
