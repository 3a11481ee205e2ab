import { and, desc, eq } from 'drizzle-orm';
import { revealToken } from '../src/crypto/reveal-tokens.ts';
import { open } from '../src/crypto/secrets.ts';
import { type LoadedApplication, loadApplication, reasonIn } from '../src/db/applications.ts';
import type { Database } from '../src/db/database.ts';
import { changesOf, openLinkOf } from '../src/db/deliveries.ts';
import { formerSecretOf, lastAct } from '../src/db/key-life.ts';
import { factsOf, factsOfKey } from '../src/db/mail-facts.ts';
import { newestTemplate } from '../src/db/mail-templates.ts';
import type { MailRow } from '../src/db/mails.ts';
import { findPerson } from '../src/db/people.ts';
import { decisions } from '../src/db/schema/decisions.ts';
import { keys } from '../src/db/schema/keys.ts';
import { dateIn, daysFrom } from '../src/domain/dates.ts';
import { durationInWords } from '../src/domain/durations.ts';
import { gone } from '../src/domain/faults.ts';
import type { KeyActName } from '../src/domain/key-acts.ts';
import { isAboutKey, type MailKind } from '../src/domain/mails.ts';
import { write } from '../src/mail/letters.ts';
import type { Message } from '../src/mail/mailer.ts';
import type { Details } from '../src/mail/placeholders.ts';
import type { Dependencies } from './dependencies.ts';

/** Makes a mail's text at the moment of sending, so that a secret is nowhere else in clear. */
export async function composeMail(dependencies: Dependencies, mail: MailRow): Promise<Message> {
  const { db, defaultLanguage } = dependencies;
  const application = await loadApplication(db, mail.applicationId);
  if (!application) throw gone(`application ${mail.applicationId}`);
  const language = mail.language ?? defaultLanguage;
  const facts = {
    ...(await factsOf(db, mail.kind, application, dependencies)),
    ...(isAboutKey(mail.kind) ? await factsOfKey(db, mail.applicationId) : {}),
  };
  const details = await detailsOf[mail.kind](dependencies, mail, application);
  const template = await newestTemplate(db, mail.kind, language);
  return write(mail.kind, facts, details as Details, language, template);
}

type Find<K extends MailKind> = (
  dependencies: Dependencies,
  mail: MailRow,
  application: LoadedApplication,
) => Promise<Details<K>>;

const openLevel: Find<'review'> = async (_, mail, { levels }) => ({
  level: String(mail.level),
  levels: String(levels.length),
  levelName: levels[mail.level - 1]?.name ?? '',
  nextLevel: mail.level < levels.length ? String(mail.level + 1) : '',
});
const whyItEnded: Find<'lapse'> = async ({ defaultLanguage }, mail, { row }) => ({
  reason: reasonIn(row, mail.language ?? defaultLanguage) ?? '',
});

const howItWasDecided: Find<'address-denied'> = async ({ db }, mail) => {
  const change = (await changesOf(db, mail.applicationId))[mail.occurrence];
  return { address: change?.email ?? '', comment: change?.outcome ?? '' };
};

/** What was done to a key last, who did it and why. */
function whoDid(act: KeyActName): Find<'leak'> {
  return async ({ db }, mail) => {
    const key = await keyOfMail(db, mail);
    const { by, comment } = (await lastAct(db, key.id, act)) ?? { by: '', comment: '' };
    return { keyId: key.id, by, comment };
  };
}

