import type { SegmentKind } from '#shared/programme/programme.ts';

import type { IconName } from '../ui/Icon.tsx';

/** One picture and one hue for each kind of segment (the hues are in tokens.css). */
export const kindLooks: Record<SegmentKind, { icon: IconName; hue: string }> = {
  welcome: { icon: 'door', hue: 'settle' },
  'check-in': { icon: 'circlePeople', hue: 'share' },
  teach: { icon: 'book', hue: 'learn' },
  'video-demo': { icon: 'film', hue: 'learn' },
  'role-play': { icon: 'pair', hue: 'practise' },
  'clip-review': { icon: 'film', hue: 'clip' },
  breakout: { icon: 'rooms', hue: 'practise' },
  break: { icon: 'cup', hue: 'settle' },
  homework: { icon: 'home', hue: 'plan' },
  close: { icon: 'moon', hue: 'settle' },
  'joint-play': { icon: 'star', hue: 'practise' },
  dialogue: { icon: 'chat', hue: 'share' },
};
