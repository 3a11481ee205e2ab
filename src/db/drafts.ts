import { and, eq, inArray, sql } from 'drizzle-orm';
import { newId } from '../crypto/ids.ts';
import type { ApplicationContent } from '../domain/application.ts';
import { applicationStates, isEditable } from '../domain/application-states.ts';
import type { AuditEvent } from '../domain/audit.ts';
import { KeygrantError, type Violation } from '../domain/errors.ts';
import { appendAudit } from './audit.ts';
import type { Database, Queryable, Transaction } from './database.ts';
import { applicationApis, applications } from './schema/applications.ts';
import { apis, clients } from './schema/registry.ts';

const editable = applicationStates.filter(isEditable);

/** Any part of what an applicant writes. */
export type DraftContent = { [F in keyof ApplicationContent]?: ApplicationContent[F] | undefined };

/** Clients and APIs that a draft names and that do not exist. */
export async function unknownReferences(
  db: Queryable,
  { clientId, apiIds }: DraftContent,
): Promise<Violation[]> {
  const violations: Violation[] = [];
  if (clientId) {
    const [client] = await db.select({ id: clients.id }).from(clients).where(eq(clients.id, clientId));
    if (!client)
      violations.push({
        field: 'clientId',
        message: {
          en: `There is no client ${clientId}; GET /v1/clients?q=… finds them.`,
          'zh-TW': `沒有用戶端 ${clientId}；請用 GET /v1/clients?q=… 尋找。`,
        },
      });
  }
  if (apiIds && apiIds.length > 0) {
    const known = await db
      .select({ id: apis.id })
      .from(apis)
      .where(inArray(apis.id, [...apiIds]));
    const missing = apiIds.filter((id) => !known.some((api) => api.id === id));
    if (missing.length > 0) {
      violations.push({
        field: 'apiIds',
        message: {
          en: `Not registered: ${missing.join(', ')}; GET /v1/apis?q=… finds APIs.`,
          'zh-TW': `未登錄：${missing.join('、')}；請用 GET /v1/apis?q=… 尋找 API。`,
        },
      });
    }
  }
  return violations;
}

/**
 * Creates a draft. With an idempotency key a retry finds the first one; the same key with a different request is a
 * mistake that is said. Answers with the draft's id and whether it is new.
 */
export async function createDraft(
  db: Database,
  draft: { content: DraftContent; applicantId: string; portalId: string | null },
  idempotency: { key: string; fingerprint: string } | undefined,
  eventFor: (id: string) => AuditEvent,
): Promise<{ id: string; created: boolean }> {
  const id = newId('application');
  const { content, applicantId, portalId } = draft;
  return db.transaction(async (tx) => {
    const { apiIds, ...columns } = content;
    const [row] = await tx
      .insert(applications)
      .values({
        id,
        applicantId,
        portalId,
        idempotencyKey: idempotency?.key,
        idempotencyFingerprint: idempotency?.fingerprint,
        ...present(columns),
      })
      .onConflictDoNothing({ target: [applications.applicantId, applications.idempotencyKey] })
      .returning({ id: applications.id });
    if (!row) {
      const [first] = await tx
        .select()
        .from(applications)
        .where(
          and(
            eq(applications.applicantId, applicantId),
            eq(applications.idempotencyKey, idempotency?.key ?? ''),
          ),
        );
      if (!first || first.idempotencyFingerprint !== idempotency?.fingerprint) {
        throw new KeygrantError('idempotency-key-reused');
      }
      return { id: first.id, created: false };
    }
    await setApis(tx, id, apiIds);
    await appendAudit(tx, eventFor(id));
    return { id, created: true };
  });
}

/** Changes an application that is still the applicant's, from the revision that they saw. */
export async function editDraft(
  db: Database,
  id: string,
  revision: number,
  content: DraftContent,
  event: AuditEvent,
): Promise<void> {
  const { apiIds, ...columns } = content;
  await db.transaction(async (tx) => {
    const [row] = await tx
      .update(applications)
      .set({
        ...present(columns),
        refusal: null,
        erasedAt: null,
        revision: sql`${applications.revision} + 1`,
      })
      .where(
        and(
          eq(applications.id, id),
          eq(applications.revision, revision),
          inArray(applications.state, editable),
        ),
      )
      .returning({ id: applications.id });
    if (!row) throw await whyNot(tx, id, revision);
    await setApis(tx, id, apiIds);
    await appendAudit(tx, event);
  });
}

/** Deletes a draft that was never submitted; what was once reviewed stays on record. */
export async function deleteDraft(
  db: Database,
  id: string,
  revision: number,
  event: AuditEvent,
): Promise<void> {
  await db.transaction(async (tx) => {
    const [row] = await tx
      .delete(applications)
      .where(
        and(eq(applications.id, id), eq(applications.revision, revision), eq(applications.state, 'draft')),
      )
      .returning({ id: applications.id });
    if (!row) throw await whyNot(tx, id, revision);
    await appendAudit(tx, event);
  });
}

async function whyNot(tx: Transaction, id: string, revision: number): Promise<KeygrantError> {
  const [row] = await tx.select().from(applications).where(eq(applications.id, id));
  if (!row) return new KeygrantError('not-found');
  if (row.revision !== revision) {
    return new KeygrantError('revision-changed', {
      en: `It is at revision ${row.revision} now; read it again.`,
      'zh-TW': `目前是第 ${row.revision} 版；請重新讀取。`,
    });
  }
  return new KeygrantError('not-editable');
}

async function setApis(
  tx: Transaction,
  applicationId: string,
  apiIds: readonly string[] | undefined,
): Promise<void> {
  if (apiIds === undefined) return;
  await tx.delete(applicationApis).where(eq(applicationApis.applicationId, applicationId));
  if (apiIds.length > 0)
    await tx.insert(applicationApis).values(apiIds.map((apiId) => ({ applicationId, apiId })));
}

/** The members that are there; null is there, and empties a field. */
function present<T extends object>(columns: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(columns).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
