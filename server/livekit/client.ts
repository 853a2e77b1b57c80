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

  /** The only place that makes a join token: nothing here can make one that is hidden, records or manages. */
  function mint(identity: string, room: string, may: { sends: boolean; receives: boolean; data: boolean }) {
    const token = new AccessToken(config.apiKey, config.apiSecret, { identity, ttl: 60 });
    token.addGrant({
      roomJoin: true,
      room,
      canSubscribe: may.receives,
      canPublish: may.sends,
      canPublishSources: may.sends ? [TrackSource.CAMERA, TrackSource.MICROPHONE] : [],
      canPublishData: may.data,
      canUpdateOwnMetadata: false,
    });
    return token.toJwt();
  }

  return {
    url: config.url,
    mintToken: (identity, mediaRoom) => mint(identity, mediaRoom, { sends: true, receives: true, data: true }),
    async openTestRoom(name, life) {
      const seconds = Math.ceil(life / 1_000);
      await rooms.createRoom({ name, maxParticipants: 2, emptyTimeout: seconds, departureTimeout: seconds });
    },
    mintTestToken: (identity, testRoom, way) =>
      mint(identity, testRoom, { sends: way === 'sends', receives: way === 'receives', data: false }),
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
