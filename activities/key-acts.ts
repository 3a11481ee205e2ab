import { eq, or, sql } from 'drizzle-orm';
import { isSigned } from '../src/crypto/master-keys.ts';
import { appendAudit } from '../src/db/audit.ts';
import type { Transaction } from '../src/db/database.ts';
import { loadKey } from '../src/db/key-life.ts';
import { findPerson } from '../src/db/people.ts';
import { keyActs } from '../src/db/schema/keys.ts';
import { dateIn } from '../src/domain/dates.ts';
import { gone } from '../src/domain/faults.ts';
import {
  isKeySignal,
  judgeKeyAct,
  keyActPurpose,
  keyActText,
  parseKeyAct,
  type SignedKeyAct,
} from '../src/domain/key-acts.ts';
import { carryOutKeyAct } from './carry-out-key-act.ts';
import type { Dependencies } from './dependencies.ts';
import { openSignal } from './sealed-signals.ts';

/** A signal as the workflow of a key received it. */
export interface ReceivedKeySignal {
  keyId: string;
  /** `<workflow run>/<number>/<moment of its arrival>` */
  signal: string;
  name: string;
  /** The workflow's time, ISO 8601. */
  at: string;
  arrivedAt: string;
  /** Whatever it held: anybody with access to Temporal can send anything. */
  payload: unknown;
}

export function createKeyActActivities(dependencies: Dependencies) {
  const { db, masterKeys, readSealed, timeZone } = dependencies;
  return {
    /**
     * Records one signal and, if it holds a genuine act that the rules allow, carries it out: act, key, mails and audit row
     * in one transaction, under the key's lock. Whatever it was, it is on record, and recording it again changes nothing.
     */
    async recordKeySignal(received: ReceivedKeySignal): Promise<string> {
      const { keyId, signal, name } = received;
      const payload = openSignal(received.payload, received.arrivedAt, readSealed);
      const now = new Date(received.at);
      return db.transaction(async (tx) => {
        const key = await loadKey(tx, keyId, dateIn(timeZone, now), { lock: true });
        if (!key) throw gone(`key ${keyId}`);
        const claimed = parseKeyAct(name, payload);
        const earlier = await earlierSignal(tx, received, claimed);
        if (earlier?.signal === signal) return earlier.outcome;

        const genuine = claimed && isGenuine(claimed, keyId) ? claimed : undefined;
        const by = genuine && (await findPerson(tx, genuine.personId));
        const problem = !isKeySignal(name)
          ? 'unknown-signal'
          : !claimed
            ? 'malformed-act'
            : !genuine || !by
              ? 'forged-act'
              : earlier
                ? 'repeated-act'
                : judgeKeyAct(key.standing, by, genuine);
        // Neither a repetition nor a forgery keeps the id: whoever waits for the act must find the genuine one.
        const named = by && genuine && problem !== 'repeated-act' ? genuine : undefined;
        await tx.insert(keyActs).values({
          signal,
          keyId,
          outcome: problem ?? 'recorded',
          actId: named?.id ?? null,
          personId: named?.personId ?? null,
          act: named?.act ?? null,
          comment: named?.comment ?? null,
        });
        if (problem === undefined && genuine) {
          await carryOutKeyAct(tx, key, genuine, dependencies, now);
          return 'recorded';
        }
        // Of a forged signal nothing is believed: what it claims stands in the details, not in the actor.
        await appendAudit(tx, {
          action: 'key.act-refused',
          actor: genuine && by ? by.id : 'unknown',
          via: genuine?.via ?? null,
          subject: { type: 'key', id: keyId },
          requestId: genuine?.requestId ?? null,
          details: { key: keyId, problem, signal: name, claims: claimsOf(claimed) },
        });
        return problem ?? 'forged-act';
      });
    },
  };

  function isGenuine(act: SignedKeyAct, keyId: string): boolean {
    return act.keyId === keyId && isSigned(masterKeys, keyActPurpose, keyActText(act), act.signature);
  }
}

/** This very signal, recorded by an earlier attempt; else an earlier one with the same act. */
async function earlierSignal(
  tx: Transaction,
  { keyId, signal }: ReceivedKeySignal,
  claimed: SignedKeyAct | undefined,
) {
  const same = claimed && sql`${keyActs.actId} = ${claimed.id} and ${keyActs.keyId} = ${keyId}`;
  const [earlier] = await tx
    .select()
    .from(keyActs)
    .where(or(eq(keyActs.signal, signal), same))
    .orderBy(sql`${keyActs.signal} = ${signal} desc`)
    .limit(1);
  return earlier;
}

/** What a refused signal claimed, without its signature: one that would have passed must not lie around. */
function claimsOf(act: SignedKeyAct | undefined): Record<string, unknown> | null {
  if (!act) return null;
  const { signature: _, ...claims } = act;
  return claims;
}
