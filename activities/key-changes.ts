import { eq, sql } from 'drizzle-orm';
import {
  contentOf,
  type LoadedApplication,
  loadApplication,
  moveApplication,
  surroundingsOf,
} from '../src/db/applications.ts';
import { appendAudit } from '../src/db/audit.ts';
import type { Transaction } from '../src/db/database.ts';
import { notSuspended } from '../src/db/key-life.ts';
import { keyAsIs } from '../src/db/keys.ts';
import { queueMail } from '../src/db/mails.ts';
import { keyApis, keys } from '../src/db/schema/keys.ts';
import { violationsOf } from '../src/domain/application-rules.ts';
import { changesBetween } from '../src/domain/changes.ts';
import { violationsInWords } from '../src/domain/errors.ts';
import { gone } from '../src/domain/faults.ts';
import type { Words } from '../src/domain/languages.ts';
import { addresseesOf } from './addressees.ts';
import type { Dependencies } from './dependencies.ts';
import { ownEvent } from './own-event.ts';
import { type Position, positionOf } from './position.ts';
import { sendBack } from './send-back.ts';

export function createKeyChangeActivities({ db, mailer, timeZone }: Dependencies) {
  return {
    /**
     * Carries out an approved change or revocation of a live key, in one transaction with its audit row and the mail that
     * tells of it; the pair stays. All rules are checked again on the locked key. If one no longer holds, or the key is
     * not the one that the reviewers saw, the application returns to its applicant with the reason instead.
     * @param approvedAt the workflow's time of the last approval, ISO 8601
     */
    async changeKey(applicationId: string, approvedAt: string): Promise<Position> {
      await db.transaction(async (tx) => {
        const application = await loadApplication(tx, applicationId, { lock: true });
        if (!application) throw gone(`application ${applicationId}`);
        // Done already, by an earlier attempt whose answer was lost.
        if (application.row.state !== 'approved') return;
        const reason = await whyNot(tx, application, new Date(approvedAt));
        if (reason === undefined) await change(tx, application, new Date(approvedAt));
        else await sendBack(tx, application, reason, mailer.domain);
      });
      return positionOf(db, applicationId, timeZone);
    },
  };

  /** Why the change can no longer be made; locks the key, so that it stays as it is until the transaction ends. */
  async function whyNot(
    tx: Transaction,
    application: LoadedApplication,
    now: Date,
  ): Promise<Words | undefined> {
    const { keyId, keyRevision } = application.row;
    const key = await keyAsIs(tx, keyId ?? '', { lock: true });
    const content = contentOf(application);
    const violations = violationsOf(content, { ...(await surroundingsOf(tx, content, timeZone, now)), key });
    if (violations.length > 0) return violationsInWords(violations);
    return key?.revision === keyRevision
      ? undefined
      : {
          en: 'The key was changed after this was submitted; look at it and submit again.',
          'zh-TW': '送審之後金鑰已有變更；請檢視金鑰後重新送審。',
        };
  }

  async function change(tx: Transaction, application: LoadedApplication, now: Date): Promise<void> {
    const { row } = application;
    const { kind, effectiveOn, expiresOn, quota, apiIds } = contentOf(application);
    const keyId = row.keyId ?? '';
    const before = await keyAsIs(tx, keyId);
    const revision = sql`${keys.revision} + 1`;
    if (kind === 'update' && effectiveOn !== null && expiresOn !== null && quota !== null) {
      const since = before?.expiresOn === expiresOn ? {} : { expirySetAt: now };
      await tx
        .update(keys)
        .set({ effectiveOn, expiresOn, quota, revision, ...since, attention: true })
        .where(eq(keys.id, keyId));
      await tx.delete(keyApis).where(eq(keyApis.keyId, keyId));
      await tx.insert(keyApis).values(apiIds.map((apiId) => ({ keyId, apiId })));
    } else {
      await tx
        .update(keys)
        .set({ ...notSuspended, revokedAt: now, revision, attention: true })
        .where(eq(keys.id, keyId));
    }
    await moveApplication(tx, row.id, 'completed');
    const told = kind === 'update' ? 'update' : 'revocation';
    const occasion = { applicationId: row.id, kind: told, round: row.round, level: 0 } as const;
    await queueMail(tx, occasion, await addresseesOf(tx, row), mailer.domain);
    const changes = kind === 'update' && before ? changesBetween(before, contentOf(application)) : [];
    const action = kind === 'update' ? 'key.updated' : 'key.revoked';
    await appendAudit(tx, ownEvent(row.id, action, { key: keyId, changes }));
  }
}
