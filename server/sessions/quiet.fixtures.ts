import type { LiveOptions } from './live.ts';

/** For tests that hold sessions in one process and listen to nothing that happens in them. */
export const quiet: Omit<LiveOptions, 'db' | 'now'> = {
  shared: false,
  onSteps: () => {},
  storing: () => true,
  onStored: () => {},
  onEffects: () => {},
  onError: () => {},
};
