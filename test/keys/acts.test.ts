import { randomUUID } from 'node:crypto';
import { afterAll, expect, test } from 'vitest';
import { newId } from '../../src/crypto/ids.ts';
import { signText } from '../../src/crypto/master-keys.ts';
import { openChangeFeed } from '../../src/db/changes.ts';
import { openDatabase } from '../../src/db/database.ts';
import { type KeyAct, keyActPurpose, keyActText } from '../../src/domain/key-acts.ts';
import { buildApp } from '../../src/http/app.ts';
import { signIn } from '../../src/stack/sign-in.ts';
import { insertKey } from '../gateway/keys.ts';
import { Api } from '../support/api.ts';
import { day } from '../support/applications.ts';
import { runHere } from '../support/command.ts';
import { eventually } from '../support/eventually.ts';
import { startKeygrant } from '../support/keygrant.ts';
import { everywhere, traces } from '../support/secrets.ts';
import { call, keyInUse, mailedSecrets, type Pair } from './key.ts';

const keygrant = await startKeygrant({ env: { DELIVERY_DELAY: '0s' } });
const [ada, dora, emil] = [keygrant.as('ada'), keygrant.as('dora'), keygrant.as('emil')];

/** Another API process over the same database. */
const second = openDatabase(keygrant.config.databaseUrl);
const changes = openChangeFeed(keygrant.config.databaseUrl);
const app = await buildApp({ ...keygrant.context, db: second.db, changes });
afterAll(() => app.close().then(() => Promise.all([second.close(), changes.close()])));
const other = new Api(await app.listen({ host: '127.0.0.1', port: 0 }), () =>
  signIn({ issuer: keygrant.config.oidc.issuer, person: 'dora' }),
);

/** Asks until it is known what became of it: a busy machine may take longer than a request waits. */
const act = (
  api: Api,
  { id }: Pair,
  path: string,
  body?: unknown,
  headers = { 'idempotency-key': randomUUID() },
) =>
  eventually(async () => {
    const answer = await api.post(`/v1/keys/${id}/${path}`, body, headers);
    return answer.status === 202 ? undefined : answer;
  });
const codes = (answers: { status: number }[]) =>
  answers.map(({ status }) => status).toSorted((a, b) => a - b);

async function newestSecret(pair: Pair, count = 1): Promise<Pair> {
  const secrets = await eventually(async () => {
    const mailed = await mailedSecrets(keygrant, pair);
    return mailed.length >= count ? mailed : undefined;
  });
  expect(secrets).toHaveLength(count);
  return { ...pair, secretKey: secrets.at(-1) ?? '' };
}

/** The verdict on calls to both processes, once it is this: each learns of a change at its commit, a moment later. */
async function judged(pair: Pair, reason: string | null): Promise<void> {
  for (const gateway of [dora, other])
    await eventually(async () => (await call(pair, gateway)).reason === reason || undefined);
}

/** The problems for which signals about a key were refused, oldest first, once `count` are on record. */
const refusals = ({ id }: Pair, count: number): Promise<string[]> =>
  eventually(async () => {
    const { items } = (await emil.get(`/v1/audit?action=key.act-refused&subjectId=${id}`)).body;
    const problems = items.map(({ details }: { details: { problem: string } }) => details.problem);
    return problems.length >= count ? problems.toReversed() : undefined;
  });

test('of two who rotate at once one makes a secret; a retry makes none; both secrets pass until the holder ends the grace', async () => {
  const pair = await keyInUse(keygrant);
  const answers = await Promise.all([ada, dora].map((api) => act(api, pair, 'rotation', { grace: '7d' })));
  expect(codes(answers)).toEqual([200, 409]);
  const renewed = await newestSecret(pair);
  expect(renewed.secretKey).not.toBe(pair.secretKey);
  for (const each of [pair, renewed]) expect((await call(each, dora)).valid).toBe(true);
  await eventually(async () => {
    const { actions } = (await ada.get(`/v1/keys/${pair.id}`)).body;
    return actions.includes('rotation/completion') || undefined;
  });
  const done = await act(ada, pair, 'rotation/completion');
  expect(done.body.key.rotation).toBeNull();
  await judged(pair, 'unauthorized');
  await judged(renewed, null);

  const retry = { 'idempotency-key': randomUUID() };
  const first = await act(ada, pair, 'rotation', { grace: '1d' }, retry);
  const again = await act(ada, pair, 'rotation', { grace: '1d' }, retry);
  expect([again.status, again.body.actId]).toEqual([200, first.body.actId]);
  await newestSecret(pair, 2);
  // Neither is anywhere but in the mail that handed it over.
  const places = await everywhere(keygrant);
  for (const { secretKey } of [pair, renewed]) expect(traces(secretKey, places)).toEqual([]);
});

