// livekit-client's encryption worker, made to fail closed. It turns decryption off for a participant as soon as the
// server announces one plaintext track of theirs, and for a receiver that was unsubscribed; from then on it passes
// frames through as they come. A server could use either to put its own sound and pictures into an encrypted track.
// Here nothing turns encryption off, so a frame that the key doesn't open never leaves this worker.
import 'livekit-client/e2ee-worker';

type Message = { kind: string; data?: { enabled?: boolean; participantIdentity?: string; uuid?: string } };

const handle = self.onmessage;
const enabled = new Set<string>();

self.onmessage = (event: MessageEvent<Message>) => {
  const { kind, data } = event.data;
  if (kind === 'removeTransform') return;
  // Messages are always opened with the key. Their sender may not be known to the page yet, which then stumbles over what
  // it is told of them.
  if (kind === 'decryptDataRequest') return pass(event.data);
  const identity = data?.participantIdentity;
  if (identity !== undefined && (kind === 'enable' || !enabled.has(identity))) {
    enabled.add(identity);
    pass({ kind: 'enable', data: { enabled: true, participantIdentity: identity } });
    if (kind === 'enable') return;
  }
  pass(event.data);
};

// A message that no key here opens, as of somebody who has another epoch's, counts as one that says nothing. Told of an
// error, livekit-client leaves a rejection that nobody catches.
const answer = self.postMessage.bind(self);
self.postMessage = (message: Message) => {
  const { kind, data } = message;
  if (kind !== 'error' || data?.uuid === undefined) return answer(message);
  answer({ kind: 'decryptDataResponse', data: { uuid: data.uuid, payload: new Uint8Array() } });
};

function pass(message: Message): void {
  handle?.call(self, new MessageEvent('message', { data: message }));
}
