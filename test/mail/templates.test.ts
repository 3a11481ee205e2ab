import { expect, test } from 'vitest';
import { languages } from '../../src/domain/languages.ts';
import { mailKinds } from '../../src/domain/mails.ts';
import { builtIn } from '../../src/mail/letters.ts';
import { violationsIn } from '../../src/mail/template.ts';
import { decide, submit } from '../support/applications.ts';
import { eventually } from '../support/eventually.ts';
import { startKeygrant } from '../support/keygrant.ts';

const keygrant = await startKeygrant({ env: { DELIVERY_DELAY: '0s' } });
const dora = keygrant.as('dora');

/** Stores a template on top of the newest version. */
async function store(path: string, template: { subject: string; body: string }) {
  const { headers } = await dora.get(path);
  return dora.call('PUT', path, template, { 'if-match': headers.get('etag') ?? '' });
}

/** The one mail about an application whose subject holds this. */
async function mailAbout(id: string, subject: string) {
  return eventually(async () => {
    const mails = await keygrant.mailbox.messages();
    return mails.find((mail) => mail.text.includes(id) && mail.subject.includes(subject));
  });
}

test('every built-in mail is there in every language, and keeps the rules that admins are held to', async () => {
  for (const kind of mailKinds) {
    for (const language of languages) expect(violationsIn(kind, builtIn[language][kind])).toEqual([]);
  }
  const { body } = await dora.get('/v1/mail-templates');
  expect(body).toHaveLength(mailKinds.length * languages.length);
  expect(body[0]).toMatchObject({ version: 0, createdBy: 'keygrant', createdAt: null });
});

test('everybody is written to in their own language, in one mail for each language', async () => {
  await dora.post('/v1/people', {
    id: 'bea',
    name: 'Bea',
    email: 'bea@example.com',
    roles: ['api-owner'],
    language: 'zh-TW',
  });
  await dora.patch('/v1/people/ada', { language: 'zh-TW' });
  const { id } = await submit(keygrant);
  expect((await mailAbout(id, 'Please review')).to).toEqual(['ben@example.com']);
  const chinese = await mailAbout(id, '請審核：Acme Robotics 的「Orders for the shop」（第 1 關，共 2 關）');
  expect(chinese.to).toEqual(['bea@example.com']);
  expect(chinese.text).toContain('用戶端：   Acme Robotics (acme)');
  expect(chinese.text).toContain('配額：     1,000 次呼叫');
  expect(chinese.html).toContain('<html lang="zh-TW">');
  await decide(keygrant, 'ben', id);
  await decide(keygrant, 'cleo', id);
  const credentials = await mailAbout(id, '【digiRunner】API 金鑰授權結果通知');
  expect(credentials.to).toEqual(['ada@example.com', 'api@acme.example']);
  expect(credentials.text).toMatch(/Secret Key（私鑰）\n\n[A-Za-z0-9+/]{86}==\n/);
  await dora.patch('/v1/people/ada', { language: null });
});

test('an admin words a mail anew; the next mail uses it, and every version stays', async () => {
  const path = '/v1/mail-templates/rejection/en';
  const subject = 'No key for {{clientName}}';
  const stored = await store(path, {
    subject,
    body: 'Sorry, {{applicantName}}.\n\n## Why\n\n> {{comment}}\n\n{{application}}\n\n[Look]({{link}})',
  });
  expect(stored.status).toBe(201);
  expect(stored.body).toMatchObject({ version: 1, createdBy: 'dora', subject });
  const { id } = await submit(keygrant);
  await decide(keygrant, 'ben', id, 'deny', 'Two lines:\n## not a heading of ours');
  const mail = await mailAbout(id, '【digiRunner】No key for Acme Robotics');
  expect(mail.text).toContain(
    'Sorry, Ada Lovelace.\n\nWhy\n\n> Two lines:\n> ## not a heading of ours\n\nApplication number:',
  );
  expect(mail.html).toContain('<h2 style="margin:24px 0 8px;font-size:16px">Why</h2>');

  await store(path, builtIn.en.rejection);
  const versions = await dora.get(`${path}/versions`);
  expect(versions.body.map(({ version }: { version: number }) => version)).toEqual([2, 1, 0]);
  expect(versions.body[1].subject).toBe(subject);
  const audit = await dora.get('/v1/audit?limit=200');
  expect(JSON.stringify(audit.body)).toContain('mail-template.versioned');
});

