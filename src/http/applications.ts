import type { FastifyRequest } from 'fastify';
import { type Static, Type } from 'typebox';
import { sha256 } from '../crypto/digest.ts';
import { listApplications, placeOf } from '../db/application-lists.ts';
import { createDraft, deleteDraft, editDraft, unknownReferences } from '../db/drafts.ts';
import { standingsOf } from '../db/standings.ts';
import { isVisible } from '../db/visibility.ts';
import { applicationStates } from '../domain/application-states.ts';
import { KeygrantError } from '../domain/errors.ts';
import { applicationKinds } from '../domain/kinds.ts';
import { Application, ApplicationSummary, Draft, NewDraft } from './application-schemas.ts';
import { summarise, viewApplication } from './application-view.ts';
import { eventFrom } from './audit-events.ts';
import { type Caller, callerOf, callerWith } from './auth.ts';
import type { App, Context } from './context.ts';
import { cursorOf, readCursor, toPage } from './cursors.ts';
import { invalid } from './errors.ts';
import { contentOfNew } from './key-drafts.ts';
import { etag, idempotencyKey, preconditions, requiredRevision } from './preconditions.ts';
import { PageQuery, pageOf, problemResponses, queryOf, Slug, searchedText } from './schemas.ts';
import { schemaViolations } from './validation.ts';

const tags = ['Applications'];
export const ApplicationId = Type.String({
  pattern: '^app_[0-9a-z]{20}$',
  description: 'an application id',
});
export const ApplicationParams = Type.Object({ id: ApplicationId });

/** Leaves what is wrong with the body to the handler, which knows of more; what is wrong elsewhere is refused at once. */
const bodyJudgedByHandler = {
  attachValidation: true,
  preHandler: async ({ validationError }: FastifyRequest) => {
    if (validationError && validationError.validationContext !== 'body') throw validationError;
  },
};

