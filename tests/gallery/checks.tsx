import { ConnectionTestPage } from '../../client/join/ConnectionTestPage.tsx';
import { good } from '../../client/live/connectionTest.fixtures.ts';
import type { ConnectionTester, TestView } from '../../client/live/connectionTest.ts';

import { facePicture } from './faces.ts';
import type { Sample } from './sample.ts';

function check(view: Partial<TestView>, back = false): Sample {
  const shown: TestView = { stage: 'done', at: null, findings: good, picture: null, ...view };
  const tester: ConnectionTester = { view: () => shown, subscribe: () => () => {}, start: () => {}, stop: () => {} };
  return { at: 0, show: () => <ConnectionTestPage tester={tester} onBack={back ? () => {} : null} /> };
}

/** The connection test in every state. */
export const checks: Record<string, Sample> = {
  check: check({ stage: 'ready', findings: {} }),
  'check-from-join': check({ stage: 'ready', findings: {} }, true),
  'check-asking': check({ stage: 'running', at: 'devices', findings: { browser: { encrypts: true, app: null } } }),
  'check-running': check({
    stage: 'running',
    at: 'loop',
    findings: {
      browser: { encrypts: true, app: null },
      devices: 'notAsked',
      server: { answers: true, socket: true },
      media: 'udp',
    },
    picture: facePicture('Priya'),
  }),
  'check-ready': check({}, true),
  'check-sound-first': check({
    findings: {
      ...good,
      devices: { camera: 'missing', microphone: 'on' },
      media: 'tcp',
      loop: { framesPerSecond: 9, kbits: 190, lost: 0.08, soundPackets: 46, roundTrip: 210 },
    },
  }),
  'check-in-the-way': check({
    findings: {
      browser: { encrypts: true, app: 'Facebook' },
      devices: { camera: 'blocked', microphone: 'blocked' },
      server: { answers: true, socket: false },
      media: 'unreached',
    },
  }),
  'check-unfinished': check({
    findings: { browser: { encrypts: true, app: null }, devices: 'notAsked', server: { answers: true, socket: true } },
  }),
};
