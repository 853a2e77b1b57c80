import type { IncomingHttpHeaders } from 'node:http';
import { BlockList, isIP, isIPv6 } from 'node:net';

const ours = new BlockList();
ours.addSubnet('127.0.0.0', 8);
ours.addSubnet('10.0.0.0', 8);
ours.addSubnet('172.16.0.0', 12);
ours.addSubnet('192.168.0.0', 16);
ours.addAddress('::1', 'ipv6');
ours.addSubnet('fc00::', 7, 'ipv6');

/** Whether an address is this computer's own or of a private network (RFC 1918, RFC 4193): nobody on the internet has it. */
export function isPrivate(address: string): boolean {
  return isIP(address) !== 0 && ours.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
}

/**
 * Where a connection began. Behind a proxy, which stands in a private network, that is the last address in
 * X-Forwarded-For that is none of those: what stands before it may have been made up by whoever sent it.
 */
export function clientAddress(remote: string, headers: IncomingHttpHeaders, behindProxy: boolean): string {
  if (!behindProxy || !isPrivate(remote)) return remote;
  const named = [headers['x-forwarded-for'] ?? []].flat().join(',').split(',');
  const chain = named.map((address) => address.trim()).filter((address) => address !== '');
  return chain.findLast((address) => !isPrivate(address)) ?? chain[0] ?? remote;
}

/** What counts as one address for limits: of IPv6 the first 64 bits, since one household is given all that follow. */
export function householdOf(address = 'unknown'): string {
  if (!isIPv6(address) || address.includes('.')) return address;
  // A URL spells an address in one way only.
  const spelt = new URL(`http://[${address.split('%')[0]}]`).hostname.slice(1, -1);
  const [head = '', tail] = spelt.split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = Array<string>(8 - before.length - after.length).fill('0');
  return [...before, ...zeros, ...after].slice(0, 4).join(':');
}
