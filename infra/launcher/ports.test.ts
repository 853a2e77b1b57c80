import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { freePort, portProblem } from './ports.ts';

test.each(['127.0.0.1', '0.0.0.0', undefined])(
  'a port that somebody listens on at %s is taken, and free after',
  async (host) => {
    const port = await freePort();
    expect(await portProblem(port)).toBe(null);
    const listener = createServer();
    await new Promise<void>((resolve) => listener.listen(port, host, resolve));
    expect(await portProblem(port)).toBe('EADDRINUSE');
    await new Promise((resolve) => listener.close(resolve));
    expect(await portProblem(port)).toBe(null);
  },
);
