/** One line that the launcher prints: who the link is for, and the whole address. */
export type Link = { label: string; url: string };

/** What the server tells the launcher over the IPC channel between them. */
export type ServerMessage =
  /** It listens. `url` is the address people open; `setupLink` is there on the first start with PUBLIC_URL. */
  | { type: 'ready'; url: string; links: Link[]; setupLink?: string }
  /** It met what a restart can't mend: the lines say what to do. The server exits with code 1 after it. */
  | { type: 'failed'; lines: string[] };

/** The message if it is one of ours; null for whatever else travels on the channel. */
export function asServerMessage(message: unknown): ServerMessage | null {
  if (typeof message !== 'object' || message === null || !('type' in message)) return null;
  const type = message.type;
  if (type === 'ready' || type === 'failed') return message as ServerMessage;
  return null;
}
