import { and, count, eq } from 'drizzle-orm';
import type { Transaction } from '../src/db/database.ts';
import type { LoadedKey } from '../src/db/key-life.ts';
import { type Addressee, queueMail } from '../src/db/mails.ts';
import { mails } from '../src/db/schema/mails.ts';
import type { aboutKeys } from '../src/domain/mails.ts';

/** Queues a mail about a key, however many of its kind there were before. The caller holds the key's lock. */
export async function tellOfKey(
  tx: Transaction,
  { application }: Pick<LoadedKey, 'application'>,
  kind: (typeof aboutKeys)[number],
  addressees: readonly Addressee[],
  domain: string,
): Promise<void> {
  const applicationId = application.id;
  // One occasion can be a mail in each language.
  const [before] = await tx
    .select({ mails: count() })
    .from(mails)
    .where(and(eq(mails.applicationId, applicationId), eq(mails.kind, kind)));
  const occurrence = before?.mails ?? 0;
  await queueMail(
    tx,
    { applicationId, kind, round: application.round, level: 0, occurrence },
    addressees,
    domain,
  );
}
