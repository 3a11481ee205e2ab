import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { JWK } from 'jose';
import { exportJWK, generateKeyPair } from 'jose';

/** What the identity provider must keep so that its tokens and cookies stay valid over a restart. */
export interface IdentityKeys {
  /** Private signing keys as a JSON Web Key Set. */
  jwks: { keys: JWK[] };
  /** Secrets that sign its cookies. */
  cookies: string[];
}

/**
 * The provider's keys: those of the last run when a folder is given, else new ones.
 * @param folder made when missing; the file in it is readable by its owner alone
 */
export async function identityKeys(folder?: string): Promise<IdentityKeys> {
  const file = folder && join(folder, 'identity-keys.json');
  const kept = file && (await readFile(file, 'utf8').catch(() => undefined));
  if (kept) return JSON.parse(kept);
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const key = { ...(await exportJWK(privateKey)), alg: 'RS256', use: 'sig' };
  const keys = { jwks: { keys: [key] }, cookies: [randomBytes(32).toString('base64url')] };
  if (folder && file) {
    await mkdir(folder, { recursive: true });
    // Renamed into place, lest a crash leave half a file that the next start cannot read.
    await writeFile(`${file}.unfinished`, JSON.stringify(keys), { mode: 0o600 });
    await rename(`${file}.unfinished`, file);
  }
  return keys;
}
