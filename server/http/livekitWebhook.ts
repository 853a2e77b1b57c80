import { Router, text } from 'express';
import { testRoomEnd } from '../access/testRooms.ts';
import { isMediaRoom } from '../access/tokens.ts';
import { belongs } from '../sessions/effects.ts';
import type { HttpContext } from './context.ts';
import { sendProblem } from './problems.ts';

/**
 * POST /api/livekit/webhook: LiveKit says who joined a room. Whoever is not in the session (any more) is removed again,
 * also from a room of ours that no session has any more: the SFU itself honours an old token for minutes after its time.
 */
export function livekitWebhook({
  livekit,
  sessions,
  limits,
  now,
}: Pick<HttpContext, 'livekit' | 'sessions' | 'limits' | 'now'>): Router {
  return Router().post('/livekit/webhook', text({ type: '*/*', limit: '64kb' }), async (request, response) => {
    const body: unknown = request.body;
    const joined = await livekit.readWebhook(typeof body === 'string' ? body : '', request.get('authorization'));
    // Only what is not signed counts against its sender: the SFU itself may have much to say.
    if (joined === null) return sendProblem(response, (await limits.unsigned(request)) ? 'notSignedIn' : 'tooMany');
    if (joined.event === 'participant_joined' && joined.identity !== '' && isMediaRoom(joined.mediaRoom)) {
      const session = await sessions.byMediaRoom(joined.mediaRoom);
      if (!session || !belongs(session.state(), joined.identity)) {
        await livekit.removeParticipant(joined.mediaRoom, joined.identity);
      }
    }
    const end = testRoomEnd(joined.mediaRoom);
    // Its token goes on being renewed by the SFU, so a connection test could come back for ever.
    if (joined.event === 'participant_joined' && end !== null && end < now()) await livekit.closeRoom(joined.mediaRoom);
    response.status(200).end();
  });
}