/** Drafts and views of applications. After the submission nothing here changes one. */
export function applicationRoutes(app: App, context: Context): void {
  const { db, config } = context;

  app.get(
    '/v1/applications',
    {
      schema: {
        operationId: 'listApplications',
        tags,
        summary: 'List what you may see; `waitingFor=me` is the inbox of a reviewer',
        description:
          'Newest first. An inbox begins with what is due first (`dueAt`), then has what is never due, longest waiting first.',
        querystring: queryOf({
          ...PageQuery,
          state: Type.Optional(Type.Enum([...applicationStates])),
          kind: Type.Optional(Type.Enum([...applicationKinds])),
          clientId: Type.Optional(Slug),
          waitingFor: Type.Optional(Type.Literal('me')),
          q: Type.Optional(searchedText("a part of the key's name, or an id")),
        }),
        response: { 200: pageOf(ApplicationSummary), ...problemResponses },
      },
    },
    async (request) => {
      const { waitingFor, cursor, ...query } = request.query;
      const waitingForMe = waitingFor === 'me';
      const after = readCursor(cursor, waitingForMe ? ['due', 'moment', 'text'] : ['moment', 'text']);
      const caller = callerOf(request);
      const rows = await listApplications(db, caller, {
        ...query,
        after,
        waitingForMe,
      });
      const page = toPage(rows, query.limit, (last) => cursorOf(...placeOf(last, waitingForMe)));
      const stands = await standingsOf(
        db,
        page.items.map(({ application }) => application),
      );
      return {
        ...page,
        items: page.items.map((row, at) => summarise(row, stands[at], config.timeZone, caller.language)),
      };
    },
  );

  app.get(
    '/v1/applications/:id',
    {
      schema: {
        operationId: 'readApplication',
        tags,
        summary: 'Where it stands, who must act, what comes next, and how it came here',
        params: ApplicationParams,
        response: { 200: Application, ...problemResponses },
      },
    },
    async (request, reply) => {
      const view = await visibleApplication(context, request.params.id, callerOf(request));
      return reply.header('etag', etag(view.revision)).send(view);
    },
  );

  app.post(
    '/v1/applications',
    {
      ...bodyJudgedByHandler,
      schema: {
        operationId: 'draftApplication',
        tags,
        summary:
          'Save a draft, at any stage of completeness: for a new key, or the change or end of a live one',
        description: 'With an Idempotency-Key a retry answers with the first draft.',
        headers: Type.Object(preconditions.retry),
        body: NewDraft,
        response: { 200: Application, 201: Application, ...problemResponses },
      },
    },
    async (request, reply) => {
      const caller = callerWith(request, 'applicant');
      const { person, via } = caller;
      const sent: Static<typeof NewDraft> = await draftFrom(request);
      const content = await contentOfNew(db, caller, sent);
      const key = idempotencyKey(request);
      const { id, created } = await createDraft(
        db,
        { content, applicantId: person.id, portalId: via },
        key === undefined
          ? undefined
          : { key: via === null ? key : `${via} ${key}`, fingerprint: fingerprintOf(via, sent) },
        (draft) => eventFrom(request, 'application.drafted', { type: 'application', id: draft }, { content }),
      );
      const view = await visibleApplication(context, id, callerOf(request));
      return reply
        .code(created ? 201 : 200)
        .header('location', `/v1/applications/${id}`)
        .header('etag', etag(view.revision))
        .send(view);
    },
  );

  app.patch(
    '/v1/applications/:id',
    {
      ...bodyJudgedByHandler,
      schema: {
        operationId: 'changeDraft',
        tags,
        summary: 'Edit a draft or a returned application; null empties a field',
        params: ApplicationParams,
        headers: Type.Object(preconditions.required),
        body: Draft,
        response: { 200: Application, ...problemResponses },
      },
    },
    async (request, reply) => {
      const caller = callerWith(request, 'applicant');
      const { id } = await ownApplication(context, request, caller);
      const content = await draftFrom(request);
      const event = eventFrom(request, 'application.edited', { type: 'application', id }, { content });
      await editDraft(db, id, requiredRevision(request), content, event);
      const view = await visibleApplication(context, id, caller);
      return reply.header('etag', etag(view.revision)).send(view);
    },
  );

  app.delete(
    '/v1/applications/:id',
    {
      schema: {
        operationId: 'deleteDraft',
        tags,
        summary: 'Delete a draft that was never submitted',
        params: ApplicationParams,
        headers: Type.Object(preconditions.required),
        response: { 204: Type.Null(), ...problemResponses },
      },
    },
    async (request, reply) => {
      const { id } = await ownApplication(context, request, callerWith(request, 'applicant'));
      const event = eventFrom(request, 'application.deleted', { type: 'application', id });
      await deleteDraft(db, id, requiredRevision(request), event);
      return reply.code(204).send(null);
    },
  );

  /** The body of a draft, with what its schema and what the database says against it reported together. */
  async function draftFrom(request: FastifyRequest): Promise<Static<typeof Draft>> {
    const error = request.validationError;
    const violations = error?.validation ? schemaViolations(error.validation, 'body') : [];
    const content = (typeof request.body === 'object' && request.body !== null ? request.body : {}) as Static<
      typeof Draft
    >;
    // References are looked up only where they have the right form; the others are reported as malformed already.
    const wellFormed = Object.fromEntries(
      Object.entries(content).filter(
        ([field]) => !violations.some((violation) => violation.field.split('.')[0] === field),
      ),
    );
    violations.push(...(await unknownReferences(db, wellFormed)));
    if (violations.length > 0) throw invalid(violations);
    return content;
  }
}

/** Tells a retry from another request; the order in which a client happens to write the fields says nothing. */
function fingerprintOf(via: string | null, content: Static<typeof NewDraft>): string {
  const fields = Object.entries(content).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return sha256(JSON.stringify([via, fields]));
}

/** The application, if the caller may see it; else the same answer as for one that does not exist. */
export async function visibleApplication({ db, config }: Context, id: string, caller: Caller) {
  const view = (await isVisible(db, caller, id)) ? await viewApplication(db, id, caller, config) : undefined;
  if (!view) throw new KeygrantError('not-found');
  return view;
}

/** The application of the path, if it is the caller's own: seen by others, changed only by its applicant. */
export async function ownApplication(context: Context, request: FastifyRequest, caller: Caller) {
  const { id } = request.params as { id: string };
  const view = await visibleApplication(context, id, caller);
  if (view.applicant.id !== caller.person.id)
    throw new KeygrantError('forbidden', {
      en: 'Only its applicant may change it.',
      'zh-TW': '只有申請人可以修改。',
    });
  return view;
}
