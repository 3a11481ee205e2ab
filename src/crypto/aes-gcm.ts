import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/** 96 bits, the size that GCM is specified for (NIST SP 800-38D, 8.2); random, so at most 2^32 texts under one key. */
const nonceBytes = 12;
const tagBytes = 16;

/**
 * Encrypts with AES-256-GCM.
 * @param context not encrypted, but {@link decrypt} must be given the same
 * @returns nonce, ciphertext and tag, one after the other
 */
export function encrypt(key: Buffer, context: string, plain: Uint8Array): Buffer {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(Buffer.from(context));
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

/** Decrypts what {@link encrypt} made; throws when it was altered, or belongs to another key or context. */
export function decrypt(key: Buffer, context: string, bytes: Uint8Array): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, nonceBytes), {
    authTagLength: tagBytes,
  });
  decipher.setAAD(Buffer.from(context));
  decipher.setAuthTag(bytes.subarray(nonceBytes).subarray(-tagBytes));
  return Buffer.concat([decipher.update(bytes.subarray(nonceBytes, -tagBytes)), decipher.final()]);
}
