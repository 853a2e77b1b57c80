import { networkInterfaces } from 'node:os';
import { bridgeName, freeNet, hostAddress, ownerOf, type LabId } from './addresses.ts';
import { attempt, run } from './commands.ts';
import { addLine, removeNamespace, type Line } from './line.ts';

/** A small internet on this computer: the machine itself with server and SFU, and lines that lead to it. */
export type NetLab = {
  /** This machine's address in the lab, also for NODE_IP. */
  host: string;
  addLine(): Line;
  /** Removes everything, with what runs on the devices. Needs no waiting, so that a dying process can call it. */
  close(): void;
};

/** Opens a lab, after removing what labs left behind whose process was killed. Ask `namespacesProblem` first. */
export function openNetLab(): NetLab {
  removeAllOf((owner) => !isAlive(owner));
  const addresses = Object.values(networkInterfaces()).flatMap((list) => (list ?? []).map(({ address }) => address));
  const id: LabId = { pid: process.pid, net: freeNet(process.pid, addresses) };
  const bridge = bridgeName(id);
  let lines = 0;
  run('ip', ['link', 'add', bridge, 'type', 'bridge']);
  run('ip', ['address', 'add', `${hostAddress(id)}/25`, 'dev', bridge]);
  run('ip', ['link', 'set', bridge, 'up']);
  return {
    host: hostAddress(id),
    addLine: () => addLine(id, lines++),
    close: () => removeAllOf((owner) => owner === process.pid),
  };
}

/** Removes the namespaces, with what runs in them, and the links of these owners. */
function removeAllOf(isMeant: (owner: number) => boolean): void {
  const meant = (name: string): boolean => {
    const owner = ownerOf(name);
    return owner !== null && isMeant(owner);
  };
  for (const name of namesFrom(['netns', 'list'])) if (meant(name)) removeNamespace(name);
  for (const name of namesFrom(['-brief', 'link', 'show'])) if (meant(name)) attempt('ip', ['link', 'del', name]);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** `kl7u0@if2` is shown for the link `kl7u0`. */
function namesFrom(args: string[]): string[] {
  const lines = attempt('ip', args).split('\n');
  return lines.map((line) => line.split(/[\s@]/)[0] ?? '').filter((name) => name !== '');
}
