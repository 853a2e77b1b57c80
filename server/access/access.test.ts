import { describe, expect, test } from 'vitest';
import { readCookie, setCookie } from './cookies.ts';
import { mayComeFrom } from './origin.ts';
import { derivedToken, hashToken, newToken } from './tokens.ts';

describe('tokens', () => {
  test('are 256 bits, each another', () => {
    const tokens = Array.from({ length: 50 }, newToken);
    expect(new Set(tokens).size).toBe(50);
    expect(tokens.every((token) => Buffer.from(token, 'base64url').length === 32)).toBe(true);
  });

  test('another spelling of the same bytes is another token', () => {
    const token = derivedToken('secret', 'family 1');
    const last = token.at(-1) ?? '';
    const twin = token.slice(0, -1) + String.fromCharCode(last.charCodeAt(0) + 1);
    expect(Buffer.from(token, 'base64url').equals(Buffer.from(twin, 'base64url'))).toBe(true);
    expect(hashToken(twin)).not.toBe(hashToken(token));
  });

  test('a derived token is the same at every start and follows from the secret', () => {
    expect(derivedToken('a', 'x')).toBe(derivedToken('a', 'x'));
    expect(derivedToken('a', 'x')).not.toBe(derivedToken('b', 'x'));
    expect(derivedToken('a', 'x')).not.toBe(derivedToken('a', 'y'));
  });
});

describe('cookies', () => {
  test('are kept apart by person and bound to the host under https', () => {
    const header = setCookie('maya', 't1', true);
    expect(header).toMatch(/^__Host-kinroom-maya=t1; Path=\/; .*HttpOnly; SameSite=Lax; Secure$/);
    const cookie = '__Host-kinroom-maya=t1; __Host-kinroom-priya=t2; odd; =x';
    expect(readCookie({ cookie }, 'priya', true)).toBe('t2');
    expect(readCookie({ cookie }, 'dan', true)).toBeUndefined();
    expect(readCookie({}, 'maya', true)).toBeUndefined();
  });

  test('on plain http they carry no prefix that browsers would refuse', () => {
    expect(setCookie('maya', 't', false)).not.toMatch(/__Host-|Secure/);
  });
});

describe('origin', () => {
  const cases: [string, Record<string, string>, string | null, boolean][] = [
    ['a program without an origin', { host: 'localhost:3000' }, null, true],
    ['the page itself', { host: 'localhost:3000', origin: 'http://localhost:3000' }, null, true],
    ['by address', { host: '10.0.0.2:3000', origin: 'http://10.0.0.2:3000' }, null, true],
    ['another port', { host: 'localhost:3000', origin: 'http://localhost:4000' }, null, false],
    ['a name that points here', { host: 'evil.example:3000', origin: 'http://evil.example:3000' }, null, false],
    ['another site', { host: 'localhost:3000', origin: 'https://evil.example' }, null, false],
    ['a sandboxed frame', { host: 'localhost:3000', origin: 'null' }, null, false],
    ['cross-site by its own word', { host: 'localhost:3000', 'sec-fetch-site': 'cross-site' }, null, false],
    ['a sibling site', { host: 'localhost:3000', 'sec-fetch-site': 'same-site' }, null, false],
    ['the public page', { host: 'inside:3000', origin: 'https://rooms.example' }, 'https://rooms.example', true],
    ['not the public page', { host: 'rooms.example', origin: 'http://rooms.example' }, 'https://rooms.example', false],
  ];
  test.each(cases)('%s', (_name, headers, publicUrl, may) => {
    expect(mayComeFrom(headers, publicUrl)).toBe(may);
  });
});
