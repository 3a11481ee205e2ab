import { type Static, Type } from 'typebox';
import { loadApplication } from '../db/applications.ts';
import { appendAudit } from '../db/audit.ts';
import { brokenConstraint } from '../db/database.ts';
import { factsOf } from '../db/mail-facts.ts';
import {
  insertTemplate,
  type MailTemplateRow,
  newestTemplate,
  newestTemplates,
  templateVersions,
} from '../db/mail-templates.ts';
import { isVisible } from '../db/visibility.ts';
import { KeygrantError } from '../domain/errors.ts';
import { type Language, languages } from '../domain/languages.ts';
import { type MailKind, mailKinds } from '../domain/mails.ts';
import { seesEverything } from '../domain/people.ts';
import { manyLines, oneLine } from '../domain/text.ts';
import { exampleDetails, exampleFacts } from '../mail/examples.ts';
import { builtIn, write } from '../mail/letters.ts';
import { placeholdersOf } from '../mail/placeholders.ts';
import { violationsIn } from '../mail/template.ts';
import { eventFrom } from './audit-events.ts';
import { type Caller, callerOf, callerWith } from './auth.ts';
import type { App, Context } from './context.ts';
import { invalid } from './errors.ts';
import { etag, preconditions, requiredRevision } from './preconditions.ts';
import { Moment, named, nullable, problemResponses } from './schemas.ts';

const Subject = Type.String({
  pattern: oneLine,
  maxLength: 200,
  description: 'one line of at most 200 characters; {{placeholders}} and {{#sections}} are those of Mustache',
});
const Body = Type.String({
  pattern: manyLines.replace('^', String.raw`^(?=[\s\S]*\S)`),
  minLength: 1,
  maxLength: 20_000,
  description:
    'at most 20000 characters of paragraphs, "## headings", "> quotes", blocks between ```, and "[links]({{link}})" on a line of their own; ' +
    '{{placeholders}} and {{#sections}} are those of Mustache',
});
const Params = Type.Object({
  kind: Type.Enum([...mailKinds], { description: 'what the mail is about' }),
  language: Type.Enum([...languages]),
});
const Version = named('MailTemplateVersion', {
  version: Type.Integer({ description: '0 for the built-in one' }),
  subject: Subject,
  body: Body,
  createdBy: Type.String(),
  createdAt: nullable(Moment),
});
const Summary = named('MailTemplateSummary', { ...Params.properties, ...Version.properties });
const MailTemplate = named('MailTemplate', {
  ...Summary.properties,
  placeholders: Type.Array(
    Type.Object({
      name: Type.String(),
      meaning: Type.String(),
      where: Type.Enum(['anywhere', 'body', 'line'], {
        description: 'line: in the body, on a line of its own',
      }),
      required: Type.Boolean(),
    }),
  ),
});
const Preview = named('MailPreview', { subject: Type.String(), text: Type.String(), html: Type.String() });

