import { sql } from 'drizzle-orm';
import { boolean, check, index, integer, pgTable, primaryKey, text, unique } from 'drizzle-orm/pg-core';
import { languages } from '../../domain/languages.ts';
import { mailKinds, mailStates } from '../../domain/mails.ts';
import { applications } from './applications.ts';
import { createdAt, moment, oneOf } from './columns.ts';

/** One row per message; its text is made when it is sent, so that no secret lies here. */
export const mails = pgTable(
  'mails',
  {
    id: text().primaryKey(),
    applicationId: text()
      .notNull()
      .references(() => applications.id),
    kind: text({ enum: mailKinds }).notNull(),
    round: integer().notNull(),
    /** The level that a review mail is about; 0 for the other kinds. */
    level: integer().notNull().default(0),
    /** Counts the mails that people asked for again: 0 for the first, which Keygrant sends by itself. */
    occurrence: integer().notNull().default(0),
    /** The recipients' language; null for the one that is set as the default when it leaves. */
    language: text({ enum: languages }),
    recipients: text().array().notNull(),
    /** Recipients whom the SMTP server has accepted. */
    accepted: text().array().notNull().default([]),
    messageId: text().notNull(),
    state: text({ enum: mailStates }).notNull().default('queued'),
    attempts: integer().notNull().default(0),
    /** Not before; null where nothing but its turn decides. */
    dueAt: moment(),
    sentAt: moment(),
    createdAt: createdAt(),
  },
  (t) => [
    // One mail for one occasion in each language, and one Message-ID for one mail.
    unique('mails_occasion')
      .on(t.applicationId, t.kind, t.round, t.level, t.occurrence, t.language)
      .nullsNotDistinct(),
    unique('mails_message_id').on(t.messageId),
    // What still has to leave: for metrics and operators, however many have left.
    index('mails_unsent').on(t.applicationId).where(sql`${t.state} in ('queued', 'sending')`),
    check('mails_kind', oneOf(sql`${t.kind}`, mailKinds)),
    check('mails_state', oneOf(sql`${t.state}`, mailStates)),
  ],
);

/** Every attempt to send a mail. One without an answer was cut off, its outcome unknown. */
export const mailAttempts = pgTable(
  'mail_attempts',
  {
    mailId: text()
      .notNull()
      .references(() => mails.id),
    number: integer().notNull(),
    startedAt: moment().notNull().defaultNow(),
    endedAt: moment(),
    succeeded: boolean(),
    /** The SMTP server's last answer. */
    answer: text(),
  },
  (t) => [primaryKey({ columns: [t.mailId, t.number] })],
);
