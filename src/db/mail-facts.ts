import { eq, inArray } from 'drizzle-orm';
import { type MailKind, pageAbout } from '../domain/mails.ts';
import type { MailFacts } from '../mail/facts.ts';
import type { LoadedApplication } from './applications.ts';
import type { Queryable } from './database.ts';
import { findPerson } from './people.ts';
import { keyApis, keys } from './schema/keys.ts';
import { apis, clients } from './schema/registry.ts';

/** What mails of a kind tell about an application, as it is now. */
export async function factsOf(
  db: Queryable,
  kind: MailKind,
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
    link: `${settings.publicUrl}${pageAbout(kind, row.id)}`,
  };
}

/** What mails about the key of an application tell otherwise: the key as it is now, however it was changed since. */
export async function factsOfKey(
  db: Queryable,
  applicationId: string,
): Promise<Pick<MailFacts, 'quota' | 'effectiveOn' | 'expiresOn' | 'apis'>> {
  const [key] = await db.select().from(keys).where(eq(keys.applicationId, applicationId));
  return {
    quota: key?.quota ?? 0,
    effectiveOn: key?.effectiveOn ?? '',
    expiresOn: key?.expiresOn ?? '',
    apis: await db
      .select({ name: apis.name, method: apis.method, path: apis.path })
      .from(keyApis)
      .innerJoin(apis, eq(apis.id, keyApis.apiId))
      .where(eq(keyApis.keyId, key?.id ?? ''))
      .orderBy(apis.id),
  };
}
