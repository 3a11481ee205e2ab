import { randomBytes } from 'node:crypto';
import { Fault } from '../domain/faults.ts';
import { decrypt, encrypt } from './aes-gcm.ts';
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

/** Makes a pair from 160 and 256 random bits. */
export function newKeyPair(): KeyPair {
  const pair = (bytes: number) => Buffer.from(randomBytes(bytes).toString('hex')).toString('base64');
  return { apiKey: pair(20), secretKey: pair(32) };
}

/** Seals a secret with AES-256-GCM under the current master key; it opens only for the same key id. */
export function seal(keys: MasterKeys, keyId: string, secretKey: string): Sealed {
  const key = deriveKey(keys, keys.current, purpose);
  return {
    masterKeyVersion: keys.current,
    sealedSecret: encrypt(key, keyId, Buffer.from(secretKey, 'utf8')),
  };
}

/** Opens what {@link seal} sealed; throws when it was altered, belongs to another key id, or its master key is missing. */
export function open(keys: MasterKeys, keyId: string, sealed: Sealed): string {
  const { masterKeyVersion: version, sealedSecret } = sealed;
  const key = deriveKey(keys, version, purpose);
  try {
    return decrypt(key, keyId, sealedSecret).toString('utf8');
  } catch {
    throw new Fault(
      `the secret of ${keyId} does not open with master key version ${version}`,
      `MASTER_KEYS holds another key under that version than the one that sealed it: give API and worker the right one. If it is the right one, the row was altered: restore it, or recall the key.`,
    );
  }
}
