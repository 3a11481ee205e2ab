import type { MasterKeys } from './master-keys.ts';
import { parseVerifier, publicBytes, signingKey, signNote, type Verifier } from './notes.ts';

const purpose = 'audit checkpoint 1';
const name = 'keygrant-audit';

/** Signs a checkpoint of the audit chain with a key derived from the newest master key. */
export function signCheckpoint(keys: MasterKeys, text: string): string {
  return signNote(text, name, signingKey(keys, keys.current, purpose));
}

/** The keys that checkpoints may be signed with, the newest first: one for every master key that is configured. */
export function checkpointVerifiers(keys: MasterKeys): Verifier[] {
  const versions = [...keys.byVersion.keys()].toSorted((a, b) => b - a);
  return versions.map((version) => ({ name, publicKey: publicBytes(signingKey(keys, version, purpose)) }));
}

/** Reads public keys of master keys that are no more, comma separated, as `audit key` printed them. */
export function parseVerifiers(text: string): Verifier[] | undefined {
  const verifiers = text.split(',').map((each) => parseVerifier(each.trim()));
  return verifiers.every((each) => each !== undefined) ? verifiers : undefined;
}
