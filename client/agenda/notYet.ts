import type { Segment } from '#shared/session/state.ts';

/** What this version can't do yet for a segment, in words for the group; null where nothing is lacking. */
export function notYet(segment: Segment): string | null {
  if (segment.where === 'breakout') return 'Small rooms are not here yet. For now this part happens all together.';
  if (segment.kind === 'clip-review') return 'Sharing a clip is not here yet. For now, tell each other about it.';
  return null;
}
