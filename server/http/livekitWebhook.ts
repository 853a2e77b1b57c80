import { Router, text } from 'express';
import { mediaIdentity } from '../sessions/effects.ts';
import type { LiveSession } from '../sessions/live.ts';
import type { HttpContext } from './app.ts';

/**
 * POST /api/livekit/webhook: LiveKit says who joined a room. Whoever is not in the session (any more) is removed again:
 * the SFU itself honours an old token for minutes after its time.
 */
export function livekitWebhook({ livekit, sessions }: HttpContext): Router {
  return Router().post('/livekit/webhook', text({ type: '*/*', limit: '64kb' }), async (request, response) => {
    const body: unknown = request.body;
    const joined = await livekit.readWebhook(typeof body === 'string' ? body : '', request.get('authorization'));
    if (joined === null) return void response.status(401).end();
    if (joined.event === 'participant_joined' && joined.identity !== '') {
      const session = sessions.byMediaRoom(joined.mediaRoom);
      if (session && !belongs(session, joined.identity)) {
        await livekit.removeParticipant(joined.mediaRoom, joined.identity);
      }
    }
    response.status(200).end();
  });
}

function belongs(session: LiveSession, identity: string): boolean {
  const { people, phase } = session.state();
  if (phase === 'ended') return false;
  return Object.values(people).some(
    ({ status, personId, device }) => status === 'admitted' && mediaIdentity(personId, device.deviceId) === identity,
  );
}
