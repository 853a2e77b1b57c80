import type { NetworkInterfaceInfo } from 'node:os';
import { expect, test } from 'vitest';
import { mediaPath, newSfuKeys, sfuConfig } from './sfuConfig.ts';

function ipv4(address: string, internal = false): NetworkInterfaceInfo {
  return { address, internal, family: 'IPv4', netmask: '255.255.255.0', mac: '00:00:00:00:00:00', cidr: null };
}

const lo = [ipv4('127.0.0.1', true)];

test('media goes to a real interface before a bridge, and to loopback only when there is nothing else', () => {
  const path = mediaPath(null, { lo, docker0: [ipv4('172.17.0.1')], eth0: [ipv4('192.0.2.7')] });
  expect(path).toEqual({ address: '192.0.2.7', interfaceName: 'eth0' });
  expect(mediaPath(null, { lo, docker0: [ipv4('172.17.0.1')] }).address).toBe('172.17.0.1');
  expect(mediaPath(null, { lo, eth0: [ipv4('169.254.8.8')] })).toEqual({ address: '127.0.0.1', interfaceName: null });
});

test('a named address is taken in where it is this computer’s own, else where media would come in anyway', () => {
  const interfaces = { lo, eth0: [ipv4('192.0.2.7')], eth1: [ipv4('198.51.100.4')], docker0: [ipv4('172.17.0.1')] };
  const path = (nodeIp: string) => mediaPath(nodeIp, interfaces);
  expect(path('198.51.100.4')).toEqual({ address: '198.51.100.4', interfaceName: 'eth1' });
  expect(path('172.17.0.1')).toEqual({ address: '172.17.0.1', interfaceName: 'docker0' });
  expect(path('203.0.113.9')).toEqual({ address: '203.0.113.9', interfaceName: 'eth0' });
});

test('the SFU gets its ports, the named address, our keys, quick key frames and the webhook', () => {
  const keys = newSfuKeys();
  const ports = { http: 1, tcp: 2, udp: 3 };
  const config = JSON.parse(sfuConfig({ ports, keys, nodeIp: '198.51.100.4', webhookUrl: 'http://127.0.0.1:5/hook' }));
  expect(config).toMatchObject({
    port: 1,
    rtc: { tcp_port: 2, udp_port: 3, node_ip: '198.51.100.4', pli_throttle: { high_quality: '100ms' } },
    keys: { [keys.apiKey]: keys.apiSecret },
    webhook: { api_key: keys.apiKey, urls: ['http://127.0.0.1:5/hook'] },
  });
  expect(keys.apiSecret.length).toBeGreaterThanOrEqual(32);
  expect(newSfuKeys().apiSecret).not.toBe(keys.apiSecret);
});
