/** `here`: this tab is where the person joined. `sound-only`: they want no pictures. */
type TabMark = 'here' | 'sound-only';

/**
 * Notes something about a seat in this tab, or takes the note back: a reload goes on as it was, another tab begins anew.
 * A browser that keeps nothing begins anew after a reload, too.
 */
export function mark(what: TabMark, personId: string, on = true): void {
  try {
    if (on) sessionStorage.setItem(slot(what, personId), '1');
    else sessionStorage.removeItem(slot(what, personId));
  } catch {
    return;
  }
}

export function isMarked(what: TabMark, personId: string): boolean {
  try {
    return sessionStorage.getItem(slot(what, personId)) !== null;
  } catch {
    return false;
  }
}

function slot(what: TabMark, personId: string): string {
  return `kinroom-${what}-${personId}`;
}
