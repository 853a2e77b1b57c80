import { useEffect, useEffectEvent } from 'react';

import { shortcutOf, type Press, type Shortcut } from './shortcuts.ts';

const controls = 'button, a, input, select, textarea, summary, [role="tab"], [contenteditable]';
const fields = 'input:not([type="checkbox"]), select, textarea, [contenteditable]';

/**
 * Listens for shortcuts while `on`. `onKey` gets each; `talk` comes with `true` when Space goes down and `false` when
 * it comes up again or the window loses the keyboard.
 */
export function useShortcuts(props: {
  on: boolean;
  who: { isStaff: boolean; isLead: boolean };
  onKey(shortcut: Exclude<Shortcut, 'talk'>): void;
  onTalk(talking: boolean): void;
}): void {
  const { on, who } = props;
  const onDown = useEffectEvent((event: KeyboardEvent, talking: boolean): boolean => {
    const shortcut = shortcutOf(readPress(event), who);
    if (shortcut === null) return talking;
    event.preventDefault();
    if (shortcut !== 'talk') {
      props.onKey(shortcut);
      return talking;
    }
    props.onTalk(true);
    return true;
  });
  const onSilence = useEffectEvent(() => props.onTalk(false));

  useEffect(() => {
    if (!on) return;
    let talking = false;
    const down = (event: KeyboardEvent) => {
      if (event.defaultPrevented || document.querySelector('dialog[open]') !== null) return;
      talking = onDown(event, talking);
    };
    const silence = () => {
      if (talking) onSilence();
      talking = false;
    };
    const up = (event: KeyboardEvent) => {
      if (event.key === ' ') silence();
    };
    document.addEventListener('keydown', down);
    document.addEventListener('keyup', up);
    window.addEventListener('blur', silence);
    return () => {
      silence();
      document.removeEventListener('keydown', down);
      document.removeEventListener('keyup', up);
      window.removeEventListener('blur', silence);
    };
  }, [on]);
}

function readPress(event: KeyboardEvent): Press {
  const focused = event.target instanceof Element ? event.target : null;
  return {
    key: event.key,
    modified: event.ctrlKey || event.altKey || event.metaKey,
    repeated: event.repeat,
    typing: Boolean(focused?.closest(fields)),
    onControl: Boolean(focused?.closest(controls)),
  };
}
