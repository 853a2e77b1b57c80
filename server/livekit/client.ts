import { AccessToken, RoomServiceClient, TrackSource, TwirpError, WebhookReceiver } from 'livekit-server-sdk';
import type { LivekitConfig } from '../config.ts';

/** LiveKit as the rest of the server sees it: tokens, the two room calls, and webhooks. Keeps the API secret. */
export type Livekit = {
  /** Where browsers connect to, ws:// or wss://. */
  url: string;
  /** A join token for one room and one identity, valid 60 s: microphone and camera only, nothing hidden or recorded. */
  mintToken(identity: string, mediaRoom: string): Promise<string>;
  /** Opens a room for a connection test: for two, and gone when it has been empty for this long (ms). */
  openTestRoom(testRoom: string, life: number): Promise<void>;
  /** A token for a connection test, valid 60 s: one end sends camera and microphone, the other receives. */
  mintTestToken(identity: string, testRoom: string, way: 'sends' | 'receives'): Promise<string>;
  closeRoom(mediaRoom: string): Promise<void>;
  removeParticipant(mediaRoom: string, identity: string): Promise<void>;
  /** The verified event of a webhook, or null when its signature does not fit. */
  readWebhook(body: string, authorization: string | undefined): Promise<JoinedEvent | null>;
};

export type JoinedEvent = { event: string; mediaRoom: string; identity: string };

export function connectLivekit(config: LivekitConfig): Livekit {
  const rooms = new RoomServiceClient(config.apiUrl, config.apiKey, config.apiSecret);
  const receiver = new WebhookReceiver(config.apiKey, config.apiSecret);
  return {
    url: config.url,
    mintToken(identity, mediaRoom) {
      const token = new AccessToken(config.apiKey, config.apiSecret, { identity, ttl: 60 });
      token.addGrant({
        roomJoin: true,
        room: mediaRoom,
        canSubscribe: true,
        canPublish: true,
        canPublishSources: [TrackSource.CAMERA, TrackSource.MICROPHONE],
        canPublishData: true,
        canUpdateOwnMetadata: false,
      });
      return token.toJwt();
    },
    async openTestRoom(name, life) {
      const seconds = Math.ceil(life / 1_000);
      await rooms.createRoom({ name, maxParticipants: 2, emptyTimeout: seconds, departureTimeout: seconds });
    },
    mintTestToken(identity, testRoom, way) {
      const token = new AccessToken(config.apiKey, config.apiSecret, { identity, ttl: 60 });
      token.addGrant({
        roomJoin: true,
        room: testRoom,
        canSubscribe: way === 'receives',
        canPublish: way === 'sends',
        canPublishSources: way === 'sends' ? [TrackSource.CAMERA, TrackSource.MICROPHONE] : [],
        canPublishData: false,
        canUpdateOwnMetadata: false,
      });
      return token.toJwt();
    },
    closeRoom: (mediaRoom) => unlessGone(rooms.deleteRoom(mediaRoom)),
    removeParticipant: (mediaRoom, identity) => unlessGone(rooms.removeParticipant(mediaRoom, identity)),
    async readWebhook(body, authorization) {
      try {
        const { event, room, participant } = await receiver.receive(body, authorization);
        return { event, mediaRoom: room?.name ?? '', identity: participant?.identity ?? '' };
      } catch {
        return null;
      }
    },
  };
}

/** A room or participant that is gone already is what was wanted. */
async function unlessGone(call: Promise<unknown>): Promise<void> {
  try {
    await call;
  } catch (error) {
    if (error instanceof TwirpError && error.status === 404) return;
    throw error;
  }
}
