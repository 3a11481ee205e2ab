import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { deriveKey, type MasterKeys } from './master-keys.ts';

/**
 * Signed notes as the C2SP describes them (https://c2sp.org/signed-note), with Ed25519: a text, an empty line, and lines
 * `— <name> <base64 of 4 bytes of key id and the signature>`. Every verifier of such notes can check ours.
 */
const algorithm = Buffer.from([1]);
/** DER around the bare 32 bytes of an Ed25519 key (RFC 8410): what precedes a private seed, and a public key. */
const privatePrefix = Buffer.from('302e020100300506032b657004220420', 'hex');
const publicPrefix = Buffer.from('302a300506032b6570032100', 'hex');

/** What a signature is checked with: the name of its key, and the key. */
export interface Verifier {
  name: string;
  publicKey: Buffer;
}

/** An Ed25519 key for one purpose, from the master key of a version. */
export function signingKey(keys: MasterKeys, version: number, purpose: string): KeyObject {
  const seed = deriveKey(keys, version, purpose);
  return createPrivateKey({ key: Buffer.concat([privatePrefix, seed]), format: 'der', type: 'pkcs8' });
}

/** The 32 bytes by which others check what a key signs. */
export function publicBytes(key: KeyObject): Buffer {
  return createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(publicPrefix.length);
}

/** Signs a text, which must end with a line end and have no empty line. */
export function signNote(text: string, name: string, key: KeyObject): string {
  const signature = Buffer.concat([
    keyId({ name, publicKey: publicBytes(key) }),
    sign(null, Buffer.from(text), key),
  ]);
  return `${text}\n— ${name} ${signature.toString('base64')}\n`;
}

/** The text of a note that one of the verifiers' keys has signed; undefined for any other. */
export function openNote(note: string, verifiers: readonly Verifier[]): string | undefined {
  const end = note.lastIndexOf('\n\n');
  if (end === -1) return undefined;
  const text = note.slice(0, end + 1);
  const lines = note.slice(end + 2).split('\n');
  const signed = lines.some((line) => {
    const match = /^— (\S+) ([A-Za-z0-9+/]+={0,2})$/u.exec(line);
    const bytes = Buffer.from(match?.[2] ?? '', 'base64');
    return verifiers.some(
      (verifier) =>
        verifier.name === match?.[1] &&
        bytes.length === 4 + 64 &&
        keyId(verifier).equals(bytes.subarray(0, 4)) &&
        verify(null, Buffer.from(text), publicKeyOf(verifier), bytes.subarray(4)),
    );
  });
  return signed ? text : undefined;
}

/** A verifier in the usual form: `<name>+<key id>+<base64 of algorithm and key>`. */
export function verifierText(verifier: Verifier): string {
  const key = Buffer.concat([algorithm, verifier.publicKey]).toString('base64');
  return `${verifier.name}+${keyId(verifier).toString('hex')}+${key}`;
}

/** Reads {@link verifierText}; undefined for anything else. */
export function parseVerifier(text: string): Verifier | undefined {
  const match = /^([^+\s]+)\+[0-9a-f]{8}\+([A-Za-z0-9+/]{44})$/.exec(text);
  const key = Buffer.from(match?.[2] ?? '', 'base64');
  if (!match?.[1] || key.length !== 33) return undefined;
  const verifier = { name: match[1], publicKey: key.subarray(1) };
  return verifierText(verifier) === text ? verifier : undefined;
}

function keyId({ name, publicKey }: Verifier): Buffer {
  return createHash('sha256').update(`${name}\n`).update(algorithm).update(publicKey).digest().subarray(0, 4);
}

function publicKeyOf({ publicKey }: Verifier): KeyObject {
  return createPublicKey({ key: Buffer.concat([publicPrefix, publicKey]), format: 'der', type: 'spki' });
}
