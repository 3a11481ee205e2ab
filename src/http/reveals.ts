import { Type } from 'typebox';
import { readRevealToken } from '../crypto/reveal-tokens.ts';
import { open } from '../crypto/secrets.ts';
import { appendAudit } from '../db/audit.ts';
import { findLink, useLink } from '../db/deliveries.ts';
import { noteHandedOver } from '../db/key-life.ts';
import { isSameAddress } from '../domain/addresses.ts';
import { momentIn } from '../domain/dates.ts';
import { KeygrantError } from '../domain/errors.ts';
import { eventFrom } from './audit-events.ts';
import { callerOf } from './auth.ts';
import type { App, Context } from './context.ts';
import { problemResponses } from './schemas.ts';

/** Showing a secret once, to whom its link was mailed. */
export function revealRoutes(app: App, { db, config }: Context): void {
  const { masterKeys, timeZone } = config;

  app.post(
    '/v1/keys/:id/reveal',
    {
      schema: {
        operationId: 'revealSecret',
        tags: ['Keys'],
        summary: 'Show the secret of a key, once, by the token of a mailed link',
        description:
          'For the applicant, and for people to whose address the link was mailed. Of two requests at once one is answered; every ' +
          'later one is told when and to whom it was shown. Only this uses the link up.',
        params: Type.Object({ id: Type.String({ pattern: '^key_[0-9a-z]{20}$', description: 'a key id' }) }),
        body: Type.Object(
          {
            token: Type.String({
              pattern: '^mail_[0-9a-z]{20}\\.\\d{1,6}\\.[A-Za-z0-9_-]{43}$',
              description: 'what follows the first dot in the fragment of the link',
            }),
          },
          { additionalProperties: false },
        ),
        response: {
          200: Type.Object({ apiKey: Type.String(), secretKey: Type.String() }),
          ...problemResponses,
        },
      },
    },
    async (request) => {
      const { person, via } = callerOf(request);
      const mailId = readRevealToken(masterKeys, request.body.token);
      const found = mailId === undefined ? undefined : await findLink(db, mailId);
      if (!found || found.key.id !== request.params.id) throw new KeygrantError('link-unknown');
      const { key, mail, applicantId } = found;
      const addressed = mail.recipients.some((recipient) => isSameAddress(recipient, person.email));
      if (via !== null || !(person.id === applicantId || addressed)) {
        throw new KeygrantError('forbidden', {
          en: 'A secret is shown to its applicant, or to those to whom its link was mailed, in person.',
          'zh-TW': '私鑰只會親自顯示給申請人，或連結的收件人。',
        });
      }
      if (key.revokedAt)
        throw new KeygrantError('link-superseded', { en: 'The key is void.', 'zh-TW': '金鑰已作廢。' });
      const secretKey = await db.transaction(async (tx) => {
        if (!(await useLink(tx, mail.id, person.id, new Date()))) return undefined;
        const subject = { type: 'application', id: mail.applicationId };
        await noteHandedOver(tx, key.id);
        await appendAudit(tx, eventFrom(request, 'link.revealed', subject, { key: key.id, mail: mail.id }));
        // Opened before the commit: a secret that cannot be opened leaves its link as it was.
        return open(masterKeys, key.id, key);
      });
      if (secretKey === undefined) throw await whyNot(mail.id);
      return { apiKey: key.apiKey, secretKey };
    },
  );

  async function whyNot(mailId: string): Promise<KeygrantError> {
    const { link, revealedBy } = (await findLink(db, mailId)) ?? {};
    if (link?.ending === 'revealed' && link.endedAt) {
      const when = momentIn(timeZone, link.endedAt);
      return new KeygrantError('already-revealed', {
        en: `It was shown to ${revealedBy} at ${when}. If you do not know of that, report a leak on the key's page; a secret that is lost is replaced there, too.`,
        'zh-TW': `已於 ${when} 顯示給 ${revealedBy}。若您不知情，請在金鑰頁面通報外洩；若私鑰已遺失，也請在該頁輪替。`,
      });
    }
    return new KeygrantError(link?.ending === 'superseded' ? 'link-superseded' : 'link-expired');
  }
}
