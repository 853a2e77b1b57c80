import { Router, text } from 'express';
import { isMediaRoom } from '../access/tokens.ts';
import { belongs } from '../sessions/effects.ts';
import type { HttpContext } from './context.ts';

/**
 * POST /api/livekit/webhook: LiveKit says who joined a room. Whoever is not in the session (any more) is removed again,
 * also from a room of ours that no session has any more: the SFU itself honours an old token for minutes after its time.
 */
export function livekitWebhook({ livekit, sessions }: Pick<HttpContext, 'livekit' | 'sessions'>): Router {
  return Router().post('/livekit/webhook', text({ type: '*/*', limit: '64kb' }), async (request, response) => {
    const body: unknown = request.body;
    const joined = await livekit.readWebhook(typeof body === 'string' ? body : '', request.get('authorization'));
    if (joined === null) return void response.status(401).end();
    if (joined.event === 'participant_joined' && joined.identity !== '' && isMediaRoom(joined.mediaRoom)) {
      const session = sessions.byMediaRoom(joined.mediaRoom);
      if (!session || !belongs(session.state(), joined.identity)) {
        await livekit.removeParticipant(joined.mediaRoom, joined.identity);
      }
    }
    response.status(200).end();
  });
}
