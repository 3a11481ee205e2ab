import { sql } from 'drizzle-orm';
import { boolean, check, pgTable, text, unique } from 'drizzle-orm/pg-core';
import { apiMethods } from '../../domain/apis.ts';
import { createdAt, oneOf, revision } from './columns.ts';

/** The consumer applications that call APIs; keys belong to them and credentials go to their addresses. */
export const clients = pgTable(
  'clients',
  {
    id: text().primaryKey(),
    name: text().notNull(),
    emails: text().array().notNull(),
    enabled: boolean().notNull().default(true),
    revision: revision(),
    createdAt: createdAt(),
  },
  (t) => [unique('clients_name').on(t.name)],
);

/** The registered APIs; only these can be applied for. */
export const apis = pgTable(
  'apis',
  {
    id: text().primaryKey(),
    name: text().notNull(),
    method: text().notNull(),
    path: text().notNull(),
    upstreamUrl: text().notNull(),
    enabled: boolean().notNull().default(true),
    revision: revision(),
    createdAt: createdAt(),
  },
  (t) => [
    // Two APIs with one method and path could not be told apart by a gateway.
    unique('apis_method_path').on(t.method, t.path),
    check('apis_method', oneOf(sql`${t.method}`, apiMethods)),
  ],
);
