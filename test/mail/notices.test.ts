import { expect, test } from 'vitest';
import { mailKinds } from '../../src/domain/mails.ts';
import type { MailFacts } from '../../src/mail/facts.ts';
import { write } from '../../src/mail/letters.ts';
import { placeholdersOf } from '../../src/mail/placeholders.ts';

const facts: MailFacts = {
  brand: 'digiRunner',
  applicationId: 'app_01',
  applicantName: 'Ana Lima',
  kind: 'apply',
  clientId: 'acme',
  clientName: 'Acme Logistics',
  keyName: 'Nightly orders',
  description: 'Fetches the orders.\nEvery night.',
  apis: [{ name: 'Read orders', method: 'GET', path: '/orders/{id}' }],
  quota: -1,
  effectiveOn: '2026-12-01',
  expiresOn: '2027-11-30',
  timeZone: 'Asia/Taipei',
  link: 'https://keygrant.example/v1/applications/app_01',
};

const review = write(
  'review',
  facts,
  { level: '1', levels: '2', levelName: 'API owners', nextLevel: '2' },
  'en',
);
const rejection = write(
  'rejection',
  facts,
  { comment: 'Too wide.\nAsk for less.', reviewerName: 'Ben Ito', levelName: 'API owners', overdue: '' },
  'en',
);
const reason = 'clientId: This client is disabled; an admin can enable it.';
const returned = write('return', facts, { reason }, 'en');

test('subjects say what to do about which key of which client', () => {
  expect(review.subject).toBe(
    '【digiRunner】Please review: "Nightly orders" for Acme Logistics (level 1 of 2)',
  );
  expect(rejection.subject).toBe('【digiRunner】Denied: "Nightly orders" for Acme Logistics');
  expect(returned.subject).toBe('【digiRunner】Please edit: "Nightly orders" for Acme Logistics');
});

test.each([
  ['review', review],
  ['rejection', rejection],
  ['return', returned],
])('the %s mail shows the whole application and where to see it, in text and HTML', (_, { text, html }) => {
  for (const content of [text, html]) {
    for (const shown of [
      'app_01',
      'Ana Lima',
      'Acme Logistics (acme)',
      'Nightly orders',
      'Every night.',
      'Read orders (GET /orders/{id})',
      'unlimited',
      '2026-12-01',
      '2027-11-30',
      'Asia/Taipei',
      facts.link,
    ]) {
      expect(content).toContain(shown);
    }
  }
  expect(html).toContain(`<a href="${facts.link}">`);
});

test('the review mail says who applies, which level waits, and what an approval does', () => {
  expect(review.text).toContain(
    'Your decision is needed at level 1 of 2 (API owners): Ana Lima applies for an API key for Acme Logistics.',
  );
  expect(review.text).toContain('goes on to level 2');
  const details = { level: '2', levels: '2', levelName: 'Security', nextLevel: '' };
  const last = write('review', facts, details, 'en');
  expect(last.text).toContain('Yours is the last level: the key is then issued');
});

test('the rejection mail says who denied at which level, the comment, and what can be done', () => {
  expect(rejection.text).toContain('denied. Ben Ito decided so at level "API owners"');
  expect(rejection.text).toContain('> Too wide.\n> Ask for less.');
  expect(rejection.html).toContain('Too wide.<br>Ask for less.');
  expect(rejection.text).toContain('write a new application');
});

test('the rejection mail reads well where reviewer and level are no longer known', () => {
  const { text } = write(
    'rejection',
    facts,
    { comment: 'No.', reviewerName: '', levelName: '', overdue: '' },
    'en',
  );
  expect(text).toContain('A reviewer decided so, with this comment:');
});

test('the return mail says why the application came back, and to edit and submit again', () => {
  expect(returned.text).toContain('was returned to you');
  expect(returned.text).toContain('> clientId: This client is disabled; an admin can enable it.');
  expect(returned.text).toContain('edit the application and submit it again');
});

test('no mail but those that hand one over is given a secret', () => {
  const given = mailKinds.filter((kind) => Object.hasOwn(placeholdersOf(kind), 'secretKey'));
  expect(given).toEqual(['credentials', 'rotation']);
});
