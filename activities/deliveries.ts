import { eq } from 'drizzle-orm';
import { loadApplication } from '../src/db/applications.ts';
import { appendAudit } from '../src/db/audit.ts';
import type { Transaction } from '../src/db/database.ts';
import { endLinks, loadDelivery, openLinkOf } from '../src/db/deliveries.ts';
import { mailsToFollow, queueMail } from '../src/db/mails.ts';
import { revealLinks } from '../src/db/schema/deliveries.ts';
import { momentIn } from '../src/domain/dates.ts';
import { gone } from '../src/domain/faults.ts';
import { handsOver, type MailKind } from '../src/domain/mails.ts';
import type { Dependencies } from './dependencies.ts';
import { ownEvent } from './own-event.ts';

/** What is left to do about the delivery of a key, as its workflow needs to know it. */
export interface DeliveryPosition {
  /** Mails that are to be sent, each not before its time (ISO 8601; null: now). */
  mails: { id: string; kind: MailKind; dueAt: string | null }[];
  /** When to look again; null when nothing but a signal changes anything. ISO 8601. */
  wakeAt: string | null;
  /** Whether somebody may still do something: use the link, or decide on an address. */
  open: boolean;
  /** For Temporal's UI. */
  words: string;
}

/** How long to wait before looking again whether a mail with a link has left. */
const lookAgainMs = 3_600_000;

export function createDeliveryActivities(dependencies: Dependencies) {
  const { db, mailer, timeZone, revealExpiresAfterMs } = dependencies;
  return {
    /**
     * Does what time asks for about a delivery (counts a link's time from when its mail was sent, reminds of it at half
     * time, lets it expire) and answers with what is left. Safe to ask at any time and as often as one likes.
     * @param at the workflow's time, ISO 8601
     */
    async followDelivery(applicationId: string, at: string): Promise<DeliveryPosition> {
      return db.transaction(async (tx) => {
        const application = await loadApplication(tx, applicationId, { lock: true });
        if (!application) throw gone(`application ${applicationId}`);
        await followLink(tx, applicationId, new Date(at));
        const { change, revoked } = await loadDelivery(tx, application);
        const link = revoked ? undefined : (await openLinkOf(tx, applicationId))?.link;
        const pending = !revoked && change?.state === 'pending';
        const wakeAt = link?.expiresAt
          ? link.remindedAt
            ? link.expiresAt
            : link.remindAt
          : link && new Date(Date.parse(at) + lookAgainMs);
        return {
          // What would hand over a void key never leaves.
          mails: (await mailsToFollow(tx, applicationId)).filter(({ kind }) => !revoked || !handsOver(kind)),
          wakeAt: wakeAt?.toISOString() ?? null,
          open: link !== undefined || pending,
          words:
            [
              ...(pending ? ['A change of the address waits for the reviewers of the last level.'] : []),
              ...(link?.expiresAt
                ? [`The link waits to be opened until ${momentIn(timeZone, link.expiresAt)}.`]
                : []),
            ].join('\n\n') || 'Nothing is left to do.',
        };
      });
    },
  };

  async function followLink(tx: Transaction, applicationId: string, now: Date): Promise<void> {
    const open = await openLinkOf(tx, applicationId);
    if (!open || open.mail.state !== 'sent') return;
    const { link, mail } = open;
    const change = (set: Partial<typeof revealLinks.$inferInsert>) =>
      tx.update(revealLinks).set(set).where(eq(revealLinks.mailId, mail.id));
    if (!link.expiresAt) {
      const after = (ms: number) => new Date(now.getTime() + ms);
      await change({ remindAt: after(revealExpiresAfterMs / 2), expiresAt: after(revealExpiresAfterMs) });
      return;
    }
    if (link.expiresAt <= now) {
      await endLinks(tx, applicationId, 'expired');
      await appendAudit(tx, ownEvent(applicationId, 'link.expired', { mail: mail.id }));
      return;
    }
    if (link.remindedAt || !link.remindAt || link.remindAt > now) return;
    await change({ remindedAt: now });
    const { round, occurrence, language } = mail;
    const addressees = mail.recipients.map((email) => ({ email, language }));
    const occasion = { applicationId, kind: 'link-reminder', round, level: 0, occurrence } as const;
    await queueMail(tx, occasion, addressees, mailer.domain);
    await appendAudit(tx, ownEvent(applicationId, 'link.reminded', { to: mail.recipients }));
  }
}
