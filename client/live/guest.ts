/** Remembers in this browser as whom an open link was followed, so that a guest who comes back is the same guest. */
export function rememberGuest(token: string, personId: string): void {
  store('setItem', token, personId);
}

export function rememberedGuest(token: string): string | null {
  try {
    return localStorage.getItem(slot(token));
  } catch {
    return null;
  }
}

export function forgetGuest(token: string): void {
  store('removeItem', token, '');
}

function store(verb: 'setItem' | 'removeItem', token: string, personId: string): void {
  try {
    if (verb === 'setItem') localStorage.setItem(slot(token), personId);
    else localStorage.removeItem(slot(token));
  } catch {
    // A browser that keeps nothing: the guest is asked for their name again.
  }
}

/** Half of the token names the slot: enough to tell links apart, too little to open one. */
function slot(token: string): string {
  return `kinroom-guest-${token.slice(0, 16)}`;
}
