import { sql } from 'drizzle-orm';
import { expect, test, vi } from 'vitest';
import { openDatabase } from '../../src/db/database.ts';
import { createTimelineFeed } from '../../src/db/timeline-feed.ts';
import { buildApp } from '../../src/http/app.ts';
import { signIn } from '../../src/stack/sign-in.ts';
import { decide, draft, submit } from '../support/applications.ts';
import { eventually } from '../support/eventually.ts';
import { startKeygrant } from '../support/keygrant.ts';
import { openStream } from '../support/stream.ts';
import { expectProblem } from './problems.ts';

const keygrant = await startKeygrant({ env: { DELIVERY_DELAY: '0s' } });
const { issuer } = keygrant.config.oidc;
const dora = keygrant.as('dora');

async function follow(
  who: string,
  id: string,
  headers: Record<string, string> = {},
  baseUrl = keygrant.baseUrl,
) {
  const authorization = `Bearer ${await signIn({ issuer, person: who })}`;
  return openStream(`${baseUrl}/v1/applications/${id}/events`, { authorization, ...headers });
}

/** A second API process over the same database, quick to notice, which can be stopped. */
async function secondProcess(idleMs?: number) {
  const database = openDatabase(keygrant.config.databaseUrl);
  const timelines = createTimelineFeed(database.connection, idleMs);
  const app = await buildApp({ ...keygrant.context, db: database.db, timelines });
  const baseUrl = await app.listen({ host: '127.0.0.1', port: 0 });
  return { baseUrl, close: () => app.close().then(database.close) };
}

test('whoever follows an application gets its timeline so far and every entry as it is recorded, in their own words', async () => {
  const { id } = await submit(keygrant);
  const streams = [await follow('ada', id), await follow('ben', id), await follow('dora', id)];
  expect(streams[0]?.headers.get('content-type')).toBe('text/event-stream');
  await Promise.all(streams.map((stream) => stream.arrivals(2)));
  await keygrant.client.workflow.getHandle(id).signal('decide', { act: 'approve' });
  await decide(keygrant, 'ben', id);
  await decide(keygrant, 'cleo', id);
  for (const [at, who] of ['ada', 'ben', 'dora'].entries()) {
    const stream = streams[at];
    const expected = await eventually(async () => {
      const { state, timeline } = (await keygrant.as(who).get(`/v1/applications/${id}`)).body;
      return state === 'delivered' && timeline.length === stream?.events().length ? timeline : undefined;
    });
    expect(stream?.events().map(({ data }) => data)).toEqual(expected);
    stream?.end();
  }
  expect(streams[0]?.words().join()).not.toContain('refused');
  expect(streams[1]?.words().join()).toContain('A decision was refused');
  expect(streams[0]?.text).not.toContain('api@acme.example');
});

test('a stream that broke off goes on after the last event that was received, without a gap or a double', async () => {
  const { id } = await submit(keygrant);
  const first = await follow('ada', id);
  const before = await first.arrivals(2);
  first.end();
  await first.over();
  await decide(keygrant, 'ben', id, 'deny');
  const second = await follow('ada', id, { 'last-event-id': String(before.at(1)?.id) });
  await eventually(async () => second.words().some((words) => words.startsWith('Denied')) || undefined);
  const whole = await follow('ada', id);
  const all = await eventually(async () => {
    const { timeline } = (await keygrant.as('ada').get(`/v1/applications/${id}`)).body;
    return whole.events().length === timeline.length ? whole.events() : undefined;
  });
  await second.arrivals(all.length - 2);
  const received = [...before.slice(0, 2), ...second.events()].map((event) => event.id);
  expect(received).toEqual(all.map((event) => event.id));
  const wrong = await follow('ada', id, { 'last-event-id': 'yesterday' });
  expect(wrong.status).toBe(422);
  for (const stream of [second, whole]) stream.end();
});

test('what cannot be seen cannot be followed, and one person follows ten timelines at a time', async () => {
  const { id } = (await keygrant.as('ada').post('/v1/applications', draft())).body;
  expectProblem(await keygrant.as('ben').get(`/v1/applications/${id}/events`), 404, 'not-found');
  const streams = await Promise.all(Array.from({ length: 10 }, () => follow('ada', id)));
  expectProblem(await keygrant.as('ada').get(`/v1/applications/${id}/events`), 429, 'too-many-streams');
  expect((await dora.get(`/v1/applications/${id}/events`)).status).toBe(200);
  for (const stream of streams) stream.end();
  await eventually(async () => {
    const { status } = await keygrant.as('ada').get(`/v1/applications/${id}/events`);
    return status === 200 || undefined;
  });
});

test('a stream ends when its person is disabled or may no longer see it, and when the service stops', async () => {
  const second = await secondProcess(200);
  const { id } = await submit(keygrant);
  const roles = ['api-owner'];
  await dora.post('/v1/people', { id: 'bob', name: 'Bob', email: 'bob@example.com', roles });
  const ofBob = await follow('bob', id, {}, second.baseUrl);
  await ofBob.arrivals(2);
  await eventually(async () => ofBob.text.includes(': still here') || undefined);
  await dora.patch('/v1/people/bob', { roles: [] });
  await ofBob.over();
  await dora.patch('/v1/people/bob', { roles });
  const again = await follow('bob', id, {}, second.baseUrl);
  await dora.patch('/v1/people/bob', { enabled: false });
  await again.over();

  const ofAda = await follow('ada', id, {}, second.baseUrl);
  await ofAda.arrivals(2);
  await second.close();
  await ofAda.over();
});

test('a stream ends when its access token does', async () => {
  const second = await secondProcess(200);
  const { id } = await submit(keygrant);
  const stream = await follow('ada', id, {}, second.baseUrl);
  await stream.arrivals(2);
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 2 * 86_400_000 });
  await stream.over().finally(() => vi.useRealTimers());
  await second.close();
});

test('an entry arrives even if the connection that listens is lost, and at once when it is back', async () => {
  const second = await secondProcess(300);
  const { id } = await submit(keygrant);
  const stream = await follow('ada', id, {}, second.baseUrl);
  await stream.arrivals(2);
  const cut = () =>
    keygrant.db.execute(
      sql`select pg_terminate_backend(pid) from pg_stat_activity where query ilike 'listen%keygrant_timelines%'
        and datname = current_database()`,
    );
  // Only the fallback is left to the first; the library listens again by itself.
  await cut();
  await decide(keygrant, 'ben', id);
  await eventually(
    async () => stream.words().some((words) => words.startsWith('Approved at level 1')) || undefined,
  );
  stream.end();
  await second.close();

  const listening = await follow('ada', id);
  await listening.arrivals(3);
  await cut();
  await decide(keygrant, 'cleo', id);
  await eventually(async () => listening.words().includes('Key issued') || undefined);
  listening.end();
});
