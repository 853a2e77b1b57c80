import { useCallback, useSyncExternalStore } from 'react';

/** Whether a media query holds now, kept up to date. */
export function useMedia(query: string): boolean {
  const subscribe = useCallback(
    (changed: () => void) => {
      const list = window.matchMedia(query);
      list.addEventListener('change', changed);
      return () => list.removeEventListener('change', changed);
    },
    [query],
  );
  return useSyncExternalStore(subscribe, () => window.matchMedia(query).matches);
}

/** In em, so that large text also gets the narrow layout: 820 px at the usual size. */
export const narrowQuery = '(max-width: 51.25em)';
