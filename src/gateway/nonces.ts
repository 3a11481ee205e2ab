import type { Database } from '../db/database.ts';
import { signatureNonces } from '../db/schema/calls.ts';
import { inBatches } from './batches.ts';
import { windowSeconds } from './message-signature.ts';

/** A signature that may pass if it is the first of its nonce. */
interface Spending {
  keyId: string;
  nonce: string;
  /** Seconds since 1970. */
  created: number;
}

/**
 * Notes that nonces are used, for longer than their signatures could pass: the window, and as much again for clocks of several
 * machines that do not agree.
 * @returns asks for one; false where it was used before, by whichever process
 */
export function createNonces(db: Database): (spending: Spending) => Promise<boolean> {
  const nameOf = ({ keyId, nonce }: { keyId: string; nonce: string }) => `${keyId} ${nonce}`;
  return inBatches(async (spendings) => {
    const first = new Map<string, Spending>();
    for (const each of spendings) if (!first.has(nameOf(each))) first.set(nameOf(each), each);
    // In one order everywhere, so that processes never wait for one another in a circle.
    const rows = [...first.keys()].toSorted().map((name) => {
      const { keyId, nonce, created } = first.get(name) as Spending;
      return { keyId, nonce, keptUntil: new Date((created + 2 * windowSeconds) * 1000) };
    });
    const spent = await db.insert(signatureNonces).values(rows).onConflictDoNothing().returning({
      keyId: signatureNonces.keyId,
      nonce: signatureNonces.nonce,
    });
    const isSpent = new Set(spent.map(nameOf));
    return spendings.map((each) => first.get(nameOf(each)) === each && isSpent.has(nameOf(each)));
  });
}
