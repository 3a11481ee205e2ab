import { expect, test } from 'vitest';
import { draft } from '../support/applications.ts';
import { startKeygrant } from '../support/keygrant.ts';
import { expectProblem } from './problems.ts';

const keygrant = await startKeygrant({ env: { DELIVERY_DELAY: '1h' } });
const ada = keygrant.as('ada');
const dora = keygrant.as('dora');
const chinese = { 'accept-language': 'zh-TW' };

/** Two English words in a row; names of people, levels and fields may stand in a Chinese sentence. */
const sentence = /\b[a-z]{2,} [a-z]{2,}/;
const han = /\p{Script=Han}/u;
function expectChinese(...texts: string[]) {
  expect(texts).not.toEqual([]);
  for (const text of texts) {
    expect(text).toMatch(han);
    expect(text).not.toMatch(sentence);
  }
}
const wordsOf = (entries: { words: string }[]) => entries.map(({ words }) => words);

test('the language is negotiated: by primary language, by quality, and English for whom names none of ours', async () => {
  const { body } = await ada.post('/v1/applications', {});
  for (const [asked, answered] of [
    ['zh-TW', 'zh-TW'],
    ['zh', 'zh-TW'],
    ['ZH-hant-HK', 'zh-TW'],
    ['zh-TW,zh;q=0.9,en-US;q=0.8,en;q=0.7', 'zh-TW'],
    ['de-AT, zh;q=0.5', 'zh-TW'],
    ['en-GB', 'en'],
    ['en;q=0.8, zh-TW;q=0.2', 'en'],
    ['zh-TW;q=0', 'en'],
    ['de', 'en'],
    ['*', 'en'],
    ['', 'en'],
    [';;,q=1', 'en'],
  ] as const) {
    const answer = await ada.get(`/v1/applications/${body.id}`, { 'accept-language': asked });
    expect([asked, answer.headers.get('content-language')]).toEqual([asked, answered]);
    expect(answer.body.stateName).toBe(answered === 'en' ? 'Draft' : '草稿');
    expect(answer.headers.get('vary')).toBe('accept-language');
  }
});

test('an application is followed in Chinese from an empty draft to the held mail, and said in English to others', async () => {
  const { body: empty } = await ada.post('/v1/applications', {}, chinese);
  const path = `/v1/applications/${empty.id}`;
  const seen: string[] = [empty.stateName, empty.now, empty.next];
  expect(empty.violations.map(({ field }: { field: string }) => field)).toContain('clientId');
  seen.push(...empty.violations.map(({ message }: { message: string }) => message));

  const refused = await ada.post(`${path}/submission`, undefined, chinese);
  expectProblem(refused, 422, 'invalid');
  expect(refused.headers.get('content-language')).toBe('zh-TW');
  const { title, detail, errors } = refused.body;
  seen.push(title, ...errors.map(({ message }: { message: string }) => message));
  expect(detail).toBe('請檢查 clientId、keyName、description、effectiveOn、expiresOn、quota、apiIds。');

  await ada.patch(path, draft());
  seen.push((await ada.get(`${path}/preview`, chinese)).body.words);
  let { body: view } = await ada.post(`${path}/submission`, undefined, chinese);
  const look = () => seen.push(view.stateName, view.now, view.next);
  look();
  for (const [reviewer, verdict] of [
    ['ben', 'return'],
    ['ben', 'approve'],
    ['cleo', 'approve'],
  ] as const) {
    if (view.state === 'returned') view = (await ada.post(`${path}/submission`, undefined, chinese)).body;
    const decision = { verdict, comment: '請調整。', digest: view.digest };
    const decided = await keygrant.as(reviewer).post(`${path}/decisions`, decision, chinese);
    expect(decided.status).toBe(200);
    view = decided.body.application;
    look();
  }
  await expect.poll(async () => (await ada.get(path)).body.state).toBe('issued');
  for (const intervention of ['hold', 'release', 'recall']) {
    view = (await ada.post(`${path}/${intervention}`, undefined, chinese)).body.application;
    look();
  }
  const late = await ada.post(`${path}/withdrawal`, undefined, chinese);
  expectProblem(late, 409, 'too-late');
  seen.push(late.body.title, late.body.detail);

  const told = (await dora.get(path, chinese)).body;
  const trail = (await dora.get(`${path}/trail`, chinese)).body.items;
  seen.push(...wordsOf(told.timeline), ...wordsOf(trail));
  expect(told.timeline.length).toBeGreaterThan(8);
  expectChinese(...seen);
  // Ada wrote it in Chinese, and it is the same application for others.
  const english = (await dora.get(path)).body;
  expect(english.now).toMatch(/^Recalled/);
  expect(wordsOf(english.timeline).join(' ')).not.toMatch(han);

  expect((await dora.get(`${path}/events`, chinese)).body).toContain('已儲存草稿');
});

test('what nobody asked in words is refused in words: unknown addresses, missing tokens, wrong bodies and flows', async () => {
  const token = await fetch(`${keygrant.baseUrl}/v1/applications`, { headers: chinese });
  expect(token.headers.get('content-language')).toBe('zh-TW');
  expectChinese(...textsIn((await token.json()) as Said));
  const wrong = { quota: 0, keyName: '', apiIds: ['a', 'a'], clientId: 7, more: 1 };
  const odd = { name: 'Odd', levels: [{ name: 'A', reviewers: { people: ['x'] } }, { name: 'B' }] };
  for (const answer of [
    await ada.get('/v1/nothing', chinese),
    await ada.post('/v1/applications', wrong, chinese),
    await ada.get('/v1/applications?limit=0&state=gone', chinese),
    await ada.post('/v1/applications', '{', chinese),
    await dora.put('/v1/flows/odd', odd, chinese),
    await dora.post('/v1/clients', { id: 'acme', name: 'Acme', email: 'a@acme.example' }, chinese),
    await dora.get('/problems/too-late', chinese),
  ]) {
    expect(answer.headers.get('content-language')).toBe('zh-TW');
    expectChinese(...textsIn(answer.body));
  }
});

interface Said {
  title?: string;
  detail?: string;
  meaning?: string;
  errors?: { message: string }[];
}
/** What a problem, or its meaning, says in words. */
function textsIn({ title, detail, meaning, errors = [] }: Said): string[] {
  const texts = [title, detail, meaning, ...errors.map(({ message }) => message)];
  return texts.filter((text) => text !== undefined);
}

test('the history is exported under headings of the language, and as ever to programs', async () => {
  const head = async (headers = {}) =>
    (await dora.get('/v1/history.csv', headers)).body.replace(/^\uFEFF/, '').split('\r\n')[0];
  expect(await head()).toMatch(/^"application_id","kind","state",/);
  expect(await head(chinese)).toMatch(/^"申請編號","申請種類","狀態",/);
});
