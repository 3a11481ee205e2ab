import { eq, inArray } from 'drizzle-orm';
import type { MailFacts } from '../mail/facts.ts';
import type { LoadedApplication } from './applications.ts';
import type { Queryable } from './database.ts';
import { findPerson } from './people.ts';
import { apis, clients } from './schema/registry.ts';

/** What mails tell about an application, as it is now. */
export async function factsOf(
  db: Queryable,
  { row, apiIds }: Pick<LoadedApplication, 'row' | 'apiIds'>,
  settings: { brand: string; timeZone: string; publicUrl: string },
): Promise<MailFacts> {
  const applicant = await findPerson(db, row.applicantId);
  const [client] = await db
    .select()
    .from(clients)
    .where(eq(clients.id, row.clientId ?? ''));
  return {
    brand: settings.brand,
    applicationId: row.id,
    applicantName: applicant?.name ?? row.applicantId,
    kind: row.kind,
    clientId: row.clientId ?? '',
    clientName: client?.name ?? '',
    keyName: row.keyName ?? '',
    description: row.description ?? '',
    apis: await db
      .select({ name: apis.name, method: apis.method, path: apis.path })
      .from(apis)
      .where(inArray(apis.id, apiIds))
      .orderBy(apis.id),
    quota: row.quota ?? 0,
    effectiveOn: row.effectiveOn ?? '',
    expiresOn: row.expiresOn ?? '',
    timeZone: settings.timeZone,
    link: `${settings.publicUrl}/v1/applications/${row.id}`,
  };
}
