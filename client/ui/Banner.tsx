import type { ReactNode } from 'react';

import { Icon, type IconName } from './Icon.tsx';

/** A line that floats above the screen and pushes nothing. What holds it is a live region, so that it is read out. */
export function Banner({ icon, children, action }: { icon: IconName; children: ReactNode; action?: ReactNode }) {
  return (
    <div className="banner">
      <Icon name={icon} />
      <p>{children}</p>
      {action}
    </div>
  );
}
