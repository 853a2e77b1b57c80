import type { Preview } from '../live/screens.ts';

/** What the pages show until the devices have been asked for. */
export const noDevicesYet: Preview = {
  camera: 'starting',
  microphone: 'starting',
  stream: null,
  options: { camera: [], microphone: [], speaker: [] },
  chosen: { camera: null, microphone: null, speaker: null },
};
