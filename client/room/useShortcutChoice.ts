import { useState } from 'react';

const place = 'kinroom-shortcuts';

/** Whether this device wants shortcuts, kept for the next time; on unless switched off. */
export function useShortcutChoice(): [boolean, (on: boolean) => void] {
  const [on, setOn] = useState(remembered);
  const choose = (wanted: boolean) => {
    setOn(wanted);
    try {
      localStorage.setItem(place, wanted ? 'on' : 'off');
    } catch {
      // A browser that keeps nothing: the choice holds until the page is closed.
    }
  };
  return [on, choose];
}

function remembered(): boolean {
  try {
    return localStorage.getItem(place) !== 'off';
  } catch {
    return true;
  }
}
