import { and, desc, eq } from 'drizzle-orm';
import type { Language } from '../domain/languages.ts';
import type { MailKind } from '../domain/mails.ts';
import type { Queryable, Transaction } from './database.ts';
import { mailTemplates } from './schema/mail-templates.ts';

export type MailTemplateRow = typeof mailTemplates.$inferSelect;

/** All versions that were stored for a kind and language, newest first. */
export async function templateVersions(
  db: Queryable,
  kind: MailKind,
  language: Language,
): Promise<MailTemplateRow[]> {
  return db
    .select()
    .from(mailTemplates)
    .where(and(eq(mailTemplates.kind, kind), eq(mailTemplates.language, language)))
    .orderBy(desc(mailTemplates.version));
}

/** The version that counts; undefined while nobody has stored one. */
export async function newestTemplate(
  db: Queryable,
  kind: MailKind,
  language: Language,
): Promise<MailTemplateRow | undefined> {
  const [newest] = await db
    .select()
    .from(mailTemplates)
    .where(and(eq(mailTemplates.kind, kind), eq(mailTemplates.language, language)))
    .orderBy(desc(mailTemplates.version))
    .limit(1);
  return newest;
}

/** The newest version of every kind and language of which one was stored. */
export async function newestTemplates(db: Queryable): Promise<MailTemplateRow[]> {
  const { kind, language, version } = mailTemplates;
  return db.selectDistinctOn([kind, language]).from(mailTemplates).orderBy(kind, language, desc(version));
}

/** Stores a version; its primary key refuses a second one of the same number. */
export async function insertTemplate(
  tx: Transaction,
  template: Omit<MailTemplateRow, 'createdAt'>,
): Promise<MailTemplateRow> {
  const [row] = await tx.insert(mailTemplates).values(template).returning();
  if (!row) throw new Error('the template was not stored');
  return row;
}
