import { useRef, type ReactNode } from 'react';

import { useOverflow } from './useOverflow.ts';

/** A part of the screen that scrolls by itself when its content is too long, by keyboard too. */
export function ScrollArea(props: { as: 'aside' | 'div'; className: string; label?: string; children: ReactNode }) {
  const { as: Element, className, label, children } = props;
  const ref = useRef<HTMLDivElement>(null);
  const over = useOverflow(ref);
  return (
    <Element
      ref={ref}
      className={className}
      aria-label={label}
      role={Element === 'div' && over && label !== undefined ? 'group' : undefined}
      tabIndex={over ? 0 : undefined}
    >
      {children}
    </Element>
  );
}
