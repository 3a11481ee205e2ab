import { eq } from 'drizzle-orm';
import type { ApplicationRow } from '../src/db/applications.ts';
import type { Transaction } from '../src/db/database.ts';
import type { Addressee } from '../src/db/mails.ts';
import { findPerson } from '../src/db/people.ts';
import { clients } from '../src/db/schema/registry.ts';

/** Who is told of a key: its applicant and the client's addresses, all of them in the applicant's language. */
export async function addresseesOf(
  tx: Transaction,
  { applicantId, clientId }: Pick<ApplicationRow, 'applicantId' | 'clientId'>,
): Promise<Addressee[]> {
  const applicant = await findPerson(tx, applicantId);
  const [client] = await tx
    .select({ emails: clients.emails })
    .from(clients)
    .where(eq(clients.id, clientId ?? ''));
  const language = applicant?.language ?? null;
  const ofClient = (client?.emails ?? []).map((email) => ({ email, language }));
  return [...(applicant ? [applicant] : []), ...ofClient];
}
