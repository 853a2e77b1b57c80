import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { newSfuKeys } from './sfuConfig.ts';
import { sfuAnswers } from './sfuProcess.ts';

test('only an SFU with our key counts as ours, not another one that took the port', async () => {
  const keys = newSfuKeys();
  let refused = 0;
  let ours = false;
  const sfu = createServer((request, response) => {
    const [header, payload, signature] = (request.headers.authorization ?? '').replace('Bearer ', '').split('.');
    const expected = createHmac('sha256', keys.apiSecret).update(`${header}.${payload}`).digest('base64url');
    const accepted = ours && signature === expected;
    if (!accepted) refused += 1;
    if (refused === 3) ours = true;
    response.writeHead(accepted ? 200 : 401).end();
  });
  await new Promise<void>((resolve) => sfu.listen(0, '127.0.0.1', resolve));
  await sfuAnswers(() => (sfu.address() as AddressInfo).port, keys, new AbortController().signal);
  expect(refused).toBe(3);
  sfu.close();
});

test('waiting for an SFU that never comes ends with the signal', async () => {
  const stop = new AbortController();
  const waiting = sfuAnswers(() => 9, newSfuKeys(), stop.signal);
  stop.abort();
  await expect(waiting).rejects.toThrow(/abort/i);
});
