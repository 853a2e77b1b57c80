import type { Invitation } from '#shared/api.ts';

/** Names what this browser keeps for a person. A guest keeps things before being anybody: by the session, then. */
export function localName({ kind, personId, session }: Invitation): string {
  return kind === 'taster' ? `guest-${session.sessionId}` : (personId ?? session.sessionId);
}