/** The mails as admins have worded them. Every change is a new version, and none is ever lost. */
export function mailTemplateRoutes(app: App, { db, config }: Context): void {
  const tags = ['Mail templates'];

  app.get(
    '/v1/mail-templates',
    {
      schema: {
        operationId: 'listMailTemplates',
        tags,
        summary: 'The template that counts for every kind of mail in every language',
        response: { 200: Type.Array(Summary), ...problemResponses },
      },
    },
    async (request) => {
      readerOf(request);
      const stored = await newestTemplates(db);
      return mailKinds.flatMap((kind) =>
        languages.map((language) => {
          const row = stored.find((each) => each.kind === kind && each.language === language);
          return { kind, language, ...versionOf(kind, language, row) };
        }),
      );
    },
  );

  app.get(
    '/v1/mail-templates/:kind/:language',
    {
      schema: {
        operationId: 'readMailTemplate',
        tags,
        summary: 'One template, and what it can tell',
        params: Params,
        response: { 200: MailTemplate, ...problemResponses },
      },
    },
    async (request, reply) => {
      readerOf(request);
      const { kind, language } = request.params;
      const shown = show(kind, language, await newestTemplate(db, kind, language));
      return reply.header('etag', etag(shown.version)).send(shown);
    },
  );

  app.get(
    '/v1/mail-templates/:kind/:language/versions',
    {
      schema: {
        operationId: 'listMailTemplateVersions',
        tags,
        summary: 'Every version that there was, newest first; the last is the built-in one',
        params: Params,
        response: { 200: Type.Array(Version), ...problemResponses },
      },
    },
    async (request) => {
      readerOf(request);
      const { kind, language } = request.params;
      const rows = [...(await templateVersions(db, kind, language)), undefined];
      return rows.map((row) => versionOf(kind, language, row));
    },
  );

  app.put(
    '/v1/mail-templates/:kind/:language',
    {
      schema: {
        operationId: 'storeMailTemplate',
        tags,
        summary: 'Store a new version on top of the one that If-Match names',
        description:
          'The next mail of its kind already uses it. To go back to an earlier version, store it again.',
        params: Params,
        headers: Type.Object(preconditions.required),
        body: Type.Object({ subject: Subject, body: Body }, { additionalProperties: false }),
        response: { 201: MailTemplate, ...problemResponses },
      },
    },
    async (request, reply) => {
      const { person } = callerWith(request, 'admin');
      const { kind, language } = request.params;
      const seen = requiredRevision(request);
      const violations = violationsIn(kind, request.body);
      if (violations.length > 0) throw invalid(violations);
      const newest = (await newestTemplate(db, kind, language))?.version ?? 0;
      if (seen !== newest)
        throw new KeygrantError('revision-changed', {
          en: `The newest version is ${newest}.`,
          'zh-TW': `最新版本為 ${newest}。`,
        });
      const template = { kind, language, version: newest + 1, ...request.body, createdBy: person.id };
      const subject = { type: 'mail-template', id: `${kind}/${language}` };
      try {
        const row = await db.transaction(async (tx) => {
          const stored = await insertTemplate(tx, template);
          await appendAudit(tx, eventFrom(request, 'mail-template.versioned', subject, template));
          return stored;
        });
        return await reply
          .code(201)
          .header('etag', etag(row.version))
          .send(show(kind, language, row));
      } catch (error) {
        if (brokenConstraint(error) !== 'mail_templates_kind_language_version_pk') throw error;
        throw new KeygrantError('revision-changed', {
          en: 'Somebody stored a version at the same moment; read it again.',
          'zh-TW': '同一時間有人儲存了另一個版本；請重新讀取。',
        });
      }
    },
  );

  app.post(
    '/v1/mail-templates/:kind/:language/preview',
    {
      schema: {
        operationId: 'previewMailTemplate',
        tags,
        summary:
          'How a mail would look: of this text, or of the template that counts; nothing is stored or sent',
        description:
          'About an application that you may see, or an invented one. What only the real mail knows, such as its secret, is an example.',
        params: Params,
        body: Type.Object(
          {
            subject: Type.Optional(Subject),
            body: Type.Optional(Body),
            applicationId: Type.Optional(
              Type.String({ pattern: '^app_[0-9a-z]{20}$', description: 'an application id' }),
            ),
          },
          { additionalProperties: false },
        ),
        response: { 200: Preview, ...problemResponses },
      },
    },
    async (request) => {
      const caller = readerOf(request);
      const { kind, language } = request.params;
      const { applicationId, ...text } = request.body;
      const counting = versionOf(kind, language, await newestTemplate(db, kind, language));
      const template = { subject: counting.subject, body: counting.body, ...text };
      const violations = violationsIn(kind, template);
      if (violations.length > 0) throw invalid(violations);
      const facts =
        applicationId === undefined
          ? exampleFacts(kind, settings, language)
          : await factsAbout(kind, applicationId, caller);
      return write(kind, facts, exampleDetails(kind, language), language, template);
    },
  );

  const settings = { brand: config.mail.brand, timeZone: config.timeZone, publicUrl: config.publicUrl };

  async function factsAbout(kind: MailKind, id: string, caller: Caller) {
    const application = (await isVisible(db, caller, id)) ? await loadApplication(db, id) : undefined;
    if (!application) {
      throw invalid([
        {
          field: 'applicationId',
          message: {
            en: 'There is no such application that you may see.',
            'zh-TW': '沒有這份申請，或您無權檢視。',
          },
        },
      ]);
    }
    return factsOf(db, kind, application, settings);
  }
}

function readerOf(request: Parameters<typeof callerOf>[0]): Caller {
  const caller = callerOf(request);
  if (!seesEverything(caller.person))
    throw new KeygrantError('forbidden', {
      en: 'This needs the role admin or auditor.',
      'zh-TW': '需要 admin 或 auditor 角色。',
    });
  return caller;
}

function versionOf(
  kind: MailKind,
  language: Language,
  row: MailTemplateRow | undefined,
): Static<typeof Version> {
  if (!row) return { version: 0, ...builtIn[language][kind], createdBy: 'keygrant', createdAt: null };
  const { version, subject, body, createdBy, createdAt } = row;
  return { version, subject, body, createdBy, createdAt: createdAt.toISOString() };
}

function show(
  kind: MailKind,
  language: Language,
  row: MailTemplateRow | undefined,
): Static<typeof MailTemplate> {
  const placeholders = Object.entries(placeholdersOf(kind)).map(
    ([name, { meaning, in: place, required }]) => ({
      name,
      meaning,
      where: place ?? ('anywhere' as const),
      required: required ?? false,
    }),
  );
  return { kind, language, ...versionOf(kind, language, row), placeholders };
}
