import { eq } from 'drizzle-orm';
import { appendAudit } from '../db/audit.ts';
import type { Database } from '../db/database.ts';
import { applications } from '../db/schema/applications.ts';
import { isEditable } from '../domain/application-states.ts';
import type { ApplicationProcesses } from '../temporal/applications.ts';
import { type Found, givenUp } from './gaps.ts';

/**
 * Makes one application and its workflow agree. The database decides: its workflow is started anew in its place and reads
 * there where it stands; what people decided and only Temporal still knows is sent to it again, signed as it was, and judged
 * again. Audited in the transaction that holds the application meanwhile.
 * @returns what was done, in words without a full stop
 */
export async function repair(db: Database, processes: ApplicationProcesses, found: Found): Promise<string> {
  const { id, gap, runs } = found;
  const subject = { type: 'application', id };
  const own = { actor: 'keygrant', via: null, subject, requestId: null };
  return db.transaction(async (tx) => {
    const [row] = await tx.select().from(applications).where(eq(applications.id, id)).for('update');
    if (!row) {
      await appendAudit(tx, { ...own, action: givenUp, details: { why: gap.why } });
      await processes.giveUp(id, 'The database does not hold this application any more.');
      return 'Given up: whoever applied must apply again';
    }
    if (row.revision !== found.row?.revision)
      throw new Error('it has changed meanwhile; run the command again');
    const details = { why: gap.why, decisions: gap.lost.length };
    await appendAudit(tx, { ...own, action: 'application.carried-on', details });
    const submissions = runs.flatMap(({ submission }) => submission ?? []);
    // Lost before it was opened: what was submitted is submitted again. If that is not the revision that there is, its
    // applicant is told so.
    const lost =
      isEditable(row.state) && (runs.at(-1)?.position?.revision ?? 0) > row.revision
        ? (submissions.findLast(({ revision }) => revision === row.revision) ?? submissions.at(-1))
        : undefined;
    await processes.carryOn(
      lost ?? {
        applicationId: id,
        revision: row.revision,
        submittedBy: row.applicantId,
        via: row.portalId,
        requestId: 'reconcile',
        // It opens nothing: the round is open, and the database knows it by its name.
        signature: '',
      },
      { clientId: row.clientId ?? '', title: `${row.clientId ?? ''}: ${row.keyName ?? ''}` },
      { round: lost ? undefined : (row.workflowRun ?? undefined), decisions: gap.lost },
    );
    const sent = gap.lost.length === 0 ? '' : `, and sent ${gap.lost.length} decision(s) again`;
    return lost ? `Submitted again${sent}` : `Started its workflow again${sent}`;
  });
}
