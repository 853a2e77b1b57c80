import type { DeviceState, Devices } from './devices.ts';

export type Trouble = {
  what: 'camera' | 'microphone' | 'both';
  why: 'blocked' | 'missing' | 'inUse';
  title: string;
  steps: string[];
};

type Why = Trouble['why'];

function why(state: DeviceState): Why | null {
  return state === 'blocked' || state === 'missing' || state === 'inUse' ? state : null;
}

/** What keeps camera or microphone from working, with how to mend it in this browser; null where nothing does. */
export function troubleOf(devices: Pick<Devices, 'camera' | 'microphone'>, userAgent: string): Trouble | null {
  const camera = why(devices.camera);
  const microphone = why(devices.microphone);
  const reason = microphone ?? camera;
  if (reason === null) return null;
  const what = camera === microphone ? 'both' : microphone === null ? 'camera' : 'microphone';
  return { what, why: reason, title: titles[reason](names[what]), steps: steps(reason, what, userAgent) };
}

const names = { camera: 'camera', microphone: 'microphone', both: 'camera and microphone' };

const titles: Record<Why, (name: string) => string> = {
  blocked: (name) => `Your browser is blocking the ${name}`,
  missing: (name) => `We can’t find a ${name}`,
  inUse: (name) => `Another program is using the ${name}`,
};

function steps(reason: Why, what: Trouble['what'], userAgent: string): string[] {
  if (reason === 'missing') return ['Plug it in, or switch it on.', 'Come back here. We’ll notice by ourselves.'];
  if (reason === 'inUse')
    return ['Close other calls, and tabs or programs that film or record.', 'Then press Try again.'];
  const back = 'Come back here. We’ll notice by ourselves.';
  const turnOn = {
    camera: 'Turn on Camera.',
    microphone: 'Turn on Microphone.',
    both: 'Turn on Camera and Microphone.',
  };
  if (/iPhone|iPad/.test(userAgent)) {
    return [
      'Press the page menu at the side of the web address, then Website Settings.',
      'Choose Allow, for both.',
      back,
    ];
  }
  if (/Firefox/.test(userAgent)) {
    return [
      'Press the crossed-out camera or microphone left of the web address.',
      'Take the block away.',
      'Press Try again.',
    ];
  }
  if (/Safari/.test(userAgent) && !/Chrome|Chromium/.test(userAgent)) {
    return ['In the menu bar, open Safari, then Settings for this website.', turnOn[what], back];
  }
  return ['Press the small icon to the left of the web address.', turnOn[what], back];
}