/** What a mail of each kind tells beside the facts of its application. */
const detailsOf: { [K in MailKind]: Find<K> } = {
  review: openLevel,
  reminder: openLevel,
  escalation: openLevel,
  update: async () => ({}),
  revocation: async () => ({}),
  lapse: whyItEnded,
  return: whyItEnded,
  recall: whyItEnded,

  async rejection({ db, defaultLanguage }, mail, { row, levels }) {
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
      )
      .orderBy(desc(decisions.createdAt))
      .limit(1);
    const reviewer = denial?.personId ? await findPerson(db, denial.personId) : undefined;
    return {
      comment: denial?.comment ?? reasonIn(row, mail.language ?? defaultLanguage) ?? '',
      reviewerName: reviewer?.name ?? '',
      levelName: levels[(denial?.level ?? 0) - 1]?.name ?? '',
      overdue: denial === undefined ? 'yes' : '',
    };
  },

  async credentials({ db, masterKeys }, mail) {
    const [key] = await db.select().from(keys).where(eq(keys.applicationId, mail.applicationId));
    if (!key) throw gone(`the key of application ${mail.applicationId}`);
    return { apiKey: key.apiKey, secretKey: open(masterKeys, key.id, key) };
  },

  async 'credentials-link'(dependencies, mail) {
    const { db } = dependencies;
    const [key] = await db.select().from(keys).where(eq(keys.applicationId, mail.applicationId));
    if (!key) throw gone(`the key of application ${mail.applicationId}`);
    return { apiKey: key.apiKey, ...linkTo(dependencies, mail, key.id, mail.id) };
  },

  async 'link-reminder'(dependencies, mail) {
    const open = await openLinkOf(dependencies.db, mail.applicationId);
    if (!open) throw new Error(`application ${mail.applicationId} has no link that works`);
    return linkTo(dependencies, mail, open.link.keyId, open.mail.id);
  },

  async 'address-review'({ db }, mail) {
    const change = (await changesOf(db, mail.applicationId))[mail.occurrence];
    const requester = change && (await findPerson(db, change.requestedBy));
    return {
      address: change?.email ?? '',
      requesterName: requester?.name ?? change?.requestedBy ?? '',
      comment: change?.comment ?? '',
    };
  },

  async rotation({ db, masterKeys, ...settings }, mail) {
    const key = await keyOfMail(db, mail);
    const secretKey = open(masterKeys, key.id, key);
    return { apiKey: key.apiKey, secretKey, ...(await graceOf(db, key.id, mail, settings)) };
  },

  async 'rotation-link'(dependencies, mail) {
    const key = await keyOfMail(dependencies.db, mail);
    return {
      apiKey: key.apiKey,
      ...linkTo(dependencies, mail, key.id, mail.id),
      ...(await graceOf(dependencies.db, key.id, mail, dependencies)),
    };
  },

  async 'expiry-reminder'({ db, publicUrl, timeZone, defaultLanguage }, mail) {
    const { id, expiresOn } = await keyOfMail(db, mail);
    const days = daysFrom(dateIn(timeZone, new Date()), expiresOn);
    const left = durationInWords(Math.max(days, 0) * 86_400_000, mail.language ?? defaultLanguage).trim();
    return { keyId: id, renewLink: renewLink(publicUrl, id), left };
  },

  async 'quota-warning'({ db, publicUrl }, mail) {
    const { id, used, quota } = await keyOfMail(db, mail);
    const percent = String(Math.floor((used * 100) / Math.max(quota, 1)));
    return { keyId: id, renewLink: renewLink(publicUrl, id), percent, used: used.toLocaleString('en') };
  },

  suspension: whoDid('suspend'),
  resumption: whoDid('resume'),
  'revoked-at-once': whoDid('revoke'),
  leak: whoDid('report-leak'),
  'leak-report': whoDid('report-leak'),

  'address-approved': howItWasDecided,
  'address-denied': howItWasDecided,
};

async function keyOfMail(db: Database, mail: MailRow) {
  const [key] = await db.select().from(keys).where(eq(keys.applicationId, mail.applicationId));
  if (!key) throw gone(`the key of application ${mail.applicationId}`);
  return key;
}

/** How long the secret before a new one stays valid, in words. */
async function graceOf(
  db: Database,
  keyId: string,
  mail: MailRow,
  { defaultLanguage }: Pick<Dependencies, 'defaultLanguage'>,
) {
  const former = await formerSecretOf(db, keyId);
  return {
    grace: former?.graceMs ? durationInWords(former.graceMs, mail.language ?? defaultLanguage) : '',
    unusedDays: former?.unusedDays ? String(former.unusedDays) : '',
  };
}

/** Where the console begins an application for a change of the key. */
function renewLink(publicUrl: string, keyId: string): string {
  return `${publicUrl}/keys/${keyId}/renew`;
}

/** The link to the page that shows a secret. Its token stands in the fragment, which no server is ever sent. */
function linkTo(
  { masterKeys, publicUrl, revealExpiresAfterMs, defaultLanguage }: Dependencies,
  mail: MailRow,
  keyId: string,
  linkedMail: string,
) {
  return {
    revealLink: `${publicUrl}/reveal#${keyId}.${revealToken(masterKeys, linkedMail)}`,
    revealWithin: durationInWords(revealExpiresAfterMs, mail.language ?? defaultLanguage),
  };
}
