import { Type } from 'typebox';
import { verifyChain } from '../db/audit.ts';
import { compareCheckpoints } from '../db/checkpoints.ts';
import { decisionsOffRecord } from '../db/on-record.ts';
import { KeygrantError } from '../domain/errors.ts';
import { seesEverything } from '../domain/people.ts';
import { callerOf } from './auth.ts';
import type { App, Context } from './context.ts';
import { Moment, named, nullable, problemResponses } from './schemas.ts';

const Verification = named('AuditVerification', {
  intact: Type.Boolean({ description: 'whether everything below is as it should be' }),
  checkedAt: Moment,
  rows: nullable(Type.Integer({ description: 'in the chain; null where it is broken' })),
  head: nullable(Type.String({ description: 'the hash of the last row' })),
  erased: nullable(Type.Integer({ description: 'of how many rows what was personal is gone, on record' })),
  checkpoints: nullable(Type.Integer({ description: 'how many signed checkpoints it was compared with' })),
  findings: Type.Array(Type.String(), { description: 'what is not as it should be, in words' }),
});

/** A walk through the whole chain is not begun again within this time, however many ask: it reads every row. */
const believedMs = 60_000;
/** Some million rows. */
const longestMs = 5 * 60_000;

interface Found {
  checkedAt: string;
  rows: number | null;
  head: string | null;
  erased: number | null;
  checkpoints: number | null;
  findings: string[];
}

/** Whether the audit trail tells what happened: what `keygrant audit verify` finds, for admins and auditors. */
export function auditVerificationRoutes(app: App, { db, config }: Context): void {
  let last: { until: number; found: Promise<Found> } | undefined;

  app.get(
    '/v1/audit/verification',
    {
      handlerTimeout: longestMs,
      schema: {
        operationId: 'verifyAudit',
        tags: ['Audit'],
        summary: 'Verify the audit chain, its signed checkpoints and every decision against it',
        description:
          'Walks the whole chain, once a minute at most: `checkedAt` says when. `keygrant audit verify --temporal` also compares with Temporal.',
        response: { 200: Verification, ...problemResponses },
      },
    },
    async (request) => {
      if (!seesEverything(callerOf(request).person)) {
        throw new KeygrantError('forbidden', {
          en: 'This needs the role admin or auditor.',
          'zh-TW': '需要 admin 或 auditor 角色。',
        });
      }
      const found = await verified();
      return { ...found, intact: found.findings.length === 0 };
    },
  );

  /** The last walk, if it is recent or still under way. */
  async function verified(): Promise<Found> {
    if (last && last.until > Date.now()) return last.found;
    const walk = { until: Number.POSITIVE_INFINITY, found: verify() };
    last = walk;
    try {
      const found = await walk.found;
      walk.until = Date.now() + believedMs;
      return found;
    } catch (error) {
      walk.until = 0;
      throw error;
    }
  }

  async function verify(): Promise<Found> {
    const checkedAt = new Date().toISOString();
    const report = await verifyChain(db);
    if (!report.intact) {
      const findings = [`The audit chain is broken at row ${report.brokenAt}: ${report.why}.`];
      return { checkedAt, rows: null, head: null, erased: null, checkpoints: null, findings };
    }
    const { rows, head, erased } = report;
    const { compared, differences } = await compareCheckpoints(
      db,
      config.masterKeys,
      config.retiredAuditKeys,
      [],
    );
    const findings = [...differences, ...(await decisionsOffRecord(db))];
    return { checkedAt, rows, head, erased, checkpoints: compared, findings };
  }
}
