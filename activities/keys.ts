import { newId } from '../src/crypto/ids.ts';
import { newKeyPair, seal } from '../src/crypto/secrets.ts';
import { contentOf, loadApplication, moveApplication, surroundingsOf } from '../src/db/applications.ts';
import { appendAudit } from '../src/db/audit.ts';
import { openLink } from '../src/db/deliveries.ts';
import { queueMail } from '../src/db/mails.ts';
import { keyApis, keys } from '../src/db/schema/keys.ts';
import { violationsOf } from '../src/domain/application-rules.ts';
import { violationsInWords } from '../src/domain/errors.ts';
import { gone } from '../src/domain/faults.ts';
import { addresseesOf } from './addressees.ts';
import type { Dependencies } from './dependencies.ts';
import { ownEvent } from './own-event.ts';
import { type Position, positionOf } from './position.ts';
import { sendBack } from './send-back.ts';

export function createKeyActivities(dependencies: Dependencies) {
  const { db, masterKeys, mailer, timeZone, deliveryDelayMs } = dependencies;
  return {
    /**
     * Issues the key of an approved application: pair, sealed secret, mail to come and audit row in one transaction,
     * once by constraint. The secret never leaves this function but sealed. All rules are checked again; if one no
     * longer holds, the application returns to its applicant with the reason instead.
     * @param approvedAt the workflow's time of the last approval, ISO 8601; the mail is due one delivery delay later
     */
    async issueKey(
      applicationId: string,
      approvedAt: string,
    ): Promise<Position & { deliveryDueAt: string | null }> {
      const dueAt = new Date(Date.parse(approvedAt) + deliveryDelayMs);
      const due = await db.transaction(async (tx) => {
        const application = await loadApplication(tx, applicationId, { lock: true });
        if (!application) throw gone(`application ${applicationId}`);
        const { row, apiIds } = application;
        // Done already, by an earlier attempt whose answer was lost.
        if (row.state !== 'approved') return row.deliveryDueAt;

        const content = contentOf(application);
        const { clientId, keyName, effectiveOn, expiresOn, quota } = content;
        const violations = violationsOf(
          content,
          await surroundingsOf(tx, content, timeZone, new Date(approvedAt)),
        );
        if (violations.length > 0 || !clientId || !keyName || !effectiveOn || !expiresOn || quota === null) {
          await sendBack(tx, application, violationsInWords(violations), mailer.domain);
          return null;
        }
        const keyId = newId('key');
        const { apiKey, secretKey } = newKeyPair();
        await tx.insert(keys).values({
          id: keyId,
          applicationId,
          clientId,
          name: keyName,
          apiKey,
          ...seal(masterKeys, keyId, secretKey),
          effectiveOn,
          expiresOn,
          quota,
          expirySetAt: new Date(approvedAt),
        });
        await tx.insert(keyApis).values(apiIds.map((apiId) => ({ keyId, apiId })));
        await moveApplication(tx, applicationId, 'issued', {
          deliveryDueAt: dueAt,
        });
        const kind = dependencies.delivery === 'link' ? 'credentials-link' : 'credentials';
        const occasion = { applicationId, kind, round: row.round, level: 0 } as const;
        const [mailId] = await queueMail(tx, occasion, await addresseesOf(tx, row), mailer.domain);
        if (kind === 'credentials-link' && mailId) await openLink(tx, keyId, mailId);
        const details = { key: keyId, apiKey, deliveryDueAt: dueAt.toISOString() };
        await appendAudit(tx, ownEvent(applicationId, 'key.issued', details));
        return dueAt;
      });
      return {
        ...(await positionOf(db, applicationId, timeZone)),
        deliveryDueAt: due?.toISOString() ?? null,
      };
    },
  };
}
