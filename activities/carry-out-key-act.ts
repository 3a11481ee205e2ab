import { newKeyPair, seal } from '../src/crypto/secrets.ts';
import { appendAudit } from '../src/db/audit.ts';
import type { Transaction } from '../src/db/database.ts';
import { endLinks, nextOccurrence, openLink } from '../src/db/deliveries.ts';
import { changeLife, endRotation, type LoadedKey, notSuspended } from '../src/db/key-life.ts';
import { queueMail, supersedeMails } from '../src/db/mails.ts';
import { adminsOf, approversOf } from '../src/db/people.ts';
import { formerSecrets } from '../src/db/schema/keys.ts';
import type { KeyAct, KeyActName } from '../src/domain/key-acts.ts';
import { handingOver } from '../src/domain/mails.ts';
import { addresseesOf } from './addressees.ts';
import type { Dependencies } from './dependencies.ts';
import { tellOfKey } from './tell-of-key.ts';

/** How the audit trail calls what was done. */
const actions: Record<KeyActName, string> = {
  rotate: 'key.rotated',
  'finish-rotation': 'key.rotation-ended',
  suspend: 'key.suspended',
  resume: 'key.resumed',
  revoke: 'key.revoked',
  'report-leak': 'key.leak-reported',
  reissue: 'key.reissued',
};

/**
 * Carries out what the rules allow to be done to a key, in the transaction that judged it: key, secrets, mails and audit row.
 * @param now the workflow's time
 */
export async function carryOutKeyAct(
  tx: Transaction,
  key: LoadedKey,
  act: KeyAct,
  dependencies: Dependencies,
  now: Date,
): Promise<void> {
  const { row, application } = key;
  const { mailer, masterKeys, delivery, deliveryDelayMs } = dependencies;
  const carryOut: Record<KeyActName, () => Promise<Record<string, unknown>>> = {
    async rotate() {
      const { sealedSecret, masterKeyVersion } = row;
      const { grace } = act;
      const until =
        grace && 'ms' in grace ? { graceMs: grace.ms } : { unusedDays: grace ? grace.unusedDays : 0 };
      await tx
        .insert(formerSecrets)
        .values({ keyId: row.id, sealedSecret, masterKeyVersion, rotatedAt: now, ...until });
      return { ...until, ...(await makeSecret({})) };
    },
    async 'finish-rotation'() {
      await endRotation(tx, row.id);
      await changeLife(tx, row.id);
      return {};
    },
    async suspend() {
      await changeLife(tx, row.id, suspended('request'));
      await tellOfKey(tx, key, 'suspension', await holders(), mailer.domain);
      return {};
    },
    async resume() {
      await changeLife(tx, row.id, notSuspended);
      await tellOfKey(tx, key, 'resumption', await holders(), mailer.domain);
      return {};
    },
    async revoke() {
      await changeLife(tx, row.id, { ...notSuspended, revokedAt: now });
      await endRotation(tx, row.id);
      await callOffDelivery();
      await tellOfKey(tx, key, 'revoked-at-once', await holders(), mailer.domain);
      return {};
    },
    async 'report-leak'() {
      await changeLife(tx, row.id, suspended('leak'));
      // What is on its way would hand over what has leaked.
      await callOffDelivery();
      const told = await holders();
      await tellOfKey(tx, key, 'leak', told, mailer.domain);
      const watchers = [...(await adminsOf(tx)), ...(await approversOf(tx, application))];
      await tellOfKey(tx, key, 'leak-report', watchers, mailer.domain);
      return {};
    },
    async reissue() {
      await endRotation(tx, row.id);
      return makeSecret(notSuspended);
    },
  };
  const details = await carryOut[act.act]();
  await appendAudit(tx, {
    action: actions[act.act],
    actor: act.personId,
    via: act.via,
    subject: { type: 'key', id: row.id },
    requestId: act.requestId,
    details: { key: row.id, keyAct: act.id, act: act.act, comment: act.comment, ...details },
  });

  /** Another secret for the same public half, handed over as the first one was, after the same delay. */
  async function makeSecret(change: Partial<typeof notSuspended>): Promise<Record<string, unknown>> {
    const sealed = seal(masterKeys, row.id, newKeyPair().secretKey);
    await changeLife(tx, row.id, { ...change, ...sealed, secretNumber: row.secretNumber + 1 });
    await callOffDelivery();
    const kind = delivery === 'link' ? 'rotation-link' : 'rotation';
    const occurrence = await nextOccurrence(tx, application.id);
    const occasion = {
      applicationId: application.id,
      kind,
      round: application.round,
      level: 0,
      occurrence,
    } as const;
    const dueAt = new Date(now.getTime() + deliveryDelayMs);
    const [mailId] = await queueMail(tx, occasion, await holders(), mailer.domain, dueAt);
    if (kind === 'rotation-link' && mailId) await openLink(tx, row.id, mailId);
    return { mail: mailId ?? null, deliveryDueAt: dueAt.toISOString() };
  }

  /** Secrets that have not been handed over are not handed over any more. */
  async function callOffDelivery(): Promise<void> {
    await supersedeMails(tx, application.id, handingOver);
    await endLinks(tx, application.id, 'superseded');
  }

  function suspended(reason: 'request' | 'leak') {
    return {
      suspendedAt: now,
      suspendedBy: act.personId,
      suspendedFor: reason,
      suspensionComment: act.comment,
    };
  }

  function holders() {
    return addresseesOf(tx, { applicantId: application.applicantId, clientId: row.clientId });
  }
}
