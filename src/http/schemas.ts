import { type TProperties, type TSchema, Type } from 'typebox';
import { personIdPattern, slugPattern } from '../domain/ids.ts';
import { problems } from '../domain/problems.ts';
import { limits, manyLines, oneLine, searched } from '../domain/text.ts';

// Building blocks that several resources share. Descriptions double as "what would be right" in errors.

/** An object that has a name of its own in the OpenAPI document, and so in clients that are generated from it. */
export const named = <T extends TProperties>(
  title: string,
  properties: T,
  options: { additionalProperties?: boolean; description?: string } = {},
) => Type.Object(properties, { ...options, title });

/** A schema or null. */
export const nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()]);

export const Slug = Type.String({
  pattern: slugPattern,
  maxLength: 64,
  description: 'lower-case letters and digits, words joined by hyphens',
});

export const Name = Type.String({
  pattern: oneLine,
  minLength: 1,
  maxLength: limits.name,
  description: `one line of 1 to ${limits.name} characters, without control characters`,
});

export const Paragraph = Type.String({
  pattern: manyLines,
  maxLength: limits.description,
  description: `at most ${limits.description} characters, without control characters`,
});

/** What a list is searched for. */
export const searchedText = (description: string) =>
  Type.String({ pattern: searched, maxLength: 255, description });

export const Email = Type.String({
  format: 'email',
  maxLength: 254,
  description: 'a mail address, such as ada@example.com',
});

export const PersonId = Type.String({
  pattern: personIdPattern,
  description: "the subject of the person's access tokens",
});

export const Day = Type.String({ format: 'date', description: 'a calendar date, such as 2026-12-31' });

export const Moment = Type.String({ format: 'date-time' });

export const Reference = named('Reference', { id: Type.String(), name: Type.String() });

/** A rule that is broken, and by which field. */
export const Violation = named('Violation', { field: Type.String(), message: Type.String() });

/** How an answer says what went wrong (RFC 9457). */
const Problem = named(
  'Problem',
  {
    type: Type.String({ description: 'stable; its last part is the code' }),
    title: Type.String(),
    status: Type.Integer(),
    detail: Type.String(),
    instance: Type.Optional(Type.String()),
    requestId: Type.String(),
    errors: Type.Optional(Type.Array(Violation)),
  },
  { description: `Codes: ${Object.keys(problems).join(', ')}` },
);

const problemContent = {
  description: 'A problem',
  content: { 'application/problem+json': { schema: Problem } },
};

/** Declared by every route, so that nothing undeclared leaves even when something fails. */
export const problemResponses = { '4xx': problemContent, '5xx': problemContent };

/** The query of a route; a parameter that it does not know is refused, or a misspelt filter would list everything. */
export const queryOf = <T extends TProperties>(properties: T) =>
  Type.Object(properties, { additionalProperties: false });

/** Cursor paging: `next` leads to the following page. */
export const PageQuery = {
  limit: Type.Integer({ minimum: 1, maximum: 200, default: 50 }),
  cursor: Type.Optional(Type.String({ maxLength: 200, description: 'the `next` of the page before' })),
};
export const pageOf = <T extends TSchema>(item: T) =>
  Type.Object({ items: Type.Array(item), next: nullable(Type.String()) });
