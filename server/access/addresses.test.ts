import { expect, test } from 'vitest';
import { clientAddress, householdOf, isPrivate } from './addresses.ts';

test('private is this computer and private networks, in every spelling', () => {
  for (const address of ['127.0.0.1', '10.1.2.3', '172.31.0.1', '192.168.0.9', '::1', 'fd12::1', '::ffff:10.0.0.1']) {
    expect([address, isPrivate(address)]).toEqual([address, true]);
  }
  for (const address of [
    '203.0.113.9',
    '172.32.0.1',
    '11.0.0.1',
    '2001:db8::1',
    '::ffff:203.0.113.9',
    '',
    'localhost',
    '10.0.0',
  ]) {
    expect([address, isPrivate(address)]).toEqual([address, false]);
  }
});

test('behind a proxy the last address that no proxy has is where it began; without one nobody is believed', () => {
  const from = (remote: string, forwarded: string | string[], behindProxy = true) =>
    clientAddress(remote, { 'x-forwarded-for': forwarded }, behindProxy);
  expect(from('127.0.0.1', '203.0.113.9')).toBe('203.0.113.9');
  expect(from('::ffff:10.0.0.2', ' 198.51.100.1 , 203.0.113.9, 10.0.0.1')).toBe('203.0.113.9');
  expect(from('127.0.0.1', '10.0.0.7')).toBe('10.0.0.7');
  expect(from('127.0.0.1', '')).toBe('127.0.0.1');
  expect(clientAddress('127.0.0.1', {}, true)).toBe('127.0.0.1');
  // Whoever comes from outside directly is no proxy of ours.
  expect(from('203.0.113.9', '127.0.0.1')).toBe('203.0.113.9');
  expect(from('127.0.0.1', '203.0.113.9', false)).toBe('127.0.0.1');
});

test('a household on IPv6 counts as one address, however it is spelt', () => {
  const home = householdOf('2001:db8:1:2::1');
  for (const address of ['2001:db8:1:2:3:4:5:6', '2001:0DB8:0001:0002::', '2001:db8:1:2::9%eth0']) {
    expect(householdOf(address)).toBe(home);
  }
  expect(householdOf('2001:db8:1:3::1')).not.toBe(home);
  expect(householdOf('::1')).toBe('0:0:0:0');
  const others = ['203.0.113.9', '::ffff:203.0.113.9', 'unknown'];
  expect(others.map(householdOf)).toEqual(others);
  expect(householdOf()).toBe('unknown');
});
