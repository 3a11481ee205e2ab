import type { ValidateFunction } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { expect, test } from 'vitest';
import { problems } from '../../src/domain/problems.ts';
import type { Answer } from '../support/api.ts';
import { decide, draft, submit } from '../support/applications.ts';
import { eventually } from '../support/eventually.ts';
import { startKeygrant } from '../support/keygrant.ts';
import { type Operation, operationsOf } from './operations.ts';

const keygrant = await startKeygrant({ env: { DELIVERY_DELAY: '0s' } });
const dora = keygrant.as('dora');
const document = (await dora.get('/openapi.json')).body;
const operations = await operationsOf(dora);

// Strict: every property that a schema does not declare is a fault, in every object of it.
const ajv = formats.default(new Ajv2020({ allErrors: true, strictTypes: false, strictTuples: false }));

const validators = new Map<unknown, ValidateFunction>();

/** What an answer has that its operation does not declare, or lacks that it does. */
function faults({ described }: Operation, { status, headers, body }: Answer): unknown {
  const response = described.responses[status] ?? described.responses[`${Math.floor(status / 100)}XX`];
  if (!response) return `the status ${status} is not declared`;
  const type = headers.get('content-type')?.split(';')[0] ?? '';
  const schema = response.content?.[type]?.schema;
  if (!schema) return body === '' ? undefined : `the type ${type} is not declared`;
  const validate = validators.get(schema) ?? ajv.compile(closed(schema) as object);
  validators.set(schema, validate);
  return validate(body) ? undefined : validate.errors;
}

/** The same schema with every object closed. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== 'object' || schema === null) return schema;
  const copy = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, closed(value)]));
  return copy['type'] === 'object' && copy['additionalProperties'] === undefined
    ? { ...copy, additionalProperties: false }
    : copy;
}

test('the document is OpenAPI 3.1, and says of every operation what it does and all that it answers', () => {
  expect(document.openapi).toMatch(/^3\.1\./);
  expect(document.servers).toEqual([{ url: keygrant.config.publicUrl }]);
  expect(Object.keys(document.components.securitySchemes)).toEqual(['signIn', 'accessToken']);
  for (const { name, path, parameters, described } of operations) {
    expect([name, described.summary?.length > 5, described.tags?.length]).toEqual([name, true, 1]);
    const inPath = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
    const declared = parameters.filter((parameter) => parameter.in === 'path');
    expect(declared.map((parameter) => parameter.name)).toEqual(inPath);
    const codes = Object.keys(described.responses);
    expect([name, codes.some((code) => code.startsWith('2'))]).toEqual([name, true]);
    if (path.startsWith('/v1/')) expect([name, ...codes]).toEqual(expect.arrayContaining(['4XX', '5XX']));
    for (const response of Object.values<{ description: string }>(described.responses)) {
      expect(response.description).toEqual(expect.any(String));
    }
  }
});

test('generated clients get names: one for each operation, and one for each thing that answers hold', () => {
  const names = operations.map(({ described }) => described.operationId);
  for (const name of names) expect(name).toMatch(/^[a-z]+(?:[A-Z][a-z]+)+$/);
  expect(new Set(names).size).toBe(names.length);
  expect(Object.keys(document.components.schemas)).toEqual(
    expect.arrayContaining(['Application', 'ApplicationSummary', 'Client', 'Flow', 'Key', 'Problem']),
  );
  const read = document.paths['/v1/applications/{id}'].get.responses['200'].content['application/json'];
  expect(read.schema).toEqual({ $ref: '#/components/schemas/Application' });
});

test('the document asks for what is needed, and not for what has a default', () => {
  const headersOf = (name: string) =>
    operations
      .find((operation) => operation.name === name)
      ?.parameters.filter((p) => p.in === 'header')
      .map((p) => p.name);
  for (const { name, method } of operations) {
    if (method === 'PATCH' || method === 'DELETE')
      expect([name, headersOf(name)]).toEqual([name, ['if-match']]);
  }
  for (const { name } of operations.filter((operation) =>
    operation.name.startsWith('POST /v1/applications'),
  )) {
    expect([name, headersOf(name)]).toEqual([name, expect.arrayContaining(['idempotency-key'])]);
  }
  const limit = document.paths['/v1/applications'].get.parameters.find(
    (p: { name: string }) => p.name === 'limit',
  );
  expect(limit).toMatchObject({ required: false, schema: { default: 50 } });
  const flow = operations.find(({ name }) => name === 'PUT /v1/flows/{id}')?.body;
  expect(flow?.properties?.['levels']?.items?.properties?.['reviewers']?.required ?? []).toEqual([]);
});

test('every answer holds what the document declares and nothing else, whoever asks', async () => {
  const { id } = await submit(keygrant);
  await decide(keygrant, 'ben', id);
  await decide(keygrant, 'cleo', id);
  await eventually(async () => {
    const { body } = await dora.get(`/v1/applications/${id}`);
    return body.state === 'delivered' || undefined;
  });
  await keygrant.as('ada').post('/v1/applications', draft(), { 'idempotency-key': 'k' });
  const { id: keyId } = (await dora.get('/v1/keys')).body.items[0];
  const idOf: Record<string, string> = {
    applications: id,
    keys: keyId,
    clients: 'acme',
    apis: 'prices',
    flows: 'default',
    people: 'ada',
    webhooks: (await dora.post('/v1/webhooks', { url: 'https://1.1.1.1/keygrant', enabled: false })).body.id,
  };
  const texts: string[] = [];
  for (const operation of operations.filter(({ method }) => method === 'GET')) {
    const known = operation.path
      .replace('{id}', idOf[operation.path.split('/')[2] ?? ''] ?? '')
      .replace('{code}', 'invalid');
    for (const path of [known, `${known}?noSuchParameter=1`]) {
      for (const who of ['dora', 'emil', 'ada', 'ben']) {
        const answer = await keygrant.as(who).get(path);
        texts.push(JSON.stringify(answer.body));
        expect([path, who, answer.status, faults(operation, answer)]).toEqual([
          path,
          who,
          answer.status,
          undefined,
        ]);
      }
    }
  }
  expect(texts.join(' ')).not.toMatch(/sealed|masterKey|fingerprint|idempotency|workflowRun/i);
});

test('every problem has a page of its own, which its type leads to', async () => {
  for (const [code, { en: meaning }] of Object.entries(problems)) {
    const answer = await fetch(`${keygrant.baseUrl}/problems/${code}`);
    expect([code, answer.status, await answer.json()]).toMatchObject([code, 200, { code, meaning }]);
  }
});

test('the page to try the API answers without a token, loads nothing from elsewhere, and knows how to sign in', async () => {
  const page = await fetch(`${keygrant.baseUrl}/docs`);
  expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
  const html = await page.text();
  const parts = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map((match) => match[1] ?? '');
  expect(parts.length).toBeGreaterThan(3);
  for (const part of parts) {
    expect(part).not.toMatch(/^(?:https?:)?\/\//);
    const loaded = await fetch(new URL(part, `${keygrant.baseUrl}/docs`));
    expect([part, loaded.status, (await loaded.text()).length > 100]).toEqual([part, 200, true]);
  }
  const start = await (await fetch(`${keygrant.baseUrl}/docs/static/swagger-initializer.js`)).text();
  expect(start).toContain(keygrant.config.oidc.clientId);
});
