import type { Invitation } from '#shared/api.ts';

/** Names what this browser keeps for a person. A guest keeps things before being anybody: by the session, then. */
export function localName({ kind, personId, session }: Invitation): string {
  return kind === 'taster' ? `guest-${session.sessionId}` : (personId ?? session.sessionId);
}

/** Notes that this tab is where the person joined, so that a reload goes on; another tab shows the join page first. */
export function markHere(personId: string): void {
  try {
    sessionStorage.setItem(slot(personId), '1');
  } catch {
    // A browser that keeps nothing shows the join page after a reload.
  }
}

export function wasHere(personId: string): boolean {
  try {
    return sessionStorage.getItem(slot(personId)) !== null;
  } catch {
    return false;
  }
}

function slot(personId: string): string {
  return `kinroom-here-${personId}`;
}
