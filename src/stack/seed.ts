/** Everybody whom the embedded stack knows; `id` is the subject of their tokens. */
export const people = [
  { id: 'ada', name: 'Ada Lovelace', email: 'ada@example.com', roles: ['applicant'], about: 'applicant' },
  { id: 'ben', name: 'Ben Okri', email: 'ben@example.com', roles: ['api-owner'], about: 'reviewer, level 1' },
  {
    id: 'cleo',
    name: 'Cleo Wang',
    email: 'cleo@example.com',
    roles: ['security'],
    about: 'reviewer, level 2',
  },
  { id: 'dora', name: 'Dora Maar', email: 'dora@example.com', roles: ['admin'], about: 'admin' },
  { id: 'emil', name: 'Emil Noether', email: 'emil@example.com', roles: ['auditor'], about: 'auditor' },
] as const;

/** The admin who exists before anybody has registered anybody. */
export const firstAdmin = 'dora';

/** A program that applies for its users. Its secret is public: the embedded identity provider listens on loopback only. */
export const portal = {
  id: 'partner-portal',
  name: 'Partner portal',
  email: 'portal@example.com',
  secret: 'the-portal-of-the-embedded-stack',
} as const;

/** The console as a client of the embedded identity provider. Its secret is public for the same reason. */
export const consoleClient = { id: 'keygrant-console', secret: 'the-console-of-the-embedded-stack' } as const;

/** What access tokens of the embedded identity provider are made for. */
export const audience = 'urn:keygrant:api';

const clients = [
  { id: 'acme', name: 'Acme Robotics', emails: ['api@acme.example'] },
  { id: 'globex', name: 'Globex Logistics', emails: ['integration@globex.example', 'ops@globex.example'] },
];

const apis = [
  { id: 'orders-list', name: 'List orders', method: 'GET', path: '/orders' },
  { id: 'orders-read', name: 'Read an order', method: 'GET', path: '/orders/{id}' },
  { id: 'orders-create', name: 'Create an order', method: 'POST', path: '/orders' },
  { id: 'shipments-list', name: 'List shipments', method: 'GET', path: '/shipments' },
  { id: 'shipments-track', name: 'Track a shipment', method: 'GET', path: '/shipments/{id}/track' },
  { id: 'prices', name: 'Prices, all of it', method: 'GET', path: '/prices/*' },
];

const flow = {
  name: 'Two levels',
  levels: [
    { name: 'API owner', reviewers: { people: [], roles: ['api-owner'] } },
    { name: 'Security', reviewers: { people: [], roles: ['security'] } },
  ],
};

/**
 * Fills a fresh Keygrant with something to try, the way an admin would: through the REST API. What is there already
 * stays as it is.
 * @param baseUrl of the API
 * @param token of the first admin
 * @param upstreamUrl where the calls of its APIs go
 */
export async function seed(
  baseUrl: string,
  token: string,
  upstreamUrl = 'https://httpbin.org/anything',
): Promise<void> {
  const call = async (method: string, path: string, body: unknown, fine: readonly number[]) => {
    const response = await fetch(`${baseUrl}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!response.ok && !fine.includes(response.status)) {
      throw new Error(`Seeding failed at ${method} ${path}: ${response.status} ${await response.text()}`);
    }
  };
  const exists = 409;
  for (const { id, name, email, roles } of people)
    await call('POST', '/v1/people', { id, name, email, roles }, [exists]);
  const { id, name, email } = portal;
  await call('POST', '/v1/people', { id, name, email, roles: ['portal'] }, [exists]);
  for (const client of clients) await call('POST', '/v1/clients', client, [exists]);
  for (const api of apis) await call('POST', '/v1/apis', { ...api, upstreamUrl }, [exists]);
  const present = await fetch(`${baseUrl}/v1/flows/default`, {
    headers: { authorization: `Bearer ${token}` },
  });
  if (present.status === 404) await call('PUT', '/v1/flows/default', flow, []);
}
