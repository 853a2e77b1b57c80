import { narrowQuery, useMedia } from '../ui/useMedia.ts';

/** `low`: a phone on its side; `phone`: also upright tablets; `mid`: small laptops; `wide`: the rest. */
export type RoomLayout = 'low' | 'phone' | 'mid' | 'wide';

/** Which of the room's four arrangements fits the window. In em, so that large text gets the smaller ones. */
export function useRoomLayout(): RoomLayout {
  const low = useMedia('(max-height: 30em) and (orientation: landscape)');
  const phone = useMedia(narrowQuery);
  const mid = useMedia('(max-width: 73.75em)');
  if (low) return 'low';
  if (phone) return 'phone';
  return mid ? 'mid' : 'wide';
}
