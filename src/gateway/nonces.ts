import type { Database } from '../db/database.ts';
import { signatureNonces } from '../db/schema/calls.ts';
import { windowSeconds } from './message-signature.ts';

/**
 * Notes that a nonce is used, for longer than its signature could pass: the window, and as much again for clocks of several
 * machines that do not agree.
 * @returns false where it was used before, by whichever process
 */
export async function spendNonce(
  db: Database,
  keyId: string,
  { nonce, created }: { nonce: string; created: number },
): Promise<boolean> {
  const keptUntil = new Date((created + 2 * windowSeconds) * 1000);
  const spent = await db
    .insert(signatureNonces)
    .values({ keyId, nonce, keptUntil })
    .onConflictDoNothing()
    .returning({ keyId: signatureNonces.keyId });
  return spent.length === 1;
}
