import type { Findings } from './connectionTest.ts';

/** A test in which everything went well. */
export const good = {
  browser: { encrypts: true, app: null },
  devices: { camera: 'on', microphone: 'on' },
  server: { answers: true, socket: true },
  media: 'udp',
  loop: { framesPerSecond: 24, kbits: 612, lost: 0, soundPackets: 50, roundTrip: 38 },
} satisfies Findings;
