import createClient from 'openapi-fetch';
import createQueryHooks from 'openapi-react-query';
import { chosenLocale } from '../i18n/locale.ts';
import { connectionLost, heardFrom } from './connection.ts';
import { sessionEnded } from './expiry.ts';
import { ProblemError, problemFrom } from './problem.ts';
import type { components, paths } from './schema.ts';

/** What the API calls its things, by the names of the OpenAPI document. */
export type Schemas = components['schemas'];

const client = createClient<paths>({ baseUrl: '/', credentials: 'same-origin' });

client.use({
  onRequest({ request }) {
    request.headers.set('accept-language', chosenLocale());
    return request;
  },
  onError({ error }) {
    connectionLost();
    return error instanceof Error ? error : new Error('no answer');
  },
  async onResponse({ response }) {
    heardFrom(response);
    if (response.ok) return;
    if (response.status === 401) sessionEnded();
    throw new ProblemError(response.status, await problemFrom(response));
  },
});

/** The REST API for code outside components. Throws a {@link ProblemError} for every answer that is none of success. */
export const rest = client;

/** How lists come page by page: `api.useInfiniteQuery('get', '/v1/keys', { params: { query } }, pages)`. */
export const pages = {
  pageParamName: 'cursor',
  initialPageParam: null as string | null,
  getNextPageParam: ({ next }: { next: string | null }) => next,
};

/** The REST API as hooks: `api.useQuery('get', '/v1/keys/{id}', { params: { path: { id } } })`. */
export const api = createQueryHooks(client);
