import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { deriveKey, type MasterKeys } from './master-keys.ts';

/** A key pair in digiRunner's shape: the base64 of hex of random bytes. */
export interface KeyPair {
  /** Public, 56 characters. */
  apiKey: string;
  /** Private, 88 characters. */
  secretKey: string;
}

/** A secret as it lies in the database. */
export interface Sealed {
  masterKeyVersion: number;
  sealedSecret: Buffer;
}

const purpose = 'seal 1';
/** 96 bits, the size that GCM is specified for (NIST SP 800-38D, 8.2); random, at far fewer than 2^32 seals a key. */
const nonceBytes = 12;
const tagBytes = 16;

/** Makes a pair from 160 and 256 random bits. */
export function newKeyPair(): KeyPair {
  const pair = (bytes: number) => Buffer.from(randomBytes(bytes).toString('hex')).toString('base64');
  return { apiKey: pair(20), secretKey: pair(32) };
}

/** Seals a secret with AES-256-GCM under the current master key; it opens only for the same key id. */
export function seal(keys: MasterKeys, keyId: string, secretKey: string): Sealed {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', deriveKey(keys, keys.current, purpose), nonce);
  cipher.setAAD(Buffer.from(keyId));
  const body = Buffer.concat([cipher.update(secretKey, 'utf8'), cipher.final()]);
  return { masterKeyVersion: keys.current, sealedSecret: Buffer.concat([nonce, body, cipher.getAuthTag()]) };
}

/** Opens what {@link seal} sealed; throws when it was altered, belongs to another key id, or its master key is missing. */
export function open(keys: MasterKeys, keyId: string, sealed: Sealed): string {
  const { sealedSecret: bytes, masterKeyVersion } = sealed;
  const key = deriveKey(keys, masterKeyVersion, purpose);
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, nonceBytes), {
    authTagLength: tagBytes,
  });
  decipher.setAAD(Buffer.from(keyId));
  decipher.setAuthTag(bytes.subarray(-tagBytes));
  return decipher.update(bytes.subarray(nonceBytes, -tagBytes), undefined, 'utf8') + decipher.final('utf8');
}
