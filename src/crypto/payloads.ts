import { decrypt, encrypt } from './aes-gcm.ts';
import { deriveKey, type MasterKeys } from './master-keys.ts';

/** Bytes that Temporal keeps, and the version of the key that they are under. */
export interface SealedPayload {
  keyVersion: number;
  bytes: Uint8Array;
}

const purpose = 'temporal payload 1';

/** In the additional data, so that a payload opens under the key alone that it names. */
const contextOf = (version: number) => `keygrant payload ${version}`;

/**
 * Encrypts what Temporal keeps, under keys of their own, derived once for each version: there are some sixty payloads
 * in an application's history, and 2^32 may be under one key.
 */
export function createPayloadCipher(keys: MasterKeys) {
  const derived = new Map(
    [...keys.byVersion.keys()].map((version) => [version, deriveKey(keys, version, purpose)]),
  );
  return {
    /** Seals under the newest key. */
    seal(plain: Uint8Array): SealedPayload {
      const keyVersion = keys.current;
      return { keyVersion, bytes: encrypt(keyOf(keyVersion), contextOf(keyVersion), plain) };
    },

    /** Whether the key of that version is here. */
    knows: (keyVersion: number) => derived.has(keyVersion),

    /** Opens what was sealed under any key that is here; throws for all else. */
    open({ keyVersion, bytes }: SealedPayload): Buffer {
      return decrypt(keyOf(keyVersion), contextOf(keyVersion), bytes);
    },
  };

  function keyOf(version: number): Buffer {
    const key = derived.get(version);
    if (!key) throw new Error(`key version ${version} is not configured; add it to TEMPORAL_CODEC_KEYS`);
    return key;
  }
}
