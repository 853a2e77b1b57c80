import { TokenVerifier } from 'livekit-server-sdk';
import { expect, test } from 'vitest';
import { connectLivekit } from './client.ts';

const config = { url: 'ws://localhost:1', apiUrl: 'http://127.0.0.1:1', apiKey: 'key', apiSecret: 's'.repeat(32) };

test('a token opens one room for one identity, shortly, and can neither record nor hide nor manage', async () => {
  const token = await connectLivekit(config).mintToken('person#device', 'room-1');
  const claims = await new TokenVerifier('key', config.apiSecret).verify(token);
  expect(claims.sub).toBe('person#device');
  expect(claims.video).toEqual({
    roomJoin: true,
    room: 'room-1',
    canSubscribe: true,
    canPublish: true,
    canPublishSources: ['camera', 'microphone'],
    canPublishData: true,
    canUpdateOwnMetadata: false,
  });
  expect((claims.exp ?? 0) - (claims.nbf ?? 0)).toBeLessThanOrEqual(60);
  expect(claims.name ?? '').toBe('');
  expect(claims.metadata ?? '').toBe('');
});

test('a webhook without the right signature is nothing', async () => {
  expect(await connectLivekit(config).readWebhook('{"event":"participant_joined"}', 'Bearer forged')).toBeNull();
  expect(await connectLivekit(config).readWebhook('{}', undefined)).toBeNull();
});
