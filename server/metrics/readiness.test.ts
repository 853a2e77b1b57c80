import { once } from 'node:events';
import { createServer } from 'node:http';
import { createServer as createTcpServer, type AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { askSfu, keepAsking, readiness, type ReadyReport } from './readiness.ts';

test('ready is the sum of its parts; one that is not configured has no say', async () => {
  const fine = () => Promise.resolve();
  const broken = () => Promise.reject(new Error('gone'));
  expect(await readiness({}).check()).toEqual({ ok: true, checks: {} });
  expect(await readiness({ database: fine, sfu: fine }).check()).toMatchObject({ ok: true });
  expect(await readiness({ database: fine, redis: broken }).check()).toEqual({
    ok: false,
    checks: { database: 'ok', redis: 'down' },
  });
  expect(
    await readiness({
      database: () => {
        throw new Error('at once');
      },
    }).check(),
  ).toMatchObject({ ok: false });
});

test('a part that never answers is down after the patience, and is told to give up', async () => {
  let gaveUp = false;
  const hangs = (signal: AbortSignal) =>
    new Promise<never>(() => signal.addEventListener('abort', () => (gaveUp = true), { once: true }));
  expect(await readiness({ sfu: hangs }, 20).check()).toEqual({ ok: false, checks: { sfu: 'down' } });
  expect(gaveUp).toBe(true);
});

test('it goes on asking, and tells', async () => {
  let well = true;
  const check = () => (well ? Promise.resolve() : Promise.reject(new Error('gone')));
  const told: ReadyReport[] = [];
  const asking = keepAsking(readiness({ database: check }, 5), (report) => told.push(report), 10);
  onTestFinished(asking.stop);
  await expect.poll(() => told.at(-1)?.ok, { timeout: 10_000 }).toBe(true);
  well = false;
  await expect.poll(() => told.at(-1)?.ok, { timeout: 10_000 }).toBe(false);
  well = true;
  await expect.poll(() => told.at(-1)?.ok, { timeout: 10_000 }).toBe(true);
}, 40_000);

test('the SFU is asked at its HTTP port: 200 is well; anything else, silence and nobody are not', async () => {
  let status = 200;
  const sfu = createServer((_request, response) => void response.writeHead(status).end('OK')).listen(0, '127.0.0.1');
  const mute = createTcpServer().listen(0, '127.0.0.1');
  onTestFinished(() => {
    sfu.close();
    mute.close();
  });
  await Promise.all([once(sfu, 'listening'), once(mute, 'listening')]);
  const urlOf = (server: { address(): unknown }) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const sign = () => AbortSignal.timeout(100);
  await askSfu(urlOf(sfu), AbortSignal.timeout(5_000));
  status = 406;
  await expect(askSfu(urlOf(sfu), AbortSignal.timeout(5_000))).rejects.toThrow('406');
  await expect(askSfu(urlOf(mute), sign())).rejects.toThrow(/abort|timeout/i);
  await expect(askSfu('http://127.0.0.1:9', sign())).rejects.toThrow('fetch failed');
});
