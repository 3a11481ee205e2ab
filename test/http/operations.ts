import { portal } from '../../src/stack/seed.ts';
import type { Answer, Api } from '../support/api.ts';
import { day, draft, submit } from '../support/applications.ts';
import { eventually } from '../support/eventually.ts';
import type { Keygrant } from '../support/keygrant.ts';
import type { Schema } from './wrong-values.ts';

/** One route as the OpenAPI document describes it. */
export interface Operation {
  /** Such as `PATCH /v1/clients/{id}`. */
  name: string;
  method: string;
  path: string;
  parameters: { name: string; in: 'path' | 'query' | 'header'; schema: Schema }[];
  body: Schema | undefined;
  // oxlint-disable-next-line typescript/no-explicit-any
  described: any;
}

/** Every operation of the published document. */
export async function operationsOf(api: Api): Promise<Operation[]> {
  const { body } = await api.get('/openapi.json');
  const paths = inlined(body.paths, body.components.schemas);
  return Object.entries(paths as Record<string, Record<string, Operation['described']>>).flatMap(
    ([path, methods]) =>
      Object.entries(methods).map(([method, described]) => ({
        name: `${method.toUpperCase()} ${path}`,
        method: method.toUpperCase(),
        path,
        parameters: described.parameters ?? [],
        body: described.requestBody?.content['application/json']?.schema,
        described,
      })),
  );
}

/** The same part of a document with each named schema in its place. */
function inlined(node: unknown, schemas: Record<string, unknown>): unknown {
  if (Array.isArray(node)) return node.map((child) => inlined(child, schemas));
  if (typeof node !== 'object' || node === null) return node;
  const name = '$ref' in node && String(node.$ref).replace('#/components/schemas/', '');
  if (!name)
    return Object.fromEntries(Object.entries(node).map(([key, child]) => [key, inlined(child, schemas)]));
  if (!schemas[name]) throw new Error(`The document refers to ${name}, which it does not hold.`);
  return inlined(schemas[name], schemas);
}

/** A request that would be carried out: who sends it, and what. Tests change one thing about it. */
export interface Sound {
  as: string;
  path: string;
  body?: Record<string, unknown>;
  headers?: Record<string, string>;
}

