import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fromBase64url, toBase64url } from './base64url.ts';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'.split('');

it('gives back the bytes it was made from, as Node writes them', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      const text = toBase64url(bytes);
      expect(text).toBe(Buffer.from(bytes).toString('base64url'));
      expect([...fromBase64url(text)]).toEqual([...bytes]);
    }),
  );
});

it('refuses every second spelling of the same bytes', () => {
  const short = fc.uint8Array({ minLength: 1, maxLength: 70 }).filter((bytes) => bytes.length % 3 !== 0);
  fc.assert(
    fc.property(short, (bytes) => {
      const text = toBase64url(bytes);
      const spellings = alphabet.map((char) => text.slice(0, -1) + char);
      const same = spellings.filter((other) => Buffer.from(other, 'base64url').equals(Buffer.from(bytes)));
      expect(same.length).toBeGreaterThan(1);
      for (const other of same) if (other !== text) expect(() => fromBase64url(other)).toThrow('badText');
    }),
  );
});

it.each(['AA==', 'A', 'AAAAA', 'AA+A', 'AA/A', 'AA A', 'AA\n', 'ÄÄÄÄ'])('refuses %j', (text) => {
  expect(() => fromBase64url(text)).toThrow('badText');
});

it('refuses what is no text', () => {
  expect(() => fromBase64url(undefined as unknown as string)).toThrow('badText');
});