test('a grace is bounded, and said in one way', async () => {
  const pair = await keyInUse(keygrant);
  for (const [body, field] of [
    [{ grace: '31d' }, 'grace'],
    [{}, 'grace'],
    [{ grace: '1d', until: 'unused' }, 'grace'],
    [{ grace: '1d', unusedDays: 3 }, 'unusedDays'],
  ] as const) {
    const { status, body: problem } = await act(ada, pair, 'rotation', body);
    expect([status, problem.errors?.[0].field]).toEqual([422, field]);
  }
  const old = await act(keygrant.as('ben'), pair, 'rotation', { grace: '1d' });
  expect([404, 403]).toContain(old.status);
});

test('a suspension counts on every process; whoever suspended it, or an admin, resumes it', async () => {
  const pair = await keyInUse(keygrant);
  const types = ['key.suspended', 'key.resumed'];
  const hook = await dora.post('/v1/webhooks', { url: 'https://1.1.1.1/', enabled: false, types });
  expect((await act(ada, pair, 'suspension')).body.errors[0].field).toBe('comment');
  const suspended = await act(ada, pair, 'suspension', { comment: 'Odd calls.' });
  expect(suspended.status).toBe(200);
  await judged(pair, 'suspended');
  expect(suspended.body.key).toMatchObject({
    state: 'suspended',
    usable: false,
    suspension: { by: { id: 'ada' }, for: 'request', comment: 'Odd calls.' },
  });
  expect((await act(ada, pair, 'rotation', { grace: '1d' })).body.type).toBe('/problems/key-suspended');
  expect((await act(ada, pair, 'resumption')).status).toBe(200);
  await judged(pair, null);

  await act(dora, pair, 'suspension', { comment: 'We look into it.' });
  expect((await act(ada, pair, 'resumption')).body.type).toBe('/problems/not-the-suspender');
  expect((await act(dora, pair, 'resumption')).status).toBe(200);
  const { items } = (await dora.get(`/v1/webhooks/${hook.body.id}/deliveries`)).body;
  expect(items.map(({ type }: { type: string }) => type).toReversed()).toEqual([...types, ...types]);
  const listed = (await ada.get('/v1/keys?state=suspended')).body.items;
  expect(listed.map(({ id }: { id: string }) => id)).not.toContain(pair.id);
});

test('a leak suspends at once, tells holder and admins, and has one new secret, which alone passes then', async () => {
  const pair = await keyInUse(keygrant);
  // A secret that is on its way is not handed over any more.
  await act(ada, pair, 'rotation', { grace: '7d' });
  const between = await newestSecret(pair);
  expect((await act(ada, pair, 'reissue')).body.type).toBe('/problems/no-leak-reported');
  const reported = await act(ada, pair, 'leak', { comment: 'It was in a repository.' });
  expect(reported.body.key.actions).toContain('reissue');
  expect(reported.body.key.actions).not.toContain('resumption');
  for (const each of [pair, between]) await judged(each, 'suspended');
  expect((await act(ada, pair, 'resumption')).body.type).toBe('/problems/not-the-suspender');

  const answers = await Promise.all([act(ada, pair, 'reissue'), act(dora, pair, 'reissue')]);
  expect(codes(answers)).toEqual([200, 409]);
  const renewed = await newestSecret(pair, 2);
  for (const each of [pair, between]) await judged(each, 'unauthorized');
  await judged(renewed, null);
  expect((await act(ada, pair, 'reissue')).body.type).toBe('/problems/no-leak-reported');
  const mails = await eventually(async () => {
    const all = (await keygrant.mailbox.messages()).filter(({ text }) => text.includes('in a repository'));
    return all.length >= 2 ? all : undefined;
  });
  expect(mails.flatMap(({ to }) => to)).toEqual(
    expect.arrayContaining(['ada@example.com', 'dora@example.com']),
  );
  for (const { text } of mails) expect(text).not.toContain(renewed.secretKey);
});

test('an admin revokes at once, for good; the key stays readable with its whole story and its calls', async () => {
  const pair = await keyInUse(keygrant);
  await call(pair, dora);
  await act(ada, pair, 'suspension', { comment: 'Wait.' });
  expect((await act(ada, pair, 'revocation', { comment: 'Mine.' })).status).toBe(403);
  expect((await act(dora, pair, 'revocation', { comment: 'Abuse.' })).body.key.state).toBe('revoked');
  await judged(pair, 'revoked');
  expect((await act(dora, pair, 'resumption')).body.type).toBe('/problems/key-ended');
  expect(await keygrant.client.workflow.getHandle(`key/${pair.id}`).result()).toBe('revoked');
  const trail = (await ada.get(`/v1/keys/${pair.id}/trail`)).body.items;
  const words = trail.map(({ words: each }: { words: string }) => each);
  expect(words).toEqual(expect.arrayContaining(['Key suspended', 'Key revoked']));
  const calls = await eventually(async () => {
    const { items } = (await ada.get(`/v1/keys/${pair.id}/calls`)).body;
    const { passed, refused } = items.at(-1);
    return passed > 0 && refused > 0 ? items : undefined;
  });
  expect([calls.length, calls.at(-1)]).toMatchObject([90, { passed: expect.any(Number) }]);
});

