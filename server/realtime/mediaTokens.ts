import { mediaIdentity } from '#shared/session/roster.ts';
import type { AudienceId } from '#shared/session/state.ts';
import type { MediaTokenAnswer } from '#shared/socketEvents.ts';
import type { Livekit } from '../livekit/client.ts';
import type { Watch } from '../metrics/watch.ts';
import { refuse } from '../sessions/live.ts';
import { isInRoom, type KinroomSocket } from './connections.ts';

export type MediaTokenOptions = { livekit: Pick<Livekit, 'url' | 'mintToken'>; watch: Watch };

export type MediaTokens = ReturnType<typeof mediaTokens>;

/** Returns what makes a device's token for an audience's media room; refuses with `ended` and `notInRoom`. */
export function mediaTokens({ livekit, watch }: MediaTokenOptions) {
  return async ({ data }: KinroomSocket, audience: AudienceId): Promise<MediaTokenAnswer> => {
    const { session, viewer, deviceId } = data;
    const { phase, audiences } = session.state();
    if (phase === 'ended') return refuse('ended');
    if (!isInRoom(data)) return refuse('notInRoom');
    const token = await livekit.mintToken(mediaIdentity(viewer.personId, deviceId), audiences[audience].mediaRoom);
    watch.tokenGiven({ sessionId: session.sessionId, deviceId });
    return { ok: true, url: livekit.url, token };
  };
}
