import { useLayoutEffect, useState, type RefObject } from 'react';

import type { Area } from './tileLayout.ts';

/** The room that an element's tiles have, kept up to date before anything is painted. Its `column-gap` is theirs. */
export function useTileArea(ref: RefObject<HTMLElement | null>): Area {
  const [area, setArea] = useState<Area>({ width: 0, height: 0, gap: 0, rem: 16 });
  useLayoutEffect(() => {
    const element = ref.current;
    if (element === null) return;
    const measure = () => {
      const now = areaOf(element);
      setArea((before) => (isSame(before, now) ? before : now));
    };
    measure();
    const observer = new ResizeObserver(measure);
    // With its scroll bar, which comes and goes by what is made of this.
    observer.observe(element, { box: 'border-box' });
    return () => observer.disconnect();
  }, [ref]);
  return area;
}

function areaOf(element: HTMLElement): Area {
  const { width, height } = element.getBoundingClientRect();
  const gap = Number.parseFloat(getComputedStyle(element).columnGap) || 0;
  return { width, height, gap, rem: Number.parseFloat(getComputedStyle(document.documentElement).fontSize) };
}

function isSame(a: Area, b: Area): boolean {
  return a.width === b.width && a.height === b.height && a.gap === b.gap && a.rem === b.rem;
}
