import { execFile } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { attempt, filterProblem, namespacesProblem } from './commands.ts';
import type { Line } from './line.ts';
import { openNetLab, type NetLab } from './netlab.ts';
import { goodLine, lossy, udpBlocked } from './profiles.ts';

const problem = namespacesProblem();
const noFilter = problem ?? filterProblem();
if (problem !== null) console.warn(`Skipped: lines in network namespaces; ${problem}.`);
else if (noFilter !== null) console.warn(`Skipped: loss, blocked UDP and delay; ${noFilter}.`);

const echo = createSocket('udp4').on('message', (packet, from) => echo.send(packet, from.port, from.address));
let lab: NetLab;
let line: Line;
let port = 0;

beforeAll(async () => {
  if (problem !== null) return;
  echo.bind(0);
  await once(echo, 'listening');
  port = echo.address().port;
  lab = openNetLab();
  line = lab.addLine();
});
afterAll(() => {
  if (problem !== null) return;
  echo.close();
  lab.close();
});

/** Runs on the device: sends numbered packets to the host and prints how many came back, and after how many ms at best. */
const ASK = `
  const [host, port, count] = process.argv.slice(1);
  const socket = require('node:dgram').createSocket('udp4').on('error', () => {});
  const sent = new Map(), ways = [];
  socket.on('message', (packet) => { ways.push(performance.now() - sent.get(String(packet))); });
  for (let n = 0; n < Number(count); n++) {
    setTimeout(() => { sent.set(String(n), performance.now()); socket.send(String(n), port, host, () => {}); }, n);
  }
  setTimeout(() => { console.log(JSON.stringify({ back: ways.length, fastest: Math.min(...ways, 1e9) })); process.exit(); },
    Number(count) + 250);`;

async function ask(count: number): Promise<{ back: number; fastest: number }> {
  const args = ['netns', 'exec', line.namespace, process.execPath, '-e', ASK, lab.host, String(port), String(count)];
  const { stdout } = await promisify(execFile)('ip', args);
  return JSON.parse(stdout) as { back: number; fastest: number };
}

describe.skipIf(problem !== null)('a line', () => {
  test('carries packets; cut behind the router or at the Wi-Fi it carries none, and mended it does again', async () => {
    expect((await ask(5)).back).toBe(5);
    for (const cut of [line.setUplink, line.setWifi]) {
      cut(false);
      expect((await ask(5)).back).toBe(0);
      cut(true);
      expect((await ask(5)).back).toBe(5);
    }
  });

  test.skipIf(noFilter !== null)('loses about as many packets as its profile says, each way', async () => {
    line.setProfile(lossy(20));
    const { back } = await ask(500);
    // Both ways together let 64 % through; five standard deviations to either side.
    expect(Math.abs(back - 320)).toBeLessThan(54);
    line.setProfile(udpBlocked);
    expect((await ask(5)).back).toBe(0);
    line.setProfile(goodLine);
    expect((await ask(5)).back).toBe(5);
  });

  test.skipIf(noFilter !== null)('delays media both ways, and no longer when told so', async () => {
    await line.setDelay({ port, delay: 30, jitter: 5 });
    const slow = await ask(20);
    expect(slow.back).toBe(20);
    expect(slow.fastest).toBeGreaterThan(50);
    await line.setDelay(null);
    expect((await ask(5)).fastest).toBeLessThan(slow.fastest);
  });

  test('closing the lab leaves nothing behind', () => {
    lab.close();
    const mine = String(process.pid);
    expect(attempt('ip', ['netns', 'list'])).not.toContain(`kinlab-${mine}-`);
    expect(attempt('ip', ['-brief', 'link', 'show'])).not.toContain(`kl${mine}`);
  });
});
