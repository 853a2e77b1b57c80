import { describe, expect, test } from 'vitest';

import { troubleOf } from './deviceHelp.ts';

const chrome = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36';
const iphone = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Safari/604.1';
const mac = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/18.0 Safari/605.1.15';

describe('what keeps camera or microphone from working', () => {
  test('nothing, while they work, start or were switched off on purpose', () => {
    expect(troubleOf({ camera: 'on', microphone: 'on' }, chrome)).toBeNull();
    expect(troubleOf({ camera: 'off', microphone: 'starting' }, chrome)).toBeNull();
  });

  test('the camera alone is named alone', () => {
    const trouble = troubleOf({ camera: 'blocked', microphone: 'on' }, chrome);
    expect(trouble).toMatchObject({ what: 'camera', why: 'blocked', title: 'Your browser is blocking the camera' });
    expect(trouble?.steps).toContain('Turn on Camera.');
  });

  test('both blocked is one trouble with one way to mend it', () => {
    expect(troubleOf({ camera: 'blocked', microphone: 'blocked' }, chrome)?.what).toBe('both');
  });

  test('of two different troubles the microphone comes first: a group can do without a picture', () => {
    const trouble = troubleOf({ camera: 'blocked', microphone: 'missing' }, chrome);
    expect(trouble).toMatchObject({ what: 'microphone', why: 'missing' });
  });

  test('each browser is mended in its own way', () => {
    const first = (agent: string) => troubleOf({ camera: 'blocked', microphone: 'blocked' }, agent)?.steps[0];
    expect(first(iphone)).toContain('Website Settings');
    expect(first(mac)).toContain('menu bar');
    expect(first(chrome)).toContain('left of the web address');
  });
});
