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

/**
 * The IPv4 address that media is sent to: of a real interface before one of a virtual bridge, and loopback only when
 * there is nothing else. On 127.0.0.1 the SFU's ICE over TCP does not work (measured with 1.13.3).
 */
export function mediaAddress(interfaces: Interfaces = networkInterfaces()): string {
  const usable = Object.entries(interfaces).flatMap(([name, addresses]) =>
    (addresses ?? [])
      .filter(({ family, internal, address }) => family === 'IPv4' && !internal && !address.startsWith('169.254.'))
      .map(({ address }) => ({ virtual: /^(docker|br-|veth|virbr|vmnet|vboxnet)/.test(name), address })),
  );
  const best = usable.find(({ virtual }) => !virtual) ?? usable[0];
  return best?.address ?? '127.0.0.1';
}

function hasIpv6Loopback(interfaces: Interfaces): boolean {
  return Object.values(interfaces).some((addresses) => addresses?.some(({ address }) => address === '::1'));
}

export type SfuSettings = { ports: SfuPorts; keys: SfuKeys; nodeIp: string | null; webhookUrl: string };

/** The SFU's configuration as the text of LIVEKIT_CONFIG (JSON, which is YAML): no file holds the secret. */
export function sfuConfig({ ports, keys, nodeIp, webhookUrl }: SfuSettings): string {
  const interfaces = networkInterfaces();
  return JSON.stringify({
    port: ports.http,
    // Signalling comes from this computer: a browser on it, or the proxy that holds the certificate.
    bind_addresses: hasIpv6Loopback(interfaces) ? ['127.0.0.1', '::1'] : ['127.0.0.1'],
    rtc: {
      tcp_port: ports.tcp,
      udp_port: ports.udp,
      node_ip: nodeIp ?? mediaAddress(interfaces),
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
