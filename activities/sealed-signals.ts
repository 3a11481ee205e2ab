import type { SealedPayload } from '../src/crypto/payloads.ts';
import { Fault } from '../src/domain/faults.ts';
import { sealedIn } from '../src/domain/unreadable.ts';

/** What the codec says of bytes that are still encrypted. */
export type ReadSealed = (sealed: SealedPayload) => { value: unknown } | 'unknown-key' | 'not-ours';

/** Longer than a rollout of new keys takes. */
const patienceMs = 10 * 60_000;

/**
 * What a signal holds. While keys are rotated, one can come under a key that this worker is about to get: it is waited
 * for, by failing and being tried again. Not for ever, since anybody can name a key that never comes.
 * @returns the payload as it came where it cannot be opened: not a decision
 */
export function openSignal(payload: unknown, arrivedAt: string, readSealed: ReadSealed): unknown {
  const sealed = sealedIn(payload);
  if (!sealed) return payload;
  const read = readSealed({ keyVersion: sealed.keyVersion, bytes: Buffer.from(sealed.bytes, 'hex') });
  if (typeof read === 'object') return read.value;
  if (read === 'unknown-key' && Date.now() - Date.parse(arrivedAt) < patienceMs) {
    throw new Fault(
      `a signal is encrypted under key version ${sealed.keyVersion}, which this worker lacks`,
      'Add it to TEMPORAL_CODEC_KEYS (or MASTER_KEYS); ten minutes after its arrival it counts as malformed.',
    );
  }
  return payload;
}
