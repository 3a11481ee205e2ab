import type { MasterKeys } from '../src/crypto/master-keys.ts';
import type { Database } from '../src/db/database.ts';
import type { Language } from '../src/domain/languages.ts';
import type { Mailer } from '../src/mail/mailer.ts';
import type { ReadSealed } from './sealed-signals.ts';

/** What activities work with; the worker wires it up once. */
export interface Dependencies {
  db: Database;
  masterKeys: MasterKeys;
  /** Opens what Temporal keeps encrypted. */
  readSealed: ReadSealed;
  mailer: Mailer;
  timeZone: string;
  deliveryDelayMs: number;
  /** After how many years what is personal is erased; undefined for never. */
  retentionYears: number | undefined;
  /** Whether the mail of a new key holds its secret, or a link that shows it once. */
  delivery: 'mail' | 'link';
  /** How long such a link works. */
  revealExpiresAfterMs: number;
  /** How long before a key's last day is over its holder is reminded, longest first. */
  expiryRemindersMs: readonly number[];
  /** At how many percent of its quota its holder is warned, highest first. */
  quotaWarnings: readonly number[];
  publicUrl: string;
  /** In brackets at the head of every subject. */
  brand: string;
  /** Of mails to people whose language is not known. */
  defaultLanguage: Language;
}
