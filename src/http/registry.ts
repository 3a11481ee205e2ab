import type { SQL } from 'drizzle-orm';
import { type TObject, type TProperties, Type } from 'typebox';
import { addEntry, changeEntry, type Entry, findEntry, listEntries, type Registry } from '../db/registry.ts';
import { KeygrantError } from '../domain/errors.ts';
import { type Person, seesEverything } from '../domain/people.ts';
import { eventFrom } from './audit-events.ts';
import { callerOf, callerWith } from './auth.ts';
import type { App, Context } from './context.ts';
import { cursorOf, readCursor, toPage } from './cursors.ts';
import { etag, preconditions, requiredRevision } from './preconditions.ts';
import { Moment, named, PageQuery, pageOf, problemResponses, queryOf, searchedText } from './schemas.ts';

/** What tells one registry from another: clients, APIs, people. */
interface Description<T extends Registry> {
  /** Singular; also the subject of audit rows. */
  noun: string;
  path: string;
  tag: string;
  table: T;
  /** The schema of an id. */
  id: TProperties['id'];
  /** What an admin writes; on creation, what is optional here may be left to the database's defaults. */
  fields: TObject;
  /** What only admins and auditors are shown. */
  hidden: readonly string[];
  /** Whether everybody may look it up, or only admins and auditors. */
  readers: 'everybody' | 'admins and auditors';
  /** What it is searched by beside id and name, in words and in SQL. */
  searchedBy?: { words: string; text: SQL };
}

/** Search, read, add and change: the same for everything that admins keep. Entries are disabled, never deleted. */
export function registryRoutes<T extends Registry>(app: App, { db }: Context, about: Description<T>): void {
  const { noun, path, table, fields, hidden } = about;
  const idField = { id: about.id ?? Type.String() };
  const tags = [about.tag];
  const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);
  const [single, several] = [capital(noun), capital(path.slice(path.lastIndexOf('/') + 1))];
  const shown = Object.fromEntries(
    Object.entries(fields.properties).map(([name, schema]) => [
      name,
      hidden.includes(name) ? Type.Optional(schema) : schema,
    ]),
  );
  const Item = named(single, { ...idField, ...shown, revision: Type.Integer(), createdAt: Moment });
  const Params = Type.Object(idField);
  const show = (entry: Entry<T>, person: Person) => ({
    ...Object.fromEntries(
      Object.entries(entry).filter(([name]) => seesEverything(person) || !hidden.includes(name)),
    ),
    id: entry.id,
    revision: entry.revision,
    createdAt: entry.createdAt.toISOString(),
  });
  const mayRead = (person: Person) => {
    if (about.readers !== 'everybody' && !seesEverything(person)) {
      throw new KeygrantError('forbidden', {
        en: 'This needs the role admin or auditor.',
        'zh-TW': '需要 admin 或 auditor 角色。',
      });
    }
    return person;
  };

  app.get(
    path,
    {
      schema: {
        tags,
        operationId: `list${several}`,
        summary: about.searchedBy ? `Search by id, name, ${about.searchedBy.words}` : 'Search by id and name',
        querystring: queryOf({
          ...PageQuery,
          q: Type.Optional(
            searchedText(
              `a part of the id, the name${about.searchedBy ? ` or ${about.searchedBy.words}` : ''}`,
            ),
          ),
        }),
        response: { 200: pageOf(Item), ...problemResponses },
      },
    },
    async (request, reply) => {
      const person = mayRead(callerOf(request).person);
      const { q, limit, cursor } = request.query;
      const query = { q, limit, after: readCursor(cursor, ['text'])?.[0] };
      const entries = await listEntries(db, table, query, about.searchedBy?.text);
      const page = toPage(entries, limit, ({ id }) => cursorOf(id));
      return reply.send({ ...page, items: page.items.map((entry) => show(entry, person)) });
    },
  );

  app.get(
    `${path}/:id`,
    {
      schema: {
        tags,
        operationId: `read${single}`,
        summary: `Read one ${noun}`,
        params: Params,
        response: { 200: Item, ...problemResponses },
      },
    },
    async (request, reply) => {
      const person = mayRead(callerOf(request).person);
      const entry = await findEntry(db, table, (request.params as { id: string }).id);
      if (!entry) throw new KeygrantError('not-found');
      return reply.header('etag', etag(entry.revision)).send(show(entry, person));
    },
  );

  app.post(
    path,
    {
      schema: {
        tags,
        operationId: `add${single}`,
        summary: `Add one`,
        body: Type.Object({ ...idField, ...fields.properties }, { additionalProperties: false }),
        response: { 201: Item, ...problemResponses },
      },
    },
    async (request, reply) => {
      const { person } = callerWith(request, 'admin');
      const body = request.body as T['$inferInsert'];
      const event = eventFrom(request, `${noun}.added`, { type: noun, id: body.id }, { ...body });
      const entry = await addEntry(db, table, body, event);
      return reply
        .code(201)
        .header('location', `${path}/${encodeURIComponent(entry.id)}`)
        .header('etag', etag(entry.revision))
        .send(show(entry, person));
    },
  );

  app.patch(
    `${path}/:id`,
    {
      schema: {
        tags,
        operationId: `change${single}`,
        summary: `Change fields of one`,
        params: Params,
        headers: Type.Object(preconditions.required),
        // The options belong to the outer type: Partial drops those of the type that it is made from.
        body: Type.Partial(Type.Object(fields.properties), { additionalProperties: false, minProperties: 1 }),
        response: { 200: Item, ...problemResponses },
      },
    },
    async (request, reply) => {
      const { person } = callerWith(request, 'admin');
      const { id } = request.params as { id: string };
      const change = request.body as Partial<T['$inferInsert']>;
      const event = eventFrom(request, `${noun}.changed`, { type: noun, id }, { ...change });
      const entry = await changeEntry(db, table, id, requiredRevision(request), change, event);
      return reply.header('etag', etag(entry.revision)).send(show(entry, person));
    },
  );
}
