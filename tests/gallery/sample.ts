import type { ReactNode } from 'react';

import type { Actions } from '../../client/live/screens.ts';

/** One screen in one state. */
export type Sample = {
  /** Minutes after 19:00 at which the clock stands when the page opens. */
  at: number;
  show(given: { actions: Actions }): ReactNode;
  /** Names of buttons that are pressed, one after the other, before the page is looked at. */
  press?: string[];
  /** The same, before those, where the window is narrow. */
  pressNarrow?: string[];
};
