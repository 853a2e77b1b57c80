import type { Tile } from '../live/screens.ts';

/** How it is with a seat, in a word or two. */
export function standingText(tile: Pick<Tile, 'standing' | 'role' | 'isYou' | 'weak'>): string {
  switch (tile.standing) {
    case 'joining':
      return 'Coming in';
    case 'reconnecting':
      return 'Reconnecting';
    case 'backSoon':
      return 'Back soon';
    case 'waiting':
      return 'Waiting';
    case 'absent':
      return 'Not here';
    case 'here':
      if (tile.weak) return 'Weak connection';
      return tile.isYou ? 'You' : roleText(tile.role);
  }
}

/** A role as others read it; families need none. */
export function roleText(role: Tile['role']): string {
  if (role === 'facilitator') return 'Facilitator';
  return role === 'coFacilitator' ? 'Co-facilitator' : '';
}
