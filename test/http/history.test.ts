import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { dateIn } from '../../src/domain/dates.ts';
import type { Api } from '../support/api.ts';
import { decide, draft, submit } from '../support/applications.ts';
import { eventually } from '../support/eventually.ts';
import { startKeygrant } from '../support/keygrant.ts';
import { expectRefusal } from './problems.ts';

const keygrant = await startKeygrant({ env: { DELIVERY_DELAY: '0s' } });
const [ada, ben, emil, dora] = ['ada', 'ben', 'emil', 'dora'].map((who) => keygrant.as(who)) as [
  Api,
  Api,
  Api,
  Api,
];

const delivered = (await submit(keygrant, { keyName: 'Orders 100%', description: 'Shows _orders_' })).id;
await decide(keygrant, 'ben', delivered, 'approve', 'Seen with Zoë');
await decide(keygrant, 'cleo', delivered);
const rejected = (await submit(keygrant, { keyName: 'Denied', clientId: 'globex' })).id;
await decide(keygrant, 'ben', rejected, 'deny', 'Far too broad');
const returned = (await submit(keygrant, { keyName: 'Comes back' })).id;
await decide(keygrant, 'ben', returned, 'return', 'Say more');
await ada.patch(`/v1/applications/${returned}`, { description: 'More said' });
// Its workflow may still be mailing; then the submission is repeated.
await eventually(
  async () =>
    (await ada.post(`/v1/applications/${returned}/submission`)).body.state === 'pending' || undefined,
);
await decide(keygrant, 'ben', returned);
const drafted = (await ada.post('/v1/applications', draft({ keyName: 'Never submitted' }))).body.id;
await eventually(
  async () => (await ada.get(`/v1/applications/${delivered}`)).body.state === 'delivered' || undefined,
);

const found = async (query: string, who = emil) => {
  const { status, body } = await who.get(`/v1/history?${query}`);
  expect([query, status]).toEqual([query, 200]);
  return body.items.map(({ id }: { id: string }) => id);
};

test('the history says of each application what became of it: who decided what at which level, when, and why', async () => {
  const { body } = await emil.get('/v1/history');
  expect(body.items.map(({ id }: { id: string }) => id)).toEqual([returned, rejected, delivered]);
  const [again, denied, done] = body.items;
  expect(done).toMatchObject({
    stateName: 'Delivered',
    client: { id: 'acme' },
    applicant: { id: 'ada', name: 'Ada Lovelace' },
    round: 1,
    key: { id: expect.stringMatching(/^key_/) },
    acts: [
      {
        round: 1,
        level: 1,
        levelName: expect.any(String),
        act: 'approve',
        by: { id: 'ben' },
        comment: 'Seen with Zoë',
      },
      {
        round: 1,
        level: 2,
        levelName: expect.any(String),
        act: 'approve',
        by: { id: 'cleo' },
        comment: null,
      },
    ],
  });
  expect(done.decidedAt).toBe(done.acts[1].at);
  expect(done.submittedAt < done.decidedAt && done.decidedAt < done.deliveredAt).toBe(true);
  expect(denied).toMatchObject({
    stateName: 'Rejected',
    reason: 'Far too broad',
    key: null,
    deliveredAt: null,
  });
  expect(again).toMatchObject({ stateName: 'Pending Order', round: 2, decidedAt: null });
  expect(again.acts.map(({ round, act }: { round: number; act: string }) => [round, act])).toEqual([
    [1, 'return'],
    [2, 'approve'],
  ]);
});

test('every filter finds what it says, and they combine', async () => {
  const today = dateIn('Asia/Taipei', new Date());
  const cases: [string, string[]][] = [
    ['clientId=globex', [rejected]],
    ['applicantId=ada', [returned, rejected, delivered]],
    ['applicantId=ben', []],
    ['reviewerId=cleo', [delivered]],
    ['reviewerId=ben', [returned, rejected, delivered]],
    ['reviewerId=ben&state=rejected', [rejected]],
    ['state=pending', [returned]],
    ['state=draft', []],
    ['kind=apply', [returned, rejected, delivered]],
    ['kind=revoke', []],
    ['q=ORDERS%201', [delivered]],
    ['q=100%25', [delivered]],
    ['q=_orders_', [delivered]],
    ['q=%25zo%C3%AB', []],
    ['q=ZO%C3%8B', [delivered]],
    ['q=too%20broad', [rejected]],
    ['q=globex', [rejected]],
    [`q=${returned}`, [returned]],
    ['q=lovelace', [returned, rejected, delivered]],
    ['q=never', []],
    [`from=${today}&to=${today}&clientId=acme`, [returned, delivered]],
    ['to=2020-12-31', []],
    ['from=9999-12-31', []],
  ];
  for (const [query, ids] of cases) expect([query, await found(query)]).toEqual([query, ids]);
  expectRefusal(await emil.get('/v1/history?from=2026-02-02&to=2026-02-01'), 'to', 'from after to');
});

