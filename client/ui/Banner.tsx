import type { ReactNode } from 'react';

import { Icon, type IconName } from './Icon.tsx';

/** A line that floats above the screen and pushes nothing; read out politely when it appears. */
export function Banner({ icon, children, action }: { icon: IconName; children: ReactNode; action?: ReactNode }) {
  return (
    <output className="banner">
      <Icon name={icon} />
      <span className="grow">{children}</span>
      {action}
    </output>
  );
}
