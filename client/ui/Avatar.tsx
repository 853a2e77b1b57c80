import type { CSSProperties } from 'react';

import { initials, toneOf } from './initials.ts';

/** Initials in a circle, for where there is no picture. The name stands beside it, so it is hidden from screen readers. */
export function Avatar({ name, rem }: { name: string; rem: number }) {
  const style: CSSProperties & Record<'--av', string> = { '--av': `${rem}rem` };
  return (
    <span className={`avatar ${toneOf(name)}`} style={style} aria-hidden="true">
      {initials(name)}
    </span>
  );
}
