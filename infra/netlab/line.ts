import type { ChildProcess } from 'node:child_process';
import { lineAddresses, type LabId, bridgeName, hostAddress } from './addresses.ts';
import { attempt, run, start } from './commands.ts';
import { detourRules, lineRules, type Delay, type LineProfile } from './profiles.ts';

/** Where the router's relay listens: below the ports that the kernel gives to others by itself. */
const RELAY_PORT = 9_999;

/** One family's way to us: their device, their router, and the cable from there. */
export type Line = {
  /** The device's network namespace: what is started in it has this line and no other. */
  namespace: string;
  deviceIp: string;
  /** The device's own Wi-Fi: it knows at once when it is off. */
  setWifi(on: boolean): void;
  /** The way behind the router: when it is cut, packets vanish and nobody is told. */
  setUplink(on: boolean): void;
  /** Throws where nft is not installed. */
  setProfile(profile: LineProfile): void;
  /** Delays UDP to the port that the SFU takes media at, both ways, for connections made from now on; null: no more. */
  setDelay(media: (Delay & { port: number }) | null): Promise<void>;
  /** Stops every process on the device where it stands, or lets them go on: a laptop that sleeps. */
  setAsleep(asleep: boolean): void;
};

/** Makes the namespaces and cables of one line, ready for use. */
export function addLine(lab: LabId, index: number): Line {
  const at = lineAddresses(lab, index);
  const host = hostAddress(lab);
  const inDevice = (...args: string[]): string => run('ip', ['-n', at.device, ...args]);
  const inRouter = (...args: string[]): string => run('ip', ['-n', at.router, ...args]);
  let relay: ChildProcess | null = null;

  for (const name of [at.device, at.router]) run('ip', ['netns', 'add', name]);
  run('ip', ['link', 'add', at.uplink, 'type', 'veth', 'peer', 'name', 'wan', 'netns', at.router]);
  run('ip', ['link', 'set', at.uplink, 'master', bridgeName(lab), 'up']);
  inRouter('link', 'add', 'lan', 'type', 'veth', 'peer', 'name', 'wifi', 'netns', at.device);
  inRouter('link', 'set', 'lo', 'up');
  inRouter('address', 'add', `${at.routerIp}/25`, 'dev', 'wan');
  inRouter('address', 'add', `${at.gatewayIp}/30`, 'dev', 'lan');
  for (const side of ['wan', 'lan']) inRouter('link', 'set', side, 'up');
  run('ip', ['netns', 'exec', at.router, 'sh', '-c', 'echo 1 > /proc/sys/net/ipv4/ip_forward']);
  inDevice('link', 'set', 'lo', 'up');
  inDevice('address', 'add', `${at.deviceIp}/30`, 'dev', 'wifi');
  setWifi(true);
  run('ip', ['route', 'add', at.subnet, 'via', at.routerIp]);

  function setWifi(on: boolean): void {
    inDevice('link', 'set', 'wifi', on ? 'up' : 'down');
    // The kernel forgets it with the link; in a home the router hands it out again.
    if (on) inDevice('route', 'replace', 'default', 'via', at.gatewayIp);
  }

  function setUplink(on: boolean): void {
    for (const address of [host, at.deviceIp]) {
      if (on) attempt('ip', ['-n', at.router, 'route', 'del', 'blackhole', `${address}/32`]);
      else inRouter('route', 'replace', 'blackhole', `${address}/32`);
    }
  }

  function filter(rules: string): void {
    run('ip', ['netns', 'exec', at.router, 'nft', '-f', '-'], rules);
  }

  function processes(): number[] {
    return attempt('ip', ['netns', 'pids', at.device]).split('\n').filter(Boolean).map(Number);
  }

  return {
    namespace: at.device,
    deviceIp: at.deviceIp,
    setWifi,
    setUplink,
    setProfile: (profile) => filter(lineRules(profile)),
    async setDelay(media) {
      relay?.kill('SIGKILL');
      relay = null;
      filter(detourRules(media && { port: media.port, relay: RELAY_PORT }));
      if (media === null) return;
      const script = new URL('./delayRelay.mjs', import.meta.url).pathname;
      const numbers = [RELAY_PORT, media.port, media.delay, media.jitter].map(String);
      relay = await start('ip', ['netns', 'exec', at.router, process.execPath, script, host, ...numbers]);
    },
    setAsleep(asleep) {
      for (const pid of processes()) signal(pid, asleep ? 'SIGSTOP' : 'SIGCONT');
    },
  };
}

/** Ends what still runs in a namespace, and the namespace with its cables. */
export function removeNamespace(name: string): void {
  const pids = attempt('ip', ['netns', 'pids', name]).split('\n').filter(Boolean);
  for (const pid of pids) signal(Number(pid), 'SIGKILL');
  attempt('ip', ['netns', 'del', name]);
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It has ended by itself.
  }
}
