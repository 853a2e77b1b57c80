/** One lab at work: the process that owns it, and the part of 10.213.0.0/16 that it uses. */
export type LabId = { pid: number; net: number };

/** A line's names and addresses: device –lan– router –wan– the lab's bridge, where server and SFU are. */
export type LineAddresses = {
  /** Network namespaces. */
  device: string;
  router: string;
  /** The bridge's end of the router's cable. */
  uplink: string;
  deviceIp: string;
  gatewayIp: string;
  routerIp: string;
  /** The two addresses between device and router, with their prefix length. */
  subnet: string;
};

const NAMESPACE = /^kinlab-(\d+)-/;
const LINK = /^kl(\d+)[bu]\d*$/;
const MOST_LINES = 30;

export function bridgeName({ pid }: LabId): string {
  return `kl${pid}b`;
}

/** The address of this machine in the lab: of its server, and of the SFU's media. */
export function hostAddress({ net }: LabId): string {
  return `10.213.${net}.1`;
}

/** Throws a RangeError for more lines than one lab has addresses for. */
export function lineAddresses(lab: LabId, index: number): LineAddresses {
  if (index < 0 || index >= MOST_LINES) throw new RangeError(`A lab has room for ${MOST_LINES} lines.`);
  const base = 128 + 4 * index;
  const ip = (last: number): string => `10.213.${lab.net}.${last}`;
  return {
    device: `kinlab-${lab.pid}-${index}-device`,
    router: `kinlab-${lab.pid}-${index}-router`,
    uplink: `kl${lab.pid}u${index}`,
    deviceIp: ip(base + 2),
    gatewayIp: ip(base + 1),
    routerIp: ip(2 + index),
    subnet: `${ip(base)}/30`,
  };
}

/** The process that made a namespace or link of this name; null when no lab did. */
export function ownerOf(name: string): number | null {
  const pid = (NAMESPACE.exec(name) ?? LINK.exec(name))?.[1];
  return pid === undefined ? null : Number(pid);
}

/** A part of 10.213.0.0/16 that none of these addresses is in. Throws when all are taken. */
export function freeNet(pid: number, taken: string[]): number {
  for (let step = 0; step < 256; step++) {
    const net = (pid + step) % 256;
    if (!taken.some((address) => address.startsWith(`10.213.${net}.`))) return net;
  }
  throw new Error('All of 10.213.0.0/16 is taken by other labs.');
}
