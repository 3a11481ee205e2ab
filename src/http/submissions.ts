import { eq } from 'drizzle-orm';
import { Type } from 'typebox';
import { signText } from '../crypto/master-keys.ts';
import { surroundingsOf } from '../db/applications.ts';
import { noFlowTrouble, planFor } from '../db/plans.ts';
import { applications } from '../db/schema/applications.ts';
import { violationsOf } from '../domain/application-rules.ts';
import { isEditable } from '../domain/application-states.ts';
import { KeygrantError } from '../domain/errors.ts';
import { submissionPurpose, submissionText } from '../domain/submission.ts';
import { Application } from './application-schemas.ts';
import { contentFrom } from './application-view.ts';
import { ApplicationParams, ownApplication, visibleApplication } from './applications.ts';
import { callerWith } from './auth.ts';
import type { App, Context } from './context.ts';
import { invalid } from './errors.ts';
import { etag, idempotencyKey, namedRevision, preconditions } from './preconditions.ts';
import { problemResponses } from './schemas.ts';
import { waitFor } from './waiting.ts';

/** Submitting an application for review: starts its durable workflow. */
export function submissionRoutes(app: App, context: Context): void {
  const { db, config, mailer, applications: processes } = context;

  app.post(
    '/v1/applications/:id/submission',
    {
      schema: {
        operationId: 'submitApplication',
        tags: ['Applications'],
        summary: 'Submit for review',
        description:
          'Safe to repeat: a double click or a retry is the same submission. 202 means that it is accepted but not yet ' +
          'opened; look at the application again. With If-Match only the revision named is submitted.',
        params: ApplicationParams,
        headers: Type.Object({ ...preconditions.possible, ...preconditions.retry }),
        response: { 200: Application, 202: Application, ...problemResponses },
      },
    },
    async (request, reply) => {
      const caller = callerWith(request, 'applicant');
      const view = await ownApplication(context, request, caller);
      const { id } = view;
      // The application's id makes the submission idempotent by itself; the header is checked for its form only.
      idempotencyKey(request);
      if (!isEditable(view.state)) {
        // Submitted before: the answer is the same as the first time.
        return reply.code(200).header('etag', etag(view.revision)).send(view);
      }
      const seen = namedRevision(request);
      if (seen !== undefined && seen !== view.revision) {
        throw new KeygrantError('revision-changed', {
          en: `It is at revision ${view.revision} now; read it again.`,
          'zh-TW': `目前是第 ${view.revision} 版；請重新讀取。`,
        });
      }
      const content = contentFrom(view);
      const around = await surroundingsOf(db, content, config.timeZone, new Date());
      const violations = violationsOf(content, around);
      if (violations.length > 0) throw invalid(violations);
      const plan = await planFor(db, content, caller.person.id);
      const trouble = plan ? plan.trouble : noFlowTrouble;
      if (trouble !== undefined) throw new KeygrantError('level-without-reviewer', trouble);
      const silent = await mailer.trouble();
      if (silent) {
        throw new KeygrantError('mail-unavailable', {
          en: `Nothing was submitted, the draft is kept: ${silent}`,
          'zh-TW': `尚未送審，草稿已保留：${silent}`,
        });
      }

      const submission = {
        applicationId: id,
        revision: view.revision,
        submittedBy: caller.person.id,
        via: caller.via,
        requestId: request.id,
      };
      const client = view.client?.id ?? '';
      // Why an earlier one was not opened says nothing of this one, and would be taken for its answer.
      if (view.refusal !== null)
        await db.update(applications).set({ refusal: null }).where(eq(applications.id, id));
      const signature = signText(config.masterKeys, submissionPurpose, submissionText(submission));
      await processes.submit(
        { ...submission, signature },
        { clientId: client, title: `${client}: ${view.keyName}` },
      );
      const opened = await waitFor(async () => {
        const [row] = await db.select().from(applications).where(eq(applications.id, id));
        return row && (!isEditable(row.state) || row.refusal) ? row : undefined;
      });
      if (opened?.refusal) throw new KeygrantError(opened.refusal.code, opened.refusal.message);
      const now = await visibleApplication(context, id, caller);
      return reply
        .code(opened ? 200 : 202)
        .header('etag', etag(now.revision))
        .header('location', `/v1/applications/${id}`)
        .send(now);
    },
  );
}