/** A sound request for every operation that takes input. */
export async function soundRequests(keygrant: Keygrant): Promise<Record<string, Sound>> {
  const ada = keygrant.as('ada');
  const { id } = (await ada.post('/v1/applications', draft())).body;
  const pending = await submit(keygrant);
  // Until its mail has gone, rows still change by themselves.
  await eventually(async () => {
    const { body } = await ada.get(`/v1/applications/${pending.id}`);
    return body.mails[0]?.state === 'sent' || undefined;
  });
  const webhook = {
    url: 'https://1.1.1.1/keygrant',
    description: 'The portal',
    types: ['application.approved' as const],
    enabled: true,
  };
  const hook = `/v1/webhooks/${(await keygrant.as('dora').post('/v1/webhooks', { ...webhook, enabled: false })).body.id}`;
  const condition = {
    kinds: ['update'],
    clientIds: ['acme'],
    quotaUpTo: 100,
    quotaOver: 10,
    validityUpToDays: 30,
    validityOverDays: 3,
    onlyApis: ['prices'],
    anyApi: ['prices'],
  };
  const levels = [
    {
      name: 'Only one',
      reviewers: { people: ['ben'], roles: ['security'] },
      escalateAfterHours: 48,
      escalateTo: { people: ['cleo'], roles: ['legal'] },
      skipWhen: [condition],
    },
  ];
  const first = { 'if-match': '"1"' };
  const client = { name: 'Initech', emails: ['it@initech.example'], enabled: true };
  const api = {
    name: 'Bills',
    method: 'GET',
    path: '/bills',
    upstreamUrl: 'https://bills.internal',
    enabled: true,
  };
  const person = {
    name: 'Zoe Zhou',
    email: 'zoe@example.com',
    roles: ['applicant'],
    language: 'zh-TW',
    enabled: true,
  };
  const decision = { verdict: 'approve', comment: 'Fine.', level: 1, digest: pending.digest };
  const get = (as: string, path: string) => ({ as, path });
  return {
    'GET /problems/{code}': get('dora', '/problems/invalid'),
    'GET /v1/applications': get('dora', '/v1/applications'),
    'GET /v1/applications/{id}': get('dora', `/v1/applications/${id}`),
    'POST /v1/applications': { as: 'ada', path: '/v1/applications', body: draft() },
    'PATCH /v1/applications/{id}': {
      as: 'ada',
      path: `/v1/applications/${id}`,
      body: draft(),
      headers: first,
    },
    'DELETE /v1/applications/{id}': { as: 'ada', path: `/v1/applications/${id}`, headers: first },
    'POST /v1/applications/{id}/submission': { as: 'ada', path: `/v1/applications/${id}/submission` },
    'POST /v1/applications/{id}/decisions': {
      as: 'ben',
      path: `/v1/applications/${pending.id}/decisions`,
      body: decision,
    },
    ...Object.fromEntries(
      ['withdrawal', 'hold', 'release', 'recall'].map((part) => [
        `POST /v1/applications/{id}/${part}`,
        { as: 'ada', path: `/v1/applications/${pending.id}/${part}`, body: { comment: 'Better not.' } },
      ]),
    ),
    'POST /v1/applications/{id}/resend': {
      as: 'ada',
      path: `/v1/applications/${pending.id}/resend`,
      body: { comment: 'Lost.' },
    },
    'POST /v1/applications/{id}/address': {
      as: 'ada',
      path: `/v1/applications/${pending.id}/address`,
      body: { email: 'new@acme.example', comment: 'Moved.' },
    },
    'POST /v1/applications/{id}/address/decisions': {
      as: 'cleo',
      path: `/v1/applications/${pending.id}/address/decisions`,
      body: { verdict: 'approve', email: 'new@acme.example', comment: 'Fine.' },
    },
    'POST /v1/keys/{id}/reveal': {
      as: 'ada',
      path: '/v1/keys/key_00000000000000000000/reveal',
      body: { token: `mail_00000000000000000000.1.${'a'.repeat(43)}` },
    },
    'GET /v1/keys': get('dora', '/v1/keys'),
    'GET /v1/keys/{id}': get('dora', '/v1/keys/key_00000000000000000000'),
    'GET /v1/keys/{id}/trail': get('dora', '/v1/keys/key_00000000000000000000/trail'),
    'GET /v1/keys/{id}/calls': get('dora', '/v1/keys/key_00000000000000000000/calls'),
    'POST /v1/keys/{id}/rotation': {
      as: 'ada',
      path: '/v1/keys/key_00000000000000000000/rotation',
      body: { grace: '7d', comment: 'Yearly.' },
    },
    ...Object.fromEntries(
      ['rotation/completion', 'suspension', 'resumption', 'revocation', 'leak', 'reissue'].map((part) => [
        `POST /v1/keys/{id}/${part}`,
        { as: 'dora', path: `/v1/keys/key_00000000000000000000/${part}`, body: { comment: 'It leaked.' } },
      ]),
    ),
    'PUT /v1/keys/{id}/dgrk': {
      as: 'dora',
      path: '/v1/keys/key_00000000000000000000/dgrk',
      body: { until: day(30) },
    },
    'GET /v1/clients': get('dora', '/v1/clients'),
    'GET /v1/clients/{id}': get('dora', '/v1/clients/acme'),
    'POST /v1/clients': { as: 'dora', path: '/v1/clients', body: { id: 'initech', ...client } },
    'PATCH /v1/clients/{id}': { as: 'dora', path: '/v1/clients/acme', body: client, headers: first },
    'GET /v1/apis': get('dora', '/v1/apis'),
    'GET /v1/apis/{id}': get('dora', '/v1/apis/prices'),
    'POST /v1/apis': { as: 'dora', path: '/v1/apis', body: { id: 'bills', ...api } },
    'PATCH /v1/apis/{id}': { as: 'dora', path: '/v1/apis/prices', body: api, headers: first },
    'POST /v1/apis/import': {
      as: 'dora',
      path: '/v1/apis/import',
      body: {
        document: JSON.stringify({
          openapi: '3.1.0',
          info: { title: 'Bills' },
          paths: { '/bills': { get: {} } },
        }),
        upstreamUrl: 'https://bills.internal',
        dryRun: true,
      },
    },
    'POST /v1/settings/test-mail': { as: 'dora', path: '/v1/settings/test-mail' },
    'GET /v1/applications/{id}/client-keys': get('dora', `/v1/applications/${pending.id}/client-keys`),
    'GET /v1/people': get('dora', '/v1/people'),
    'GET /v1/people/{id}': get('dora', '/v1/people/ada'),
    'POST /v1/people': { as: 'dora', path: '/v1/people', body: { id: 'zoe', ...person } },
    'PATCH /v1/people/{id}': { as: 'dora', path: '/v1/people/ada', body: person, headers: first },
    'GET /v1/flows/{id}': get('dora', '/v1/flows/default'),
    'GET /v1/mail-templates/{kind}/{language}': get('dora', '/v1/mail-templates/review/en'),
    'GET /v1/mail-templates/{kind}/{language}/versions': get('dora', '/v1/mail-templates/review/en/versions'),
    'PUT /v1/mail-templates/{kind}/{language}': {
      as: 'dora',
      path: '/v1/mail-templates/review/en',
      body: { subject: 'Please look', body: 'Somebody applies.' },
      headers: { 'if-match': '"0"' },
    },
    'POST /v1/mail-templates/{kind}/{language}/preview': {
      as: 'dora',
      path: '/v1/mail-templates/review/en/preview',
      body: { subject: 'Please look', body: 'Somebody applies.', applicationId: pending.id },
    },
    'GET /v1/applications/{id}/events': get('ada', `/v1/applications/${id}/events`),
    'GET /v1/webhooks': get('dora', '/v1/webhooks'),
    'GET /v1/webhooks/{id}': get('dora', hook),
    'POST /v1/webhooks': { as: 'dora', path: '/v1/webhooks', body: { ...webhook, portalId: portal.id } },
    'PATCH /v1/webhooks/{id}': { as: 'dora', path: hook, body: webhook, headers: first },
    'DELETE /v1/webhooks/{id}': { as: 'dora', path: hook, headers: first },
    'POST /v1/webhooks/{id}/secret': { as: 'dora', path: `${hook}/secret` },
    'POST /v1/webhooks/{id}/test': { as: 'dora', path: `${hook}/test` },
    'GET /v1/webhooks/{id}/deliveries': get('dora', `${hook}/deliveries`),
    'POST /v1/webhooks/{id}/deliveries/{eventId}/redelivery': {
      as: 'dora',
      path: `${hook}/deliveries/evt_00000000000000000000_1/redelivery`,
    },
    'PUT /v1/flows/{id}': {
      as: 'dora',
      path: '/v1/flows/default',
      body: { name: 'One level', levels, appliesTo: [condition], stoppableBy: ['applicant'] },
    },
    'POST /v1/flows/{id}/preview': { as: 'ada', path: '/v1/flows/default/preview', body: draft() },
    'GET /v1/applications/{id}/preview': get('ada', `/v1/applications/${id}/preview`),
    'POST /v1/decisions': {
      as: 'ben',
      path: '/v1/decisions',
      body: { decisions: [{ applicationId: pending.id, ...decision }] },
    },
    'GET /v1/colleagues': get('ben', '/v1/colleagues'),
    'GET /v1/delegations': get('dora', '/v1/delegations'),
    'POST /v1/delegations': {
      as: 'ben',
      path: '/v1/delegations',
      body: { deputyId: 'cleo', endsAt: `${day(7)}T00:00:00Z`, reason: 'Holidays' },
    },
    'POST /v1/delegations/{id}/end': {
      as: 'ben',
      path: '/v1/delegations/del_00000000000000000000/end',
    },
    'GET /v1/audit': get('dora', '/v1/audit'),
    'GET /v1/history': get('dora', '/v1/history'),
    'GET /v1/history.csv': get('dora', '/v1/history.csv'),
    'GET /v1/applications/{id}/trail': get('dora', `/v1/applications/${id}/trail`),
    ...Object.fromEntries(
      ['decode', 'encode'].map((part) => [
        `POST /codec/${part}`,
        {
          as: 'dora',
          path: `/codec/${part}`,
          body: { payloads: [{ metadata: { a: 'YQ==' }, data: 'YQ==' }] },
        },
      ]),
    ),
    'POST /v1/verify': {
      as: 'dora',
      path: '/v1/verify',
      body: { method: 'GET', target: '/orders', headers: { authorization: 'DGRK a.b' }, body: '{}' },
    },
  };
}

/** Sends a sound request with something about it changed. */
export function send(
  keygrant: Keygrant,
  { method }: Operation,
  sound: Sound,
  change: { path?: string; body?: unknown; headers?: Record<string, string> } = {},
): Promise<Answer> {
  const body = 'body' in change ? change.body : sound.body;
  return keygrant
    .as(sound.as)
    .call(method, change.path ?? sound.path, body, { ...sound.headers, ...change.headers });
}