test('days of submission are those of the configured time zone, both ends inclusive', async () => {
  const original = (await emil.get(`/v1/history?q=${rejected}`)).body.items[0].submittedAt;
  const on = async (moment: string) => {
    await keygrant.db.execute(sql`update applications set submitted_at = ${moment} where id = ${rejected}`);
    const days = ['2026-03-01', '2026-03-02', '2026-03-03'];
    const hits = await Promise.all(days.map((day) => found(`clientId=globex&from=${day}&to=${day}`)));
    return days.filter((_, at) => hits[at].length === 1);
  };
  // Taipei is eight hours ahead of UTC.
  expect(await on('2026-03-01T15:59:59.999Z')).toEqual(['2026-03-01']);
  expect(await on('2026-03-01T16:00:00Z')).toEqual(['2026-03-02']);
  expect(await on('2026-03-02T15:59:59.999Z')).toEqual(['2026-03-02']);
  await on(original);
});

test('everybody finds what they may see and nothing else: applicants their own, reviewers their flows', async () => {
  expect(await found('', ada)).toEqual([returned, rejected, delivered]);
  expect(await found('', ben)).toEqual([returned, rejected, delivered]);
  expect(await found('', keygrant.asPortal('ada'))).toEqual([]);
  const stranger = { id: 'zoe', name: 'Zoe', email: 'zoe@example.com', roles: ['applicant'] };
  await dora.post('/v1/people', stranger);
  expect(await found('', keygrant.as('zoe'))).toEqual([]);
  expect((await keygrant.as('zoe').get(`/v1/applications/${delivered}/trail`)).status).toBe(404);
  const file = (await keygrant.as('zoe').get('/v1/history.csv')).body;
  expect(records(file)).toHaveLength(1);
});

test('the trail tells everything in the order of time: audit rows, signals with their outcome, attempts to mail', async () => {
  const forged = {
    id: 'dec_x',
    applicationId: returned,
    personId: 'cleo',
    via: null,
    level: 2,
    act: 'approve',
  };
  const rest = { comment: '', digest: 'x', requestId: 'r', signature: '1.x' };
  await keygrant.client.workflow.getHandle(returned).signal('decide', { ...forged, ...rest });
  const trail = async (who: Api, id = returned) => (await who.get(`/v1/applications/${id}/trail`)).body.items;
  const full = await eventually(async () => {
    const items = await trail(emil);
    return items.some(({ outcome }: { outcome: string }) => outcome === 'forged-decision')
      ? items
      : undefined;
  });
  const times = full.map(({ at }: { at: string }) => at);
  expect(times).toEqual(times.toSorted());
  const of = (source: string, items = full) =>
    items.filter((item: { source: string }) => item.source === source);
  const seqs = of('audit').map(({ seq }: { seq: number }) => seq);
  expect(seqs).toEqual(seqs.toSorted((a: number, b: number) => a - b));
  expect(of('audit').map(({ words }: { words: string }) => words)).toEqual(
    expect.arrayContaining(['Draft saved', 'Edited', 'Submitted for review']),
  );
  expect(of('signal').map((s: Record<string, unknown>) => [s['outcome'], s['comment'], s['by']])).toEqual([
    ['recorded', 'Say more', { id: 'ben', name: expect.any(String) }],
    ['recorded', null, { id: 'ben', name: expect.any(String) }],
    ['forged-decision', null, null],
  ]);
  expect(of('mail')[0]).toMatchObject({
    words: expect.stringContaining('ben@example.com'),
    outcome: expect.any(String),
  });
  // Its applicant is not told what others tried, nor other people's addresses.
  const own = await trail(ada);
  expect(of('signal', own)).toHaveLength(2);
  expect(JSON.stringify(own)).not.toMatch(/forged|ben@example\.com/);
  expect((await trail(ada, drafted)).map(({ words }: { words: string }) => words)).toEqual(['Draft saved']);
});

/** The records of a CSV file by RFC 4180, read apart from the code that wrote them. */
function records(file: string, separator = ','): string[][] {
  const result: string[][] = [[]];
  let cell = '';
  let quoted = false;
  for (let at = file.startsWith('\uFEFF') ? 1 : 0; at < file.length; at++) {
    const char = file[at];
    if (quoted && char === '"' && file[at + 1] === '"') cell += file[++at];
    else if (char === '"' && (quoted || cell === '')) quoted = !quoted;
    else if (!quoted && (char === separator || char === '\r' || char === '\n')) {
      result.at(-1)?.push(cell);
      cell = '';
      if (char === separator) continue;
      if (char === '\r' && file[at + 1] === '\n') at++;
      result.push([]);
    } else cell += char;
  }
  return result.slice(0, -1);
}

