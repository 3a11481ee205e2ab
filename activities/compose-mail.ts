import { and, eq, inArray } from 'drizzle-orm';
import { open } from '../src/crypto/secrets.ts';
import { loadApplication } from '../src/db/applications.ts';
import type { MailRow } from '../src/db/mails.ts';
import { findPerson } from '../src/db/people.ts';
import { decisions } from '../src/db/schema/decisions.ts';
import { keys } from '../src/db/schema/keys.ts';
import { apis, clients } from '../src/db/schema/registry.ts';
import { credentialsMail } from '../src/mail/credentials.ts';
import type { MailFacts } from '../src/mail/facts.ts';
import { lapseMail } from '../src/mail/lapse.ts';
import type { Message } from '../src/mail/mailer.ts';
import { recallMail } from '../src/mail/recall.ts';
import { rejectionMail } from '../src/mail/rejection.ts';
import { returnMail } from '../src/mail/return.ts';
import { reviewMail } from '../src/mail/review.ts';
import type { Dependencies } from './dependencies.ts';

/** Makes a mail's text at the moment of sending, so that a secret is nowhere else in clear. */
export async function composeMail(dependencies: Dependencies, mail: MailRow): Promise<Message> {
  const { db, masterKeys, timeZone, publicUrl, brand } = dependencies;
  const application = await loadApplication(db, mail.applicationId);
  if (!application) throw new Error(`application ${mail.applicationId} is gone`);
  const { row, apiIds, levels } = application;
  const applicant = await findPerson(db, row.applicantId);
  const [client] = await db
    .select()
    .from(clients)
    .where(eq(clients.id, row.clientId ?? ''));
  const facts: MailFacts = {
    brand,
    applicationId: row.id,
    applicantName: applicant?.name ?? row.applicantId,
    clientId: row.clientId ?? '',
    clientName: client?.name ?? '',
    keyName: row.keyName ?? '',
    description: row.description ?? '',
    apis: await db.select().from(apis).where(inArray(apis.id, apiIds)).orderBy(apis.id),
    quota: row.quota ?? 0,
    effectiveOn: row.effectiveOn ?? '',
    expiresOn: row.expiresOn ?? '',
    timeZone,
    link: `${publicUrl}/v1/applications/${row.id}`,
  };
  switch (mail.kind) {
    case 'review':
    case 'reminder': {
      const levelName = levels[mail.level - 1]?.name ?? '';
      return reviewMail(facts, {
        level: mail.level,
        levels: levels.length,
        levelName,
        reminder: mail.kind === 'reminder',
      });
    }
    case 'rejection': {
      const [denial] = await db
        .select()
        .from(decisions)
        .where(
          and(
            eq(decisions.applicationId, row.id),
            eq(decisions.round, mail.round),
            eq(decisions.act, 'deny'),
            eq(decisions.outcome, 'recorded'),
          ),
        );
      const reviewer = denial?.personId ? await findPerson(db, denial.personId) : undefined;
      return rejectionMail(facts, {
        comment: denial?.comment ?? '',
        reviewerName: reviewer?.name ?? '',
        levelName: levels[(denial?.level ?? 0) - 1]?.name ?? '',
      });
    }
    case 'return':
      return returnMail(facts, { reason: row.reason ?? '' });
    case 'lapse':
      return lapseMail(facts, { reason: row.reason ?? '' });
    case 'recall':
      return recallMail(facts, { reason: row.reason ?? '' });
    case 'credentials': {
      const [key] = await db.select().from(keys).where(eq(keys.applicationId, row.id));
      if (!key) throw new Error(`application ${row.id} has no key`);
      return credentialsMail(facts, { apiKey: key.apiKey, secretKey: open(masterKeys, key.id, key) });
    }
  }
}
