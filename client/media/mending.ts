import type { CaptureKind } from './devices.ts';

const PERMISSIONS: Record<CaptureKind, PermissionName> = { camera: 'camera', microphone: 'microphone' };

/**
 * Notices what makes a device usable again without a tap on our page: `recover` when one is plugged in or the page
 * comes back into view, `mend` when the browser's permission for that kind becomes granted. Returns how to stop.
 */
export function watchForMending(on: { recover(): void; mend(kind: CaptureKind): void }): () => void {
  const ended = new AbortController();
  const { signal } = ended;
  navigator.mediaDevices?.addEventListener('devicechange', on.recover, { signal });
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && on.recover(), {
    signal,
  });
  for (const kind of ['camera', 'microphone'] as const) {
    void navigator.permissions
      ?.query({ name: PERMISSIONS[kind] })
      .then((status) => {
        status.addEventListener('change', () => status.state === 'granted' && on.mend(kind), { signal });
      })
      // Some browsers know no such permission; there the person's own "try again" is left.
      .catch(() => undefined);
  }
  return () => ended.abort();
}
