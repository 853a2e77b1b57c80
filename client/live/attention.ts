import type { LocalDevices } from '../media/devices.ts';

/** A phone whose page is hidden: locked, in a call, or with another app in front. */
export function isPutAside(): boolean {
  return matchMedia('(pointer: coarse)').matches && document.visibilityState === 'hidden';
}

/**
 * Calls back when this device was put aside: a phone that was locked or took a call, seen by a hidden page on a touch
 * device or a microphone that the system took away. Another tab in front on a laptop is not that. Returns how to stop.
 */
export function watchAttention(devices: LocalDevices, onAway: () => void): () => void {
  const whenHidden = (): void => {
    if (isPutAside()) onAway();
  };
  let microphone: MediaStreamTrack | null = null;
  const follow = (): void => {
    const track = devices.audioTrack();
    if (track === microphone) return;
    microphone?.removeEventListener('mute', onAway);
    microphone = track;
    microphone?.addEventListener('mute', onAway);
  };
  follow();
  const unfollow = devices.subscribe(follow);
  document.addEventListener('visibilitychange', whenHidden);
  return () => {
    unfollow();
    microphone?.removeEventListener('mute', onAway);
    document.removeEventListener('visibilitychange', whenHidden);
  };
}
