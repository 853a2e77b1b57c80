import { pbkdf2Sync } from 'node:crypto';
import { wordlist } from '@scure/bip39/wordlists/english.js';
import { describe, expect, it } from 'vitest';
import { newSecret } from './frameKey.ts';
import { harshWords } from './harshWords.ts';
import { hashRoster } from './roster.ts';
import { member, roster } from './testRoom.fixtures.ts';
import { fourWords, plainWords } from './words.ts';

describe('the list', () => {
  it('has more than 1,800 words, none twice', () => {
    expect(plainWords.length).toBeGreaterThan(1_800);
    expect(new Set(plainWords).size).toBe(plainWords.length);
  });

  it('has no harsh word, and every harsh word is one that was there', () => {
    expect(plainWords.filter((word) => harshWords.has(word))).toEqual([]);
    expect([...harshWords].filter((word) => !wordlist.includes(word))).toEqual([]);
    expect(plainWords.length + harshWords.size).toBe(2_048);
    for (const word of ['abuse', 'weapon', 'orphan', 'divorce', 'foster']) expect(plainWords).not.toContain(word);
  });
});

describe('the four words', () => {
  it('are equal for equal secret and roster, and differ where either differs', async () => {
    const fay = await member('fay', 'staff');
    const ann = await member('ann', 'family');
    const alone = await roster(fay, [fay]);
    const both = await roster(fay, [fay, ann], alone);
    const secret = newSecret();
    const words = await fourWords(secret, both);
    expect(words).toHaveLength(4);
    for (const word of words) expect(plainWords).toContain(word);
    const devices = both.devices.toReversed();
    expect(await fourWords(new Uint8Array(secret), { ...both, devices })).toEqual(words);
    expect(await fourWords(secret, alone)).not.toEqual(words);
    expect(await fourWords(newSecret(), both)).not.toEqual(words);
  });

  it('come from PBKDF2-SHA256 with 600,000 rounds, salted with the roster hash', async () => {
    const fay = await member('fay', 'staff');
    const alone = await roster(fay, [fay]);
    const secret = newSecret();
    const salt = Buffer.from(await hashRoster(alone), 'base64url');
    const bits = pbkdf2Sync(secret, salt, 600_000, 16, 'sha256');
    const expected = [0, 4, 8, 12].map((at) => plainWords[bits.readUInt32BE(at) % plainWords.length]);
    expect(await fourWords(secret, alone)).toEqual(expected);
  });

  it('are refused for a secret that has not 32 bytes', async () => {
    const fay = await member('fay', 'staff');
    await expect(fourWords(new Uint8Array(16), await roster(fay, [fay]))).rejects.toMatchObject({ code: 'badSecret' });
  });
});
