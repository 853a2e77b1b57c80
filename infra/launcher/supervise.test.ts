import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, expect, test, vi } from 'vitest';
import { pauseBefore, supervise, type Supervised, type SuperviseOptions } from './supervise.ts';

let running: Supervised | null = null;
afterEach(async () => {
  await running?.stop();
  running = null;
});

/** Supervises `node -e source`; the children in order of their start. */
function start(source: string, more: Partial<SuperviseOptions> = {}): { children: ChildProcess[]; said: string[] } {
  const children: ChildProcess[] = [];
  const said: string[] = [];
  running = supervise({
    name: 'thing',
    graceMs: 300,
    say: (line) => said.push(line),
    spawn: () => {
      const child = spawn(process.execPath, ['-e', source], { stdio: ['ignore', 'pipe', 2, 'ipc'] });
      children.push(child);
      return child;
    },
    ...more,
  });
  return { children, said };
}

const ALIVE = 'console.log("up"); setInterval(() => {}, 1000)';

async function up(children: ChildProcess[], count: number): Promise<ChildProcess> {
  await vi.waitUntil(() => children.length >= count, 5000);
  const child = children[count - 1];
  if (child?.stdout === null || child === undefined) throw new Error('no child');
  await once(child.stdout, 'data');
  return child;
}

test('the pause before a restart grows from nothing to five seconds', () => {
  expect([1, 2, 3, 4, 5, 6, 7, 20].map(pauseBefore)).toEqual([0, 250, 500, 1000, 2000, 4000, 5000, 5000]);
});

test('a dead child is started again, in one line; a stopped one is not', async () => {
  const { children, said } = start(ALIVE);
  (await up(children, 1)).kill('SIGKILL');
  const second = await up(children, 2);
  expect(said).toEqual(['The thing ended (SIGKILL) and is being started again.']);

  await running?.stop();
  expect(second.signalCode).toBe('SIGTERM');
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(children).toHaveLength(2);
});

test('a child that ignores SIGTERM is killed when its grace is over', async () => {
  const { children } = start(`process.on("SIGTERM", () => {}); ${ALIVE}`);
  const child = await up(children, 1);
  await running?.stop();
  expect(child.signalCode).toBe('SIGKILL');
});

test('a child that never got ready is given up, one that was ready is not', async () => {
  const onGiveUp = vi.fn();
  const { children } = start('process.exit(3)', { onGiveUp });
  await vi.waitUntil(() => onGiveUp.mock.calls.length > 0, 10_000);
  expect(onGiveUp).toHaveBeenCalledWith({ code: 3, signal: null });
  expect(children).toHaveLength(4);

  const afterReady = vi.fn();
  const second = start('process.exit(3)', { onGiveUp: afterReady });
  running?.markReady();
  await vi.waitUntil(() => second.children.length > 4, 10_000);
  expect(afterReady).not.toHaveBeenCalled();
}, 20_000);

test('two restarts at once leave one child; a stop meanwhile leaves none', async () => {
  const { children } = start(ALIVE);
  await up(children, 1);
  await Promise.all([running?.restart(), running?.restart()]);
  expect(children).toHaveLength(3);
  expect(children.filter((child) => child.exitCode === null && child.signalCode === null)).toHaveLength(1);

  const restart = running?.restart();
  await running?.stop();
  await restart;
  expect(children.filter((child) => child.exitCode === null && child.signalCode === null)).toHaveLength(0);
});
