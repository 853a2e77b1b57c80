import { openConnectionTest } from '../api/openConnectionTest.ts';
import { capture, captureBoth, type Captured } from '../media/capture.ts';
import type { DeviceState } from '../media/devices.ts';
import { createStandIn } from '../media/standIn.ts';
import { canEncrypt, inAppBrowser } from '../media/support.ts';
import type { Traffic, Way } from '../media/traffic.ts';
import { reachSocket } from '../session/reachSocket.ts';

/** What is looked at, in this order. */
export const parts = ['browser', 'devices', 'server', 'media', 'loop'] as const;
export type Part = (typeof parts)[number];

/** What was found; a part that has not been looked at is not there. Nothing of it says who somebody is. */
export type Findings = {
  browser?: { encrypts: boolean; app: string | null };
  /** `notAsked`: tested without camera and microphone. */
  devices?: { camera: DeviceState; microphone: DeviceState } | 'notAsked';
  server?: { answers: true; socket: boolean } | { answers: false; error: string; say: string };
  media?: Way | 'unreached';
  loop?: Traffic;
};

export type TestView = {
  stage: 'ready' | 'running' | 'done';
  /** What is looked at right now. */
  at: Part | null;
  findings: Findings;
  /** The test's own picture after its way through the SFU and back, while there is one. */
  picture: ((element: HTMLVideoElement) => () => void) | null;
};

export type ConnectionTester = {
  view(): TestView;
  subscribe(listener: () => void): () => void;
  /** Call it from a tap: with `devices` the browser asks for camera and microphone. */
  start(options: { devices: boolean }): void;
  /** Ends what is under way; camera and microphone go off. */
  stop(): void;
};

/** Tries everything that a session needs, without a session: each part only when those before it went well. */
export function createConnectionTester(address: Location): ConnectionTester {
  const listeners = new Set<() => void>();
  let view: TestView = { stage: 'ready', at: null, findings: {}, picture: null };
  let running: AbortController | null = null;

  function show(next: Partial<TestView>): void {
    view = { ...view, ...next };
    for (const listener of listeners) listener();
  }

  async function run(withDevices: boolean, signal: AbortSignal): Promise<void> {
    const found = (findings: Findings, at: Part | null): void => {
      signal.throwIfAborted();
      show({ findings: { ...view.findings, ...findings }, at });
    };
    const browser = { encrypts: canEncrypt(), app: inAppBrowser(navigator.userAgent) };
    found({ browser }, browser.encrypts ? 'devices' : null);
    if (!browser.encrypts) return;

    const standIn = createStandIn();
    const held: MediaStreamTrack[] = [];
    const release = (): void => {
      standIn.stop();
      for (const track of held) track.stop();
    };
    signal.addEventListener('abort', release, { once: true });
    try {
      const devices = withDevices ? await openDevices() : null;
      const tracks = { camera: trackOf(devices?.camera), microphone: trackOf(devices?.microphone) };
      held.push(...[tracks.camera, tracks.microphone].filter((track) => track !== null));
      if (signal.aborted) release();
      const states = devices && { camera: stateOf(devices.camera), microphone: stateOf(devices.microphone) };
      found({ devices: states ?? 'notAsked' }, 'server');

      const [answer, socket] = await Promise.all([openConnectionTest(), reachSocket(address, signal)]);
      if (!answer.ok) return found({ server: { answers: false, ...answer.problem } }, null);
      found({ server: { answers: true, socket } }, 'media');

      const { picture, sound } = standIn;
      if (picture === null || sound === null) throw new Error('This browser can draw no picture.');
      const { runLoop } = await import('../media/connectionTest.ts');
      const loop = await runLoop({
        ...answer.value,
        picture: tracks.camera ?? picture,
        sound: tracks.microphone ?? sound,
        signal,
        onPicture: (attach) => signal.aborted || show({ picture: attach }),
        onWay: (way) => found({ media: way }, 'loop'),
      });
      if (loop === 'unreached') return found({ media: 'unreached' }, null);
      found({ loop }, null);
    } finally {
      release();
    }
  }

  return {
    view: () => view,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    start({ devices }) {
      running?.abort();
      const mine = (running = new AbortController());
      show({ stage: 'running', at: 'browser', findings: {}, picture: null });
      run(devices, mine.signal)
        // Something of the loop broke: what was not found is missing in the findings, and said so.
        .catch(() => {})
        .finally(() => running === mine && show({ stage: 'done', at: null, picture: null }));
    },
    stop() {
      running?.abort();
      running = null;
    },
  };
}

async function openDevices(): Promise<{ camera: Captured; microphone: Captured }> {
  const both = await captureBoth({ camera: null, microphone: null });
  return both ?? { camera: await capture('camera', null), microphone: await capture('microphone', null) };
}

function trackOf(captured: Captured | undefined): MediaStreamTrack | null {
  return captured !== undefined && 'track' in captured ? captured.track : null;
}

function stateOf(captured: Captured): DeviceState {
  return 'track' in captured ? 'on' : captured.problem;
}