test('two admins who edit at once do not overwrite one another', async () => {
  const path = '/v1/mail-templates/lapse/en';
  const save = (subject: string) =>
    dora.call('PUT', path, { subject, body: 'Lapsed.' }, { 'if-match': '"0"' });
  const answers = await Promise.all([save('One'), save('Two'), save('Three')]);
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
  expect(answers.filter(({ status }) => status === 412)).toHaveLength(2);
  expect((await save('Four')).body.type).toBe('/problems/revision-changed');
});

test.each([
  [
    'an unknown placeholder',
    'return',
    { body: 'Hi {{name}}' },
    /\{\{name\}\} is not known .*Known are: brand, /,
  ],
  ['a secret outside its one mail', 'recall', { body: '{{secretKey}}' }, /\{\{secretKey\}\} is not known/],
  ['a secret in a subject', 'credentials', { subject: '{{secretKey}}' }, /belongs into the body/],
  [
    'credentials without the secret',
    'credentials',
    { body: '{{apiKey}}' },
    /\{\{secretKey\}\} must stand in it/,
  ],
  [
    'a secret that may be left out',
    'credentials',
    { body: '{{apiKey}} {{#keyName}}{{secretKey}}{{/keyName}}' },
    /outside any section/,
  ],
  ['a tag that is not closed', 'return', { body: 'Hi {{#reason}} there' }, /Unclosed section/],
  ['a partial', 'return', { body: '{{> reason}}' }, /Partials/],
  ['an unescaped value', 'return', { body: '{{{reason}}}' }, /never left unescaped/],
  ['other delimiters', 'return', { body: '{{=<% %>=}}<%reason%>' }, /delimiters/],
  ['a block that is not closed', 'return', { body: '```\n{{reason}}' }, /not closed/],
  ['the table within a line', 'return', { body: 'See {{application}}' }, /line of its own/],
  ['what JavaScript knows by name', 'return', { body: '{{constructor}}{{__proto__}}' }, /constructor/],
])(
  '%s is refused when it is stored and when it is previewed, with what would be right',
  async (_, kind, part, what) => {
    const path = `/v1/mail-templates/${kind}/en`;
    const before = await dora.get(path);
    const whole = { subject: before.body.subject, body: before.body.body, ...part };
    for (const answer of [await store(path, whole), await dora.post(`${path}/preview`, whole)]) {
      expect(answer.status).toBe(422);
      const field = Object.keys(part)[0];
      const found = answer.body.errors.filter((error: { field: string }) => error.field === field);
      expect(JSON.stringify(found)).toMatch(what);
    }
    expect((await dora.get(path)).body).toEqual(before.body);
  },
);

test('a preview shows the mail, about an application or an invented one, and never a secret', async () => {
  const { id } = await submit(keygrant);
  const about = await dora.post('/v1/mail-templates/credentials/zh-TW/preview', { applicationId: id });
  expect(about.body.subject).toBe('【digiRunner】API 金鑰授權結果通知');
  expect(about.body.text).toContain(id);
  expect(about.body.text).toContain('••••••••');
  const draft = { subject: 'New: {{keyName}}', body: '{{apiKey}}\n\n{{secretKey}}' };
  const invented = await keygrant.as('emil').post('/v1/mail-templates/credentials/en/preview', draft);
  expect(invented.body).toMatchObject({ subject: '【digiRunner】New: Orders for the shop' });
  const unknown = { applicationId: 'app_00000000000000000000' };
  const missing = await dora.post('/v1/mail-templates/review/en/preview', unknown);
  expect(missing.body.errors).toMatchObject([{ field: 'applicationId' }]);
});

test('admins write templates, auditors read them, nobody else does either', async () => {
  const path = '/v1/mail-templates/review/en';
  const body = { subject: 'Subject', body: 'Body' };
  const put = (who: string) => keygrant.as(who).call('PUT', path, body, { 'if-match': '"0"' });
  expect((await keygrant.as('emil').get(path)).status).toBe(200);
  for (const who of ['emil', 'ada', 'ben']) expect((await put(who)).body.type).toBe('/problems/forbidden');
  for (const address of ['/v1/mail-templates', path, `${path}/versions`])
    expect((await keygrant.as('ada').get(address)).status).toBe(403);
  expect((await keygrant.as('ada').post(`${path}/preview`, {})).status).toBe(403);
});
