import { eq } from 'drizzle-orm';
import { newId } from '../src/crypto/ids.ts';
import { newKeyPair, seal } from '../src/crypto/secrets.ts';
import { contentOf, loadApplication, moveApplication, surroundingsOf } from '../src/db/applications.ts';
import { appendAudit } from '../src/db/audit.ts';
import { queueMail } from '../src/db/mails.ts';
import { findPerson } from '../src/db/people.ts';
import { keyApis, keys } from '../src/db/schema/keys.ts';
import { clients } from '../src/db/schema/registry.ts';
import { violationsOf } from '../src/domain/application.ts';
import { move } from '../src/domain/application-states.ts';
import { gone } from '../src/domain/faults.ts';
import type { Dependencies } from './dependencies.ts';
import { ownEvent } from './own-event.ts';
import { type Position, positionOf } from './position.ts';

export function createKeyActivities({ db, masterKeys, mailer, timeZone, deliveryDelayMs }: Dependencies) {
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

        const applicant = await findPerson(tx, row.applicantId);
        const content = contentOf(application);
        const { clientId, keyName, effectiveOn, expiresOn, quota } = content;
        const violations = violationsOf(
          content,
          await surroundingsOf(tx, content, timeZone, new Date(approvedAt)),
        );
        const occasion = { applicationId, round: row.round, level: 0 };
        const addressee = applicant ? [applicant] : [];
        if (violations.length > 0 || !clientId || !keyName || !effectiveOn || !expiresOn || quota === null) {
          const reason = violations.map(({ field, message }) => `${field}: ${message}`).join(' ');
          await moveApplication(tx, applicationId, move('approved', 'return') ?? 'returned', { reason });
          await queueMail(tx, { ...occasion, kind: 'return' }, addressee, mailer.domain);
          await appendAudit(tx, ownEvent(applicationId, 'application.returned', { reason }));
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
        });
        await tx.insert(keyApis).values(apiIds.map((apiId) => ({ keyId, apiId })));
        await moveApplication(tx, applicationId, move('approved', 'issue') ?? 'issued', {
          deliveryDueAt: dueAt,
        });
        const [client] = await tx
          .select({ emails: clients.emails })
          .from(clients)
          .where(eq(clients.id, clientId));
        // One mail to all of them, in the applicant's language: its recipients are frozen with the approval.
        const language = applicant?.language ?? null;
        const addressees = [...addressee, ...(client?.emails ?? []).map((email) => ({ email, language }))];
        await queueMail(tx, { ...occasion, kind: 'credentials' }, addressees, mailer.domain);
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
