import { describe, expect, test } from 'vitest';
import { bridgeName, freeNet, hostAddress, lineAddresses, ownerOf } from './addresses.ts';
import { detourRules, goodLine, lineRules, lossy, udpBlocked } from './profiles.ts';

describe('rules of a line', () => {
  test('a good line has none, and they replace those before', () => {
    expect(lineRules(goodLine)).toBe(`table inet line
delete table inet line
table inet line {
  chain arrive {
    type filter hook prerouting priority -300;
  }
}
`);
  });

  test('loss is counted in thousandths, where packets come in on either side', () => {
    expect(lineRules(lossy(0.5))).toContain('iifname { "lan", "wan" } numgen random mod 1000 < 5 drop');
    expect(lineRules(lossy(20))).toContain('numgen random mod 1000 < 200 drop');
  });

  test('blocked UDP is dropped before any loss is drawn', () => {
    expect(lineRules({ ...lossy(5), udp: 'blocked' })).toMatch(/udp drop\n.*numgen/);
    expect(lineRules(udpBlocked)).not.toContain('numgen');
  });

  test('media take the detour only while there is one', () => {
    expect(detourRules({ port: 7882, relay: 9999 })).toContain('iifname "lan" udp dport 7882 redirect to :9999');
    expect(detourRules(null)).not.toContain('redirect');
  });
});

describe('names and addresses of a lab', () => {
  const lab = { pid: 4_194_304, net: 7 };
  const lines = Array.from({ length: 30 }, (_, index) => lineAddresses(lab, index));

  test('no two lines share one, and none is the host’s', () => {
    const addresses = lines.flatMap(({ deviceIp, gatewayIp, routerIp }) => [deviceIp, gatewayIp, routerIp]);
    expect(new Set([...addresses, hostAddress(lab)]).size).toBe(91);
    expect(addresses.filter((address) => Number(address.split('.')[3]) > 254)).toEqual([]);
    expect(() => lineAddresses(lab, 30)).toThrow(RangeError);
  });

  test('names tell their owner, also of the highest process id, and fit a link’s 15 characters', () => {
    const links = [bridgeName(lab), ...lines.map(({ uplink }) => uplink)];
    expect(Math.max(...links.map(({ length }) => length))).toBeLessThanOrEqual(15);
    const names = [...links, ...lines.flatMap(({ device, router }) => [device, router])];
    expect(new Set(names.map(ownerOf))).toEqual(new Set([lab.pid]));
    expect(['eth0', 'kl', 'klein0', 'kinlab', 'docker0'].map(ownerOf)).toEqual([null, null, null, null, null]);
  });

  test('a part of the network that is taken is left alone', () => {
    expect(freeNet(300, ['192.168.1.4'])).toBe(44);
    expect(freeNet(300, ['10.213.44.1', '10.213.45.9'])).toBe(46);
    expect(() =>
      freeNet(
        1,
        Array.from({ length: 256 }, (_, net) => `10.213.${net}.1`),
      ),
    ).toThrow('taken');
  });
});
