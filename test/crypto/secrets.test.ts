import { randomBytes } from 'node:crypto';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { derivedId, newId } from '../../src/crypto/ids.ts';
import { deriveKey, isSigned, parseMasterKeys, signText } from '../../src/crypto/master-keys.ts';
import { newKeyPair, open, seal } from '../../src/crypto/secrets.ts';

const [one, two] = [1, 2].map((version) => `${version}:${randomBytes(32).toString('base64')}`);
const old = parseMasterKeys(`${one}`);
const both = parseMasterKeys(`${two},${one}`);
const onlyNew = parseMasterKeys(`${two}`);

test("a pair has digiRunner's shape: base64 of hex of 160 and 256 random bits, never twice the same", () => {
  const pairs = [...Array(200)].map(newKeyPair);
  for (const { apiKey, secretKey } of pairs) {
    expect([apiKey.length, secretKey.length]).toEqual([56, 88]);
    expect(Buffer.from(apiKey, 'base64').toString()).toMatch(/^[0-9a-f]{40}$/);
    expect(Buffer.from(secretKey, 'base64').toString()).toMatch(/^[0-9a-f]{64}$/);
  }
  expect(new Set(pairs.flatMap(({ apiKey, secretKey }) => [apiKey, secretKey])).size).toBe(400);
});

test('what was sealed opens again, and does not look like what it holds', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (secret, id) => {
      const sealed = seal(both, id, secret);
      expect(open(both, id, sealed)).toBe(secret);
      expect(sealed.masterKeyVersion).toBe(2);
      if (secret.length > 4) expect(sealed.sealedSecret.includes(secret)).toBe(false);
      expect(seal(both, id, secret).sealedSecret.equals(sealed.sealedSecret)).toBe(false);
    }),
  );
});

test('no bit of what was sealed can be changed, and nothing cut off or added', () => {
  const { sealedSecret, masterKeyVersion } = seal(both, 'key_a', 'secret');
  for (let bit = 0; bit < sealedSecret.length * 8; bit++) {
    const changed = Buffer.from(sealedSecret);
    changed.writeUInt8(changed.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
    expect(() => open(both, 'key_a', { sealedSecret: changed, masterKeyVersion })).toThrow();
  }
  for (let length = 0; length < sealedSecret.length; length++) {
    const cut = sealedSecret.subarray(0, length);
    expect(() => open(both, 'key_a', { sealedSecret: cut, masterKeyVersion })).toThrow();
  }
  const longer = Buffer.concat([sealedSecret, Buffer.alloc(1)]);
  expect(() => open(both, 'key_a', { sealedSecret: longer, masterKeyVersion })).toThrow();
});

test('a secret opens for its own key id and its own master key alone', () => {
  const sealed = seal(old, 'key_a', 'secret');
  expect(open(both, 'key_a', sealed)).toBe('secret');
  expect(() => open(both, 'key_b', sealed)).toThrow();
  expect(() => open(both, 'key_a', { ...sealed, masterKeyVersion: 2 })).toThrow();
  expect(() => open(onlyNew, 'key_a', sealed)).toThrow('master key version 1 is not configured');
});

test('keys for different purposes and versions have nothing in common', () => {
  const derived = [deriveKey(both, 1, 'a'), deriveKey(both, 2, 'a'), deriveKey(both, 1, 'b')];
  expect(new Set(derived.map((key) => key.toString('hex'))).size).toBe(3);
  expect(derived.map((key) => key.length)).toEqual([32, 32, 32]);
});

test('a signature holds for its text, its purpose and any master key that is still configured', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (text, other) => {
      const signature = signText(old, 'purpose', text);
      expect([isSigned(old, 'purpose', text, signature), isSigned(both, 'purpose', text, signature)]).toEqual(
        [true, true],
      );
      expect(isSigned(onlyNew, 'purpose', text, signature)).toBe(false);
      expect(isSigned(both, 'other purpose', text, signature)).toBe(false);
      expect(isSigned(both, 'purpose', other, signature)).toBe(other === text);
      expect(isSigned(both, 'purpose', text, signature.replace(/^1/, '2'))).toBe(false);
    }),
  );
});

test('anything else is no signature, and looking at it never throws', () => {
  const [version, mac] = signText(old, 'purpose', 'text').split('.');
  for (const wrong of [
    '',
    '.',
    `${version}.`,
    `.${mac}`,
    `9.${mac}`,
    `${version}.${mac}=`,
    `${version}.${mac}.`,
  ]) {
    expect([wrong, isSigned(both, 'purpose', 'text', wrong)]).toEqual([wrong, false]);
  }
  fc.assert(fc.property(fc.string(), (wrong) => !isSigned(both, 'purpose', 'text', wrong)));
});

test('ids say what they name, are never twice the same, and hold no letter that looks like a digit', () => {
  const ids = [...Array(1000)].map(() => newId('application'));
  expect(new Set(ids).size).toBe(1000);
  for (const id of ids) expect(id).toMatch(/^app_[0-9a-hjkmnp-tv-z]{20}$/);
});

test('a derived id hangs on every part of what it is derived from, and on where each ends', () => {
  fc.assert(
    fc.property(fc.array(fc.string()), fc.array(fc.string()), (a, b) => {
      const same = JSON.stringify(a) === JSON.stringify(b);
      expect(derivedId('decision', ...a) === derivedId('decision', ...b)).toBe(same);
    }),
  );
  expect(derivedId('decision', 'ab', 'c')).not.toBe(derivedId('decision', 'a', 'bc'));
});
