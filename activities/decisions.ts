import { eq, or, sql } from 'drizzle-orm';
import { isSigned } from '../src/crypto/master-keys.ts';
import { type LoadedApplication, loadApplication, reviewOf } from '../src/db/applications.ts';
import { appendAudit } from '../src/db/audit.ts';
import type { Transaction } from '../src/db/database.ts';
import { delegatorsOf } from '../src/db/delegations.ts';
import { loadDelivery } from '../src/db/deliveries.ts';
import { findPerson } from '../src/db/people.ts';
import { decisions } from '../src/db/schema/decisions.ts';
import {
  decisionPurpose,
  decisionText,
  isDeliveryAct,
  isSignal,
  isVerdict,
  parseDecision,
  type SignedDecision,
} from '../src/domain/decision.ts';
import { judgeDelivery } from '../src/domain/delivery.ts';
import { gone } from '../src/domain/faults.ts';
import type { ProblemCode } from '../src/domain/problems.ts';
import { type Decider, judge, type Review, voiceOf, voicesOf } from '../src/domain/review.ts';
import { carryOut } from './carry-out.ts';
import { carryOutDelivery } from './carry-out-delivery.ts';
import type { Dependencies } from './dependencies.ts';
import { type Position, positionOf } from './position.ts';
import { openSignal } from './sealed-signals.ts';

/** A signal as its workflow received it. */
export interface ReceivedSignal {
  applicationId: string;
  /** `<workflow run>/<number>` */
  signal: string;
  name: string;
  /** The workflow's time, ISO 8601. */
  at: string;
  /** When the signal came, by the same time; older workflows do not tell. */
  arrivedAt?: string;
  /** Whatever it held: anybody with access to Temporal can send anything. */
  payload: unknown;
}

export function createDecisionActivities(dependencies: Dependencies) {
  const { db, masterKeys, readSealed, mailer, timeZone } = dependencies;
  return {
    /**
     * Records one signal and, if it holds a genuine decision that the rules allow, carries it out: decision, state,
     * mails and audit row in one transaction. Whatever it was, it is on record, and recording it again changes nothing.
     */
    async recordSignal(received: ReceivedSignal): Promise<{ outcome: string; position: Position }> {
      const { applicationId, signal } = received;
      const payload = openSignal(received.payload, received.arrivedAt ?? received.at, readSealed);
      const outcome = await db.transaction(async (tx) => {
        const application = await loadApplication(tx, applicationId, { lock: true });
        if (!application) throw gone(`application ${applicationId}`);
        const claimed = parseDecision(received.name, payload);
        const earlier = await earlierSignal(tx, received, claimed);
        if (earlier?.signal === signal) return earlier.outcome;

        const genuine = claimed && isGenuine(claimed, applicationId) ? claimed : undefined;
        const review = reviewOf(application);
        const by = genuine && (await deciderOf(tx, genuine.personId, new Date(received.at)));
        const problem =
          earlier && genuine
            ? 'repeated-decision'
            : await problemOf(tx, received, application, claimed, genuine, by);
        const delegatorId =
          problem === undefined && by && !isDeliveryAct(genuine.act) ? delegatorFor(review, by) : null;
        await tx.insert(decisions).values({
          signal,
          applicationId,
          outcome: problem ?? 'recorded',
          // Neither a repetition nor a forgery keeps the id: whoever waits for the decision must find the genuine first.
          ...(genuine && problem !== 'repeated-decision' && problem !== 'forged-decision'
            ? {
                decisionId: genuine.id,
                personId: genuine.personId,
                delegatorId: isVerdict(genuine.act) ? delegatorId : null,
                act: genuine.act,
                comment: genuine.comment,
                round: application.row.round,
                level: isVerdict(genuine.act) ? application.row.level : null,
              }
            : {}),
        });
        if (problem !== undefined || !genuine) {
          // Of a forged signal nothing is believed: what it claims stands in the details, not in the actor.
          await appendAudit(tx, {
            action: 'decision.refused',
            actor: genuine ? genuine.personId : 'unknown',
            via: genuine?.via ?? null,
            subject: { type: 'application', id: applicationId },
            requestId: genuine?.requestId ?? null,
            details: {
              problem,
              signal: received.name,
              level: application.row.level,
              claims: claimsOf(claimed),
            },
          });
          return problem ?? 'forged-decision';
        }
        const { act } = genuine;
        const now = new Date(received.at);
        if (isDeliveryAct(act))
          await carryOutDelivery(tx, application, { ...genuine, act }, dependencies, now);
        else await carryOut(tx, application, { ...genuine, act, delegatorId, signal }, mailer.domain, now);
        return 'recorded';
      });
      return { outcome, position: await positionOf(db, applicationId, timeZone) };
    },
  };

  /** This very signal, recorded by an earlier attempt; else an earlier one with the same decision. */
  async function earlierSignal(
    tx: Transaction,
    { applicationId, signal }: ReceivedSignal,
    claimed?: SignedDecision,
  ) {
    const same =
      claimed &&
      sql`${decisions.decisionId} = ${claimed.id} and ${decisions.applicationId} = ${applicationId}`;
    const [earlier] = await tx
      .select()
      .from(decisions)
      .where(or(eq(decisions.signal, signal), same))
      .orderBy(sql`${decisions.signal} = ${signal} desc`)
      .limit(1);
    return earlier;
  }

  function isGenuine(decision: SignedDecision, applicationId: string): boolean {
    return (
      decision.applicationId === applicationId &&
      isSigned(masterKeys, decisionPurpose, decisionText(decision), decision.signature)
    );
  }
}

/** Who decides, and for whom they may at that moment; undefined where nobody of that id is registered. */
async function deciderOf(tx: Transaction, personId: string, at: Date): Promise<Decider | undefined> {
  const person = await findPerson(tx, personId);
  return person && { person, delegators: await delegatorsOf(tx, personId, at) };
}

/** In whose place the decision is made; null for one's own. */
function delegatorFor(review: Review, by: Decider): string | null {
  const voices = voicesOf(review);
  const voice = voices && voiceOf(voices, by);
  return voice && voice.id !== by.person.id ? voice.id : null;
}

async function problemOf(
  tx: Transaction,
  received: ReceivedSignal,
  application: LoadedApplication,
  claimed: SignedDecision | undefined,
  genuine: SignedDecision | undefined,
  by: Decider | undefined,
): Promise<ProblemCode | undefined> {
  if (!isSignal(received.name)) return 'unknown-signal';
  if (!claimed) return 'malformed-decision';
  if (!genuine || !by) return 'forged-decision';
  const { act } = genuine;
  return isDeliveryAct(act)
    ? judgeDelivery(await loadDelivery(tx, application), by.person, { ...genuine, act })
    : judge(reviewOf(application), by, { ...genuine, act });
}

/** What a refused signal claimed, without its signature: one that would have passed must not lie around. */
function claimsOf(decision: SignedDecision | undefined): Record<string, unknown> | null {
  if (!decision) return null;
  const { signature: _, ...claims } = decision;
  return claims;
}
