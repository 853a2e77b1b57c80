import { Router } from 'express';
import { connectionTestBody } from '#shared/api.schema.ts';
import type { ConnectionTest } from '#shared/api.ts';
import { newTestRoom, TEST_ROOM_LIFE } from '../access/testRooms.ts';
import { newId } from '../access/tokens.ts';
import type { HttpContext } from './context.ts';
import { sendProblem } from './problems.ts';

/** Tests that may go on at the same time on this server: they share the SFU with those who are in sessions. */
const MOST_AT_ONCE = 20;

/**
 * POST /api/connection-test: a room for two connections of one page, for somebody who has no link yet. It ends after two
 * minutes and its tokens go one way, so that it is of no use for anything else. `broken` when the SFU does not answer.
 */
export function connectionTestRoutes({ livekit, limits, now }: HttpContext): Router {
  const open = new Set<string>();

  async function close(room: string): Promise<void> {
    open.delete(room);
    // The webhook sends away whoever is still there, or comes back, after its end.
    await livekit.closeRoom(room).catch(() => {});
  }

  return Router().post('/connection-test', async (request, response) => {
    if (!connectionTestBody.safeParse(request.body).success) return sendProblem(response, 'badRequest');
    if (open.size >= MOST_AT_ONCE || !(await limits.connectionTest(request))) return sendProblem(response, 'tooMany');
    const room = newTestRoom(now());
    open.add(room);
    setTimeout(() => void close(room), TEST_ROOM_LIFE).unref();
    await livekit.openTestRoom(room, TEST_ROOM_LIFE).catch((error: unknown) => {
      open.delete(room);
      throw error;
    });
    const tokens = await Promise.all([
      livekit.mintTestToken(newId(), room, 'sends'),
      livekit.mintTestToken(newId(), room, 'receives'),
    ]);
    const answer: ConnectionTest = { url: livekit.url, tokens: [tokens[0], tokens[1]] };
    response.json(answer);
  });
}