test('the export holds one line for each act, reads back as what was written, and says what it is', async () => {
  const { status, headers, body } = await emil.get('/v1/history.csv?clientId=acme');
  expect([status, headers.get('content-type'), headers.get('content-disposition')]).toEqual([
    200,
    'text/csv; charset=utf-8',
    expect.stringMatching(/^attachment; filename="api-key-approval-history-\d{4}-\d\d-\d\d\.csv"$/),
  ]);
  const [names = [], ...lines] = records(body);
  const rows = lines.map((line) => Object.fromEntries(line.map((cell, at) => [names[at], cell])));
  expect(
    rows.map((row) => [
      row['application_id'],
      row['act_round'],
      row['act_level'],
      row['act'],
      row['act_by_id'],
    ]),
  ).toEqual([
    [delivered, '1', '1', 'approve', 'ben'],
    [delivered, '1', '2', 'approve', 'cleo'],
    [returned, '1', '1', 'return', 'ben'],
    [returned, '2', '1', 'approve', 'ben'],
  ]);
  expect(rows[0]).toMatchObject({
    state: 'Delivered',
    key_name: 'Orders 100%',
    act_comment: 'Seen with Zoë',
    quota: '1000',
  });
  const submitted = new Date(`${rows[0]?.['submitted_at']?.replace(' ', 'T')}+08:00`).getTime();
  expect(Math.abs(submitted - Date.now())).toBeLessThan(600_000);
  const empty = (await emil.get('/v1/history.csv?q=nothing-at-all')).body;
  expect(records(empty)).toEqual([names]);
});

const hostile = [
  '=cmd|"/c calc"!A1',
  '+1+1',
  '-1+1',
  '@SUM(A1)',
  '\t=1+1',
  '\r=1+1',
  '\n=1+1',
  ' =1+1',
  '\u00a0=1+1',
  '\u200b=1+1',
  '＝1+1',
  '＠SUM(1)',
  'a";=1+1',
  'a,=1+1',
  'a; =1+1',
  'first\n=1+1',
  'first\r\n-2+3',
  'a\t@x',
  '"=1+1"',
  '",=1+1,"',
  '= "quoted" \' and , more',
];

test('no cell of the export begins like a formula, at whatever separator a spreadsheet splits it', async () => {
  const write = (text: string) =>
    keygrant.db.execute(
      sql`update applications set description = ${text}, key_name = ${text}, reason = ${text} where id = ${delivered}`,
    );
  for (const text of hostile) {
    await write(text);
    const { body } = await emil.get('/v1/history.csv?clientId=acme&state=delivered');
    const cells = [',', ';', '\t'].flatMap((separator) => records(body, separator).flat());
    const bad = cells.filter((cell) => /^[\p{C}\p{Z}\s]*[=+\-@＝＋－＠]/u.test(cell));
    expect([text, bad]).toEqual([text, []]);
    // And nothing but apostrophes was added.
    const [names = [], first = []] = records(body);
    expect(first[names.indexOf('description')]?.replaceAll("'", '')).toBe(text.replaceAll("'", ''));
  }
  await write('Orders');
});

test('export and list read page after page and meet each application once, also where the moments are the same', async () => {
  await keygrant.db.execute(sql`
    insert into applications (id, applicant_id, client_id, key_name, description, effective_on, expires_on, quota, state,
      round, digest, flow_id, flow_version, submitted_at, created_at)
    select 'app_' || lpad(n::text, 20, '0'), 'ada', 'globex', 'Many ' || n, '', '2026-01-01', '2026-12-31', 5, 'withdrawn',
      1, 'd', 'default', 1, '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z' from generate_series(1, 450) n`);
  const lines = records((await emil.get('/v1/history.csv?q=Many')).body).slice(1);
  expect(lines).toHaveLength(450);
  expect(new Set(lines.map(([id]) => id)).size).toBe(450);
  const met: string[] = [];
  for (let cursor = ''; ; ) {
    const { body } = await emil.get(`/v1/history?q=Many&limit=200${cursor}`);
    met.push(...body.items.map(({ id }: { id: string }) => id));
    if (body.next === null) break;
    cursor = `&cursor=${encodeURIComponent(body.next)}`;
  }
  expect(met).toEqual(lines.map(([id]) => id).toReversed());
});

test('applications that change or end a key are found by their kind, with the key that they are about', async () => {
  const { key } = (await ada.get(`/v1/applications/${delivered}`)).body;
  const change = { kind: 'revoke', keyId: key.id, description: 'It leaked' };
  const { id } = (await ada.post('/v1/applications', change)).body;
  await ada.post(`/v1/applications/${id}/submission`);
  expect(await found('kind=revoke')).toEqual([id]);
  expect((await emil.get('/v1/history?kind=revoke')).body.items).toMatchObject([{ kind: 'revoke', key }]);
  expect(records((await emil.get('/v1/history.csv?kind=revoke')).body)[1]?.slice(0, 2)).toEqual([
    id,
    'revoke',
  ]);
});
