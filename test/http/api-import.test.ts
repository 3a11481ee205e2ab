import { expect, test } from 'vitest';
import { apisIn } from '../../src/domain/openapi-import.ts';
import { startKeygrant } from '../support/keygrant.ts';
import { expectProblem } from './problems.ts';

const keygrant = await startKeygrant({ worker: false });
const dora = keygrant.as('dora');

const yaml = `
openapi: 3.0.3
info: { title: Billing, version: '1' }
servers:
  - url: https://{region}.billing.internal/v2
    variables: { region: { default: eu } }
paths:
  /bills:
    parameters: []
    get: { operationId: listBills, summary: List bills }
    post: { operationId: createBill }
  /bills/{id}:
    servers: [{ url: 'https://archive.internal' }]
    get: { operationId: Bill.read, summary: Read a bill }
    trace: {}
  /orders:
    get: { operationId: ordersList, summary: Orders }
`;

const importing = (body: Record<string, unknown>) => dora.post('/v1/apis/import', body);

test('an OpenAPI document says which APIs there are, and a dry run only tells', async () => {
  const { status, body } = await importing({ document: yaml, dryRun: true });
  expect([status, body.title, body.dryRun]).toEqual([200, 'Billing', true]);
  expect(body.apis).toEqual([
    {
      outcome: 'added',
      id: 'list-bills',
      name: 'List bills',
      method: 'GET',
      path: '/bills',
      upstreamUrl: 'https://eu.billing.internal/v2',
      before: null,
    },
    expect.objectContaining({ id: 'create-bill', name: 'createBill', method: 'POST' }),
    expect.objectContaining({
      id: 'bill-read',
      path: '/bills/{id}',
      upstreamUrl: 'https://archive.internal',
    }),
    expect.objectContaining({
      outcome: 'changed',
      id: 'orders-list',
      name: 'Orders',
      before: { name: 'List orders', upstreamUrl: expect.any(String) },
    }),
  ]);
  expect((await dora.get('/v1/apis/list-bills')).status).toBe(404);
});

test('what is imported can be applied for, is on record, and a second import changes nothing', async () => {
  const first = await importing({ document: yaml, upstreamUrl: 'https://gateway.internal' });
  expect(first.body.apis.map(({ outcome }: { outcome: string }) => outcome)).toEqual([
    'added',
    'added',
    'added',
    'changed',
  ]);
  expect((await dora.get('/v1/apis/orders-list')).body).toMatchObject({
    name: 'Orders',
    upstreamUrl: 'https://gateway.internal',
    enabled: true,
    revision: 2,
  });
  const again = await importing({ document: yaml, upstreamUrl: 'https://gateway.internal' });
  for (const { outcome } of again.body.apis) expect(outcome).toBe('unchanged');
  const { items } = (await dora.get('/v1/audit?subjectId=list-bills')).body;
  expect(items).toMatchObject([
    { action: 'api.added', actor: 'dora', details: { method: 'GET', path: '/bills' } },
  ]);
});

test('an id that is taken by another API gets a number, and JSON is read as well', async () => {
  const document = JSON.stringify({
    openapi: '3.1.0',
    info: { title: 'Prices' },
    paths: { '/tariffs': { get: { operationId: 'prices' } }, '/fees': { get: { operationId: 'prices' } } },
  });
  const { body } = await importing({ document, upstreamUrl: 'https://prices.internal', dryRun: true });
  expect(body.apis.map(({ id }: { id: string }) => id)).toEqual(['prices-2', 'prices-3']);
});

test('our own OpenAPI document is understood', async () => {
  const { body } = await dora.get('/openapi.json');
  const { title, apis, faults } = apisIn(body);
  expect([title, faults]).toEqual(['Keygrant', []]);
  expect(apis).toContainEqual(expect.objectContaining({ id: 'submit-application', method: 'POST' }));
});

test.each<[string, string, RegExp]>([
  ['no document', 'Dear Sir or Madam', /no OpenAPI 3\.x document/],
  ['broken YAML', 'openapi: [3.0.0', /neither JSON nor YAML/],
  ['Swagger 2', '{"swagger":"2.0","paths":{}}', /no OpenAPI 3\.x document/],
  ['nothing in it', '{"openapi":"3.1.0","paths":{}}', /no operations/],
  [
    'no server',
    '{"openapi":"3.1.0","paths":{"/a":{"get":{}}}}',
    /GET \/a: no server with an absolute address/,
  ],
  [
    'a server without a host',
    '{"openapi":"3.1.0","servers":[{"url":"/v1"}],"paths":{"/a":{"get":{}}}}',
    /absolute/,
  ],
  [
    'a path that no gateway could match',
    '{"openapi":"3.1.0","paths":{"/a b":{"get":{}}}}',
    /its path must be such as/,
  ],
  [
    'a bomb of aliases',
    `a: &a [x,x,x,x,x,x,x,x,x]\n${Array.from('bcdefghi')
      .map((name, at) => `${name}: &${name} [${Array(9).fill(`*${'abcdefgh'[at]}`).join()}]`)
      .join('\n')}`,
    /alias/i,
  ],
])('%s is refused with its reason, and nothing is imported', async (_, document, why) => {
  const answer = await importing({ document });
  expectProblem(answer, 422, 'invalid');
  expect(answer.body.errors[0]).toMatchObject({ field: 'document', message: expect.stringMatching(why) });
});

test('too many operations are refused, and only admins import', async () => {
  const paths = Object.fromEntries(Array.from({ length: 501 }, (_, at) => [`/a${at}`, { get: {} }]));
  const document = JSON.stringify({ openapi: '3.1.0', servers: [{ url: 'https://a.example' }], paths });
  const answer = await importing({ document });
  expect(answer.body.errors).toMatchObject([{ message: expect.stringContaining('at most 500') }]);
  expectProblem(await keygrant.as('emil').post('/v1/apis/import', { document: yaml }), 403, 'forbidden');
});
