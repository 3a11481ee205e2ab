import type postgres from 'postgres';

/**
 * A connection that prepares each statement once and then only executes it. Drizzle asks postgres.js not to, and such a
 * statement takes two round trips and is planned anew every time: the server is first asked what its parameters are.
 * A pooler in between must support prepared statements, as PgBouncer does since 1.21.
 */
export function preparing<S extends postgres.Sql>(sql: S): S {
  return preparingAll(sql) as S;
}

/** The same for what transactions hand on. */
function preparingAll(sql: object): object {
  return new Proxy(sql, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== 'function') return member;
      if (name === 'unsafe') {
        return (query: string, parameters?: unknown[], options?: object): unknown =>
          Reflect.apply(member, target, [query, parameters, { ...options, prepare: true }]);
      }
      if (name === 'begin' || name === 'savepoint') {
        return (...args: unknown[]): unknown =>
          Reflect.apply(
            member,
            target,
            args.map((arg) =>
              typeof arg === 'function' ? (inner: object): unknown => arg(preparingAll(inner)) : arg,
            ),
          );
      }
      return member;
    },
  });
}
