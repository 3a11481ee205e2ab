import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { Fault } from '../domain/faults.ts';

/** The keys that everything secret hangs on, by version. New things use the highest; old versions still open. */
export interface MasterKeys {
  current: number;
  byVersion: ReadonlyMap<number, Buffer>;
}

/** Reads `2:<base64 of 32 bytes>,1:<…>`; throws with a message that holds no key. */
export function parseMasterKeys(text: string): MasterKeys {
  const byVersion = new Map<number, Buffer>();
  for (const entry of text.split(',')) {
    const match = /^\s*([1-9]\d{0,5}):([A-Za-z0-9+/]{43}=)\s*$/.exec(entry);
    if (!match)
      throw new Error(
        'each entry must be <version>:<base64 of 32 bytes>, such as 1:$(openssl rand -base64 32)',
      );
    const version = Number(match[1]);
    if (byVersion.has(version)) throw new Error(`version ${version} is there twice`);
    byVersion.set(version, Buffer.from(String(match[2]), 'base64'));
  }
  return { current: Math.max(...byVersion.keys()), byVersion };
}

/** A 256-bit key for one purpose, derived from a master key (HKDF, RFC 5869), so that no key serves two purposes. */
export function deriveKey(keys: MasterKeys, version: number, purpose: string): Buffer {
  const master = keys.byVersion.get(version);
  if (!master) {
    throw new Fault(
      `master key version ${version} is not configured`,
      'Add it to MASTER_KEYS of API and worker and start them again.',
    );
  }
  const known = derived.get(master) ?? new Map<string, Buffer>();
  derived.set(master, known);
  const key =
    known.get(purpose) ?? Buffer.from(hkdfSync('sha256', master, Buffer.alloc(0), `keygrant ${purpose}`, 32));
  known.set(purpose, key);
  return key;
}

/** By master key and purpose: each signed call needs one, and making it took longer than opening the secret with it. */
const derived = new WeakMap<Buffer, Map<string, Buffer>>();

/** Signs a text of this service to itself: `<key version>.<HMAC-SHA256, base64url>`. */
export function signText(keys: MasterKeys, purpose: string, text: string): string {
  return `${keys.current}.${mac(keys, keys.current, purpose, text).toString('base64url')}`;
}

/** Whether `signature` is this service's own over `text`, under any configured master key. */
export function isSigned(keys: MasterKeys, purpose: string, text: string, signature: string): boolean {
  const match = /^(\d{1,6})\.([A-Za-z0-9_-]{43})$/.exec(signature);
  if (!match || !keys.byVersion.has(Number(match[1]))) return false;
  return timingSafeEqual(
    mac(keys, Number(match[1]), purpose, text),
    Buffer.from(String(match[2]), 'base64url'),
  );
}

function mac(keys: MasterKeys, version: number, purpose: string, text: string): Buffer {
  return createHmac('sha256', deriveKey(keys, version, purpose))
    .update(text, 'utf8')
    .digest();
}
