import { useEffect, useRef, type RefObject } from 'react';

/** The title index.html comes with: while it stands, no screen was shown before. */
const untouched = 'Kinroom';

/**
 * Names the tab (with nothing personal: it stays in the browser's history) and, where the screen before took the focus
 * away with it, puts it on this screen's heading, which needs `tabIndex={-1}`. Returns the heading's ref.
 */
export function useScreenStart(title: string): RefObject<HTMLHeadingElement | null> {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    const lost = document.activeElement === null || document.activeElement === document.body;
    if (document.title !== untouched && lost) heading.current?.focus({ preventScroll: true });
    document.title = `${title} · Kinroom`;
  }, [title]);
  return heading;
}
