import { randomBytes } from 'node:crypto';
import { networkInterfaces, type NetworkInterfaceInfo } from 'node:os';

/** TCP for signalling and the API, TCP and UDP for media. */
export type SfuPorts = { http: number; tcp: number; udp: number };

export type SfuKeys = { apiKey: string; apiSecret: string };

/** A new key pair, held in memory only: whoever restarts Kinroom has new ones. */
export function newSfuKeys(): SfuKeys {
  return { apiKey: `kinroom-${randomBytes(6).toString('hex')}`, apiSecret: randomBytes(32).toString('base64url') };
}

type Interfaces = NodeJS.Dict<NetworkInterfaceInfo[]>;

const VIRTUAL = /^(docker|br-|veth|virbr|vmnet|vboxnet)/;

/** Where media comes in: an IPv4 address and the interface that takes it; null for the SFU's own choice of them. */
export type MediaPath = { address: string; interfaceName: string | null };

/**
 * The path of `nodeIp`, else of a real interface before one of a virtual bridge, and of loopback only when there is
 * nothing else. On 127.0.0.1 the SFU's ICE over TCP does not work (measured with 1.13.3). The interface must be named:
 * the SFU listens on all, but announces one address and answers there only where that is the first interface's (1.13.3
 * with two interfaces: no connection to the second one's address, neither UDP nor TCP). An address that is none of this
 * computer's own is taken to lead to the interface that would be chosen without it.
 */
export function mediaPath(nodeIp: string | null, interfaces: Interfaces = networkInterfaces()): MediaPath {
  const own = Object.entries(interfaces).flatMap(([interfaceName, addresses]) =>
    (addresses ?? []).filter(({ family }) => family === 'IPv4').map((found) => ({ ...found, interfaceName })),
  );
  const named = own.find(({ address }) => address === nodeIp);
  if (named) return { address: named.address, interfaceName: named.interfaceName };
  const usable = own.filter(({ internal, address }) => !internal && !address.startsWith('169.254.'));
  const best = usable.find(({ interfaceName }) => !VIRTUAL.test(interfaceName)) ?? usable[0];
  return { address: nodeIp ?? best?.address ?? '127.0.0.1', interfaceName: best?.interfaceName ?? null };
}

function hasIpv6Loopback(interfaces: Interfaces): boolean {
  return Object.values(interfaces).some((addresses) => addresses?.some(({ address }) => address === '::1'));
}

export type SfuSettings = { ports: SfuPorts; keys: SfuKeys; nodeIp: string | null; webhookUrl: string };

/** The SFU's configuration as the text of LIVEKIT_CONFIG (JSON, which is YAML): no file holds the secret. */
export function sfuConfig({ ports, keys, nodeIp, webhookUrl }: SfuSettings): string {
  const interfaces = networkInterfaces();
  const { address, interfaceName } = mediaPath(nodeIp, interfaces);
  return JSON.stringify({
    port: ports.http,
    // Signalling comes from this computer: a browser on it, or the proxy that holds the certificate.
    bind_addresses: hasIpv6Loopback(interfaces) ? ['127.0.0.1', '::1'] : ['127.0.0.1'],
    rtc: {
      tcp_port: ports.tcp,
      udp_port: ports.udp,
      node_ip: address,
      ...(interfaceName === null ? {} : { interfaces: { includes: [interfaceName] } }),
      use_external_ip: false,
      // The default of 500 ms and more keeps people waiting for their first picture when several enter together.
      pli_throttle: { low_quality: '100ms', mid_quality: '100ms', high_quality: '100ms' },
    },
    room: { auto_create: true },
    keys: { [keys.apiKey]: keys.apiSecret },
    webhook: { api_key: keys.apiKey, urls: [webhookUrl] },
    logging: { level: 'error', pion_level: 'error' },
  });
}
