import { randomBytes } from 'node:crypto';
import { idPrefixes } from '../domain/ids.ts';
import { sha256 } from './digest.ts';

/** Crockford's base 32 in lower case: no letters that look like digits, so ids survive being read aloud. */
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';

type Kind = keyof typeof idPrefixes;

/** A new id such as `app_7k2m9x…`: 100 random bits, unguessable and never twice. */
export function newId(kind: Kind): string {
  return `${idPrefixes[kind]}_${encode(randomBytes(20))}`;
}

/** The id that always belongs to `parts`: a retry with the same Idempotency-Key makes the same one. */
export function derivedId(kind: Kind, ...parts: readonly string[]): string {
  return `${idPrefixes[kind]}_${encode(Buffer.from(sha256(JSON.stringify(parts)), 'hex').subarray(0, 20))}`;
}

/** Five bits of each byte; the other three are left unused for the sake of one simple line. */
function encode(bytes: Buffer): string {
  return [...bytes].map((byte) => alphabet[byte & 31]).join('');
}
