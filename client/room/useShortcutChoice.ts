import { useState } from 'react';

const place = 'kinroom:shortcuts';

/** Whether this device wants shortcuts, kept for the next time; on unless switched off. */
export function useShortcutChoice(): [boolean, (on: boolean) => void] {
  const [on, setOn] = useState(() => localStorage.getItem(place) !== 'off');
  const choose = (wanted: boolean) => {
    setOn(wanted);
    localStorage.setItem(place, wanted ? 'on' : 'off');
  };
  return [on, choose];
}
