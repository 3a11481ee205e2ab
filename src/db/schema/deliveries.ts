import { sql } from 'drizzle-orm';
import { check, integer, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { applications } from './applications.ts';
import { createdAt, moment, oneOf } from './columns.ts';
import { keys } from './keys.ts';
import { mails } from './mails.ts';
import { people } from './people.ts';

/** How a link can end: used, grown old, or overtaken by a later mail. */
const endings = ['revealed', 'expired', 'superseded'] as const;

/** The link in each mail that hands over a key by one. Its token lies nowhere: it is this service's signature of the mail. */
export const revealLinks = pgTable(
  'reveal_links',
  {
    mailId: text()
      .primaryKey()
      .references(() => mails.id),
    keyId: text()
      .notNull()
      .references(() => keys.id),
    /** Which of the key's secrets it shows. */
    secretNumber: integer().notNull().default(1),
    /** Counted from when the mail was sent, so null until then. By the workflow's time. */
    remindAt: moment(),
    expiresAt: moment(),
    remindedAt: moment(),
    endedAt: moment(),
    ending: text({ enum: endings }),
    revealedBy: text().references(() => people.id),
    createdAt: createdAt(),
  },
  (t) => [
    // Of two who open it at once, one is shown the secret; each secret is shown once; a key has one link that works.
    uniqueIndex('reveal_links_open').on(t.keyId).where(sql`${t.endedAt} is null`),
    uniqueIndex('reveal_links_once').on(t.keyId, t.secretNumber).where(sql`${t.ending} = 'revealed'`),
    check('reveal_links_ending', oneOf(sql`${t.ending}`, endings)),
    check('reveal_links_ended', sql`(${t.endedAt} is null) = (${t.ending} is null)`),
    check('reveal_links_revealed', sql`(${t.ending} = 'revealed') = (${t.revealedBy} is not null)`),
  ],
);

const changeStates = ['pending', 'approved', 'denied', 'mailed'] as const;

/** Other addresses that credentials were asked to go to, and what became of it. */
export const addressChanges = pgTable(
  'address_changes',
  {
    /** The id of the decision that asked for it. */
    id: text().primaryKey(),
    applicationId: text()
      .notNull()
      .references(() => applications.id),
    requestedBy: text()
      .notNull()
      .references(() => people.id),
    email: text().notNull(),
    comment: text().notNull(),
    state: text({ enum: changeStates }).notNull().default('pending'),
    approvedBy: text().array().notNull().default([]),
    /** Why it was denied, or what its last approver wrote. */
    outcome: text(),
    /** The mail that takes the credentials there. */
    mailId: text().references(() => mails.id),
    createdAt: createdAt(),
    decidedAt: moment(),
  },
  (t) => [
    uniqueIndex('address_changes_open').on(t.applicationId).where(sql`${t.state} in ('pending', 'approved')`),
    check('address_changes_state', oneOf(sql`${t.state}`, changeStates)),
    check('address_changes_mail', sql`(${t.mailId} is not null) or ${t.state} in ('pending', 'denied')`),
  ],
);