test('signals past the API change nothing: forged, changed on the way, foreign, repeated or none at all', async () => {
  const [pair, foreign] = [await keyInUse(keygrant), await keyInUse(keygrant)];
  const signed = (change: Partial<KeyAct> = {}) => {
    const own: KeyAct = {
      id: newId('keyAct'),
      keyId: pair.id,
      personId: 'dora',
      via: null,
      act: 'suspend',
      comment: 'Because.',
      requestId: randomUUID(),
      ...change,
    };
    return { ...own, signature: signText(keygrant.config.masterKeys, keyActPurpose, keyActText(own)) };
  };
  const send = (name: string, payload: unknown) =>
    keygrant.client.workflow.getHandle(`key/${pair.id}`).signal(name, payload);
  await send('suspend', { ...signed(), signature: signed().signature.replace(/.{9}$/, 'AAAAAAAAA') });
  await send('suspend', { ...signed(), personId: 'emil' });
  await send('suspend', signed({ keyId: foreign.id }));
  await send('revoke', signed());
  await send('reissue', null);
  await send('destroy', signed());
  // Genuine, but not for this person to do.
  await send('revoke', signed({ act: 'revoke', personId: 'ada' }));
  expect(await refusals(pair, 7)).toEqual([
    'forged-act',
    'forged-act',
    'forged-act',
    'malformed-act',
    'malformed-act',
    'unknown-signal',
    'forbidden',
  ]);
  expect((await call(pair, dora)).valid).toBe(true);

  const genuine = signed();
  await send('suspend', genuine);
  await eventually(async () => (await call(pair, dora)).reason === 'suspended' || undefined);
  expect((await act(dora, pair, 'resumption')).status).toBe(200);
  await send('suspend', genuine);
  expect((await refusals(pair, 8)).at(-1)).toBe('repeated-act');
  expect((await call(pair, dora)).valid).toBe(true);
  // Of the signature that would have passed nothing lies around.
  expect(JSON.stringify((await emil.get('/v1/audit?limit=200')).body)).not.toContain(genuine.signature);
});

test('a quota warns at each of its marks once, by one mail where several are passed at a time, without a write per call', async () => {
  const pair = await keyInUse(keygrant, { quota: 10 });
  const marks = async (count: number) =>
    eventually(async () => {
      const { quotaWarnings } = (await ada.get(`/v1/keys/${pair.id}`)).body;
      return quotaWarnings.length >= count
        ? quotaWarnings.map(({ percent }: { percent: number }) => percent)
        : undefined;
    });
  for (let calls = 0; calls < 8; calls += 1) await call(pair, dora);
  expect(await marks(1)).toEqual([80]);
  const told = async (count: number) =>
    eventually(async () => {
      const all = await keygrant.mailbox.messages();
      const mails = all.filter(({ text }) => text.includes(`${pair.id}/renew`));
      return mails.length >= count
        ? mails.map(({ subject }) => /(\d+) % of the quota/.exec(subject)?.[1])
        : undefined;
    });
  expect(await told(1)).toEqual(['80']);
  for (let calls = 0; calls < 3; calls += 1) await call(pair, dora);
  expect(await marks(3)).toEqual([80, 95, 100]);
  expect(await told(2)).toEqual(expect.arrayContaining(['80', '100']));
});

test('of reminders that came due while no worker was there, the last alone is mailed', async () => {
  await keygrant.stopWorker();
  const pair = await insertKey(keygrant, { expiresOn: day(3), expirySetAt: new Date(0) });
  await keygrant.startWorker();
  const told = await eventually(async () => {
    const mails = (await keygrant.mailbox.messages()).filter(({ text }) => text.includes(`${pair.id}/renew`));
    return mails.length > 0 ? mails : undefined;
  });
  expect(told.map(({ subject }) => /Expires in (\d days)/.exec(subject)?.[1])).toEqual(['4 days']);
  const { items } = (await emil.get(`/v1/audit?action=key.expiring&subjectId=${pair.id}`)).body;
  expect(items).toHaveLength(1);
});

test('a key whose workflow was lost is named by stuck, and reconcile starts it again', async () => {
  const pair = await keyInUse(keygrant);
  await keygrant.client.workflow.getHandle(`key/${pair.id}`).terminate('lost');
  expect((await runHere(keygrant, 'stuck')).words).toContain(pair.id);
  const found = await runHere(keygrant, 'reconcile');
  expect([found.code, found.words]).toEqual([1, expect.stringContaining(pair.id)]);
  await runHere(keygrant, 'reconcile', '--repair');
  const { status } = await keygrant.client.workflow.getHandle(`key/${pair.id}`).describe();
  expect(status.name).toBe('RUNNING');
  expect((await runHere(keygrant, 'stuck')).words).not.toContain(pair.id);
});
