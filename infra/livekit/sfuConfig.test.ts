import type { NetworkInterfaceInfo } from 'node:os';
import { expect, test } from 'vitest';
import { mediaAddress, newSfuKeys, sfuConfig } from './sfuConfig.ts';

function ipv4(address: string, internal = false): NetworkInterfaceInfo {
  return { address, internal, family: 'IPv4', netmask: '255.255.255.0', mac: '00:00:00:00:00:00', cidr: null };
}

test('media goes to a real interface before a bridge, and to loopback only when there is nothing else', () => {
  const lo = [ipv4('127.0.0.1', true)];
  expect(mediaAddress({ lo, docker0: [ipv4('172.17.0.1')], eth0: [ipv4('192.0.2.7')] })).toBe('192.0.2.7');
  expect(mediaAddress({ lo, docker0: [ipv4('172.17.0.1')] })).toBe('172.17.0.1');
  expect(mediaAddress({ lo, eth0: [ipv4('169.254.8.8')] })).toBe('127.0.0.1');
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
