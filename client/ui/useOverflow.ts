import { useLayoutEffect, useState, type RefObject } from 'react';

/**
 * Whether an element holds more than it shows. It then needs `tabIndex={0}`: what can only be reached by scrolling must
 * be reachable by keyboard (WCAG 2.1.1).
 */
export function useOverflow(ref: RefObject<HTMLElement | null>): boolean {
  const [over, setOver] = useState(false);
  // After every drawing, since what is inside may have grown.
  useLayoutEffect(() => {
    const element = ref.current;
    if (element === null) return;
    const measure = () => setOver(element.scrollHeight > element.clientHeight + 1);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  });
  return over;
}
