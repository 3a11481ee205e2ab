import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { startKeygrant } from '../support/keygrant.ts';
import { anyBody } from './any-body.ts';
import { operationsOf, send, soundRequests } from './operations.ts';
import { expectRefusal } from './problems.ts';
import { everyRow } from './rows.ts';
import { type Schema, withWrong, wrongQueries, wrongValues } from './wrong-values.ts';

const keygrant = await startKeygrant();
const operations = (await operationsOf(keygrant.as('dora'))).filter(
  ({ parameters, body, method }) => parameters.length > 0 || body || method !== 'GET',
);
const sound = await soundRequests(keygrant);
const cases = operations.map((operation) => ({
  name: operation.name,
  operation,
  request: sound[operation.name] ?? { as: 'dora', path: operation.path },
}));
const taking = (part: string) =>
  cases.filter(({ operation }) => operation.parameters.some((parameter) => parameter.in === part));
const withBody = cases.filter(({ operation }) => operation.body);

/** Runs what must not write, and compares every row of the database before and after. */
async function writingNothing(run: () => Promise<void>) {
  const before = await everyRow(keygrant.db);
  await run();
  expect(await everyRow(keygrant.db)).toEqual(before);
}

test('every operation that takes input is tested here', () => {
  expect(operations.map(({ name }) => name).toSorted()).toEqual(Object.keys(sound).toSorted());
});

test.each(withBody)('$name refuses every wrong value in every field by name', ({ operation, request }) =>
  writingNothing(async () => {
    const wrongs = wrongValues(operation.body ?? {}).filter(({ path }) => path.length > 0);
    expect(wrongs.length).toBeGreaterThan(20);
    for (const wrong of wrongs) {
      const body = withWrong(request.body, wrong);
      const field = wrong.path.join('.').replace(/\.0$/, '');
      expectRefusal(await send(keygrant, operation, request, { body }), field, body);
    }
  }),
);

/** Whether no body is as good as an empty one. */
function mayBeMissing({ body }: { body: Schema | undefined }): boolean {
  return body?.anyOf?.some(({ type }) => type === 'null') ?? false;
}

test.each(withBody)(
  '$name refuses a body that is no object, no JSON or too large',
  ({ operation, request }) =>
    writingNothing(async () => {
      const tooLarge = JSON.stringify({ ...request.body, name: 'a'.repeat(65 * 1024) });
      const deep = '['.repeat(20_000);
      for (const body of [
        '',
        '{',
        '[]',
        '"a"',
        '5',
        ...(mayBeMissing(operation) ? [] : ['null']),
        '{"__proto__":{"a":1}}',
        '[{}]',
        deep,
        tooLarge,
      ]) {
        expectRefusal(await send(keygrant, operation, request, { body }), '', body);
      }
      for (const type of ['text/plain', 'application/xml', 'application/x-www-form-urlencoded', 'nonsense']) {
        expectRefusal(
          await send(keygrant, operation, request, { headers: { 'content-type': type } }),
          '',
          type,
        );
      }
      if (mayBeMissing(operation)) return;
      expectRefusal(await send(keygrant, operation, request, { body: undefined }), '', 'no body');
    }),
);

test.each(taking('path'))('$name refuses every wrong path parameter', ({ operation, request }) =>
  writingNothing(async () => {
    const names = operation.parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => name);
    for (const name of names) {
      const to = (value: string) => operation.path.replace(`{${name}}`, value);
      for (const value of ['%00', 'a%0Ab', '%E2%80%AE', 'a'.repeat(290), '%20', '..%2F..', '%25']) {
        const answer = await send(keygrant, operation, request, { path: to(value) });
        if (answer.status === 404) expect(answer.body.type).toBe('/problems/not-found');
        else expectRefusal(answer, name, `${operation.method} ${to(value)}`);
      }
      for (const value of ['%ED%A0%80', '%E0%A4%A', '%', 'a'.repeat(400)]) {
        expectRefusal(await send(keygrant, operation, request, { path: to(value) }), '', to(value));
      }
    }
  }),
);

test.each(taking('query'))(
  '$name refuses every wrong query parameter by name',
  async ({ operation, request }) => {
    const queries = operation.parameters
      .filter((parameter) => parameter.in === 'query')
      .flatMap(wrongQueries);
    for (const { name, query } of [...queries, { name: 'noSuchParameter', query: 'noSuchParameter=1' }]) {
      const path = `${request.path}?${query}`;
      expectRefusal(await send(keygrant, operation, request, { path }), name, path);
    }
  },
);

test.each(cases.filter(({ request }) => request.headers?.['if-match']))(
  '$name refuses a change without If-Match, or with one that is no ETag of ours',
  ({ operation, request }) =>
    writingNothing(async () => {
      for (const header of ['1', '"x"', 'W/"1"', '*', '"1", "2"', '"99999999999"', '"-1"']) {
        const answer = await send(keygrant, operation, request, { headers: { 'if-match': header } });
        expectRefusal(answer, 'If-Match', header);
        expect(answer.status).toBe(400);
      }
      const { headers: _, ...without } = request;
      const answer = await send(keygrant, operation, without);
      expectRefusal(answer, 'If-Match', 'no If-Match');
      expect(answer.status).toBe(428);
    }),
);

test.each(cases.filter(({ name }) => name.startsWith('POST /v1/applications')))(
  '$name refuses an Idempotency-Key that is not visible ASCII of at most 255 characters',
  ({ operation, request }) =>
    writingNothing(async () => {
      for (const header of ['', 'a b', 'é', 'a'.repeat(256)]) {
        const answer = await send(keygrant, operation, request, { headers: { 'idempotency-key': header } });
        expectRefusal(answer, 'Idempotency-Key', header);
      }
    }),
);

test.each(withBody)('$name answers any JSON with success or a problem, never a failure', async (tested) => {
  await fc.assert(
    fc.asyncProperty(anyBody(tested.operation.body, tested.request.body), async (body) => {
      const answer = await send(keygrant, tested.operation, tested.request, { body: JSON.stringify(body) });
      if (answer.status < 300) return;
      expectRefusal(answer, '', JSON.stringify(body));
    }),
    { numRuns: 40 },
  );
});
