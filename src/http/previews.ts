import { Type } from 'typebox';
import { surroundingsOf } from '../db/applications.ts';
import { findFlow, listFlows } from '../db/flows.ts';
import { noFlowTrouble, type Plan, planFor } from '../db/plans.ts';
import type { ApplicationContent } from '../domain/application.ts';
import { violationsOf } from '../domain/application-rules.ts';
import { KeygrantError } from '../domain/errors.ts';
import { chooseFlow } from '../domain/flows.ts';
import type { Language } from '../domain/languages.ts';
import { whySkipped } from '../domain/levels.ts';
import { previewInWords } from '../domain/preview.ts';
import { whoMayDecide } from '../domain/reviewers.ts';
import { NewDraft } from './application-schemas.ts';
import { contentFrom } from './application-view.ts';
import { ApplicationParams, ownApplication } from './applications.ts';
import { callerOf, callerWith } from './auth.ts';
import type { App, Context } from './context.ts';
import { inLanguage } from './errors.ts';
import { contentOfNew } from './key-drafts.ts';
import { Moment, named, nullable, problemResponses, Reference, Slug, Violation } from './schemas.ts';

const Preview = named('Preview', {
  words: Type.String({ description: 'what it would need, and when the mail would leave' }),
  flow: Type.Object({ id: Type.String(), version: Type.Integer(), name: Type.String() }),
  applies: Type.Boolean({ description: 'whether this is the flow that the application would take' }),
  levels: Type.Array(
    Type.Object({
      level: Type.Integer(),
      name: Type.String(),
      approvals: Type.Integer(),
      skipped: nullable(Type.String({ description: 'why it is passed by' })),
      people: Type.Array(Reference, { description: 'who may decide it' }),
    }),
  ),
  mailWouldLeaveAt: nullable(Moment),
  trouble: nullable(Type.String({ description: 'why nobody could bring it to its end' })),
  violations: Type.Array(Violation),
});

/** What an application would need, before it is submitted: nothing is stored or sent. */
export function previewRoutes(app: App, context: Context): void {
  const { db, config } = context;

  app.post(
    '/v1/flows/:id/preview',
    {
      schema: {
        operationId: 'previewFlow',
        tags: ['Flows'],
        summary: 'What an application of yours would need under this flow',
        params: Type.Object({ id: Slug }),
        body: NewDraft,
        response: { 200: Preview, ...problemResponses },
      },
    },
    async (request) => {
      const caller = callerOf(request);
      const flow = await findFlow(db, request.params.id);
      if (!flow) throw new KeygrantError('not-found');
      const content = { ...nothing, ...(await contentOfNew(db, caller, request.body)) } as ApplicationContent;
      const applicantId = caller.person.id;
      const taken = chooseFlow(await listFlows(db), content);
      const plan = await planFor(db, content, applicantId, flow);
      return show(plan, content, applicantId, taken?.id === flow.id, caller.language);
    },
  );

  app.get(
    '/v1/applications/:id/preview',
    {
      schema: {
        operationId: 'previewApplication',
        tags: ['Applications'],
        summary: 'What your draft would need if you submitted it now',
        params: ApplicationParams,
        response: { 200: Preview, ...problemResponses },
      },
    },
    async (request) => {
      const caller = callerWith(request, 'applicant');
      const content = contentFrom(await ownApplication(context, request, caller));
      const plan = await planFor(db, content, caller.person.id);
      return show(plan, content, caller.person.id, true, caller.language);
    },
  );

  async function show(
    plan: Plan | undefined,
    content: ApplicationContent,
    applicantId: string,
    applies: boolean,
    language: Language,
  ) {
    if (!plan) throw new KeygrantError('level-without-reviewer', noFlowTrouble);
    const { flow, reviewers, trouble } = plan;
    const now = new Date();
    const mailAt = content.kind === 'apply' ? new Date(now.getTime() + config.deliveryDelayMs) : undefined;
    const levels = flow.levels.map((level, index) => {
      const number = index + 1;
      const voices = { applicantId, number, level, rule: flow.repeatedReviewers, verdicts: [] };
      const people = whoMayDecide(voices, reviewers).map(({ id, name }) => ({ id, name }));
      const { name, approvals } = level;
      return {
        level: number,
        name,
        approvals,
        skipped: whySkipped(level, content, language) ?? null,
        people,
      };
    });
    const named = levels.map((level) => ({ ...level, people: level.people.map(({ name }) => name) }));
    const around = await surroundingsOf(db, content, config.timeZone, now);
    return {
      words: previewInWords(content.kind, named, mailAt, config.timeZone, language),
      flow: { id: flow.id, version: flow.version, name: flow.name },
      applies,
      levels,
      mailWouldLeaveAt: mailAt?.toISOString() ?? null,
      trouble: trouble?.[language] ?? null,
      violations: inLanguage(violationsOf(content, around), language),
    };
  }
}

/** What an applicant has not written. */
const nothing: ApplicationContent = {
  kind: 'apply',
  keyId: null,
  clientId: null,
  keyName: null,
  description: null,
  effectiveOn: null,
  expiresOn: null,
  quota: null,
  apiIds: [],
};
