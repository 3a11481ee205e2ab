import { randomBytes } from 'node:crypto';
import type { Context } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import { sql } from 'drizzle-orm';
import { expect, inject, test } from 'vitest';
import { activityFailures } from '../../activities/failures.ts';
import { open, seal } from '../../src/crypto/secrets.ts';
import { openDatabase } from '../../src/db/database.ts';
import { mailRemedy } from '../../src/mail/refusals.ts';

const { ownerUrl } = inject('stack');

/** What Temporal's UI shows of an activity that does this. */
async function shown(
  work: () => Promise<unknown>,
): Promise<{ message: string; type: string | null | undefined }> {
  const warn = () => {};
  const context = { info: { activityType: 'recordSignal' }, log: { warn } } as unknown as Context;
  const { inbound } = activityFailures(context);
  const failure = await inbound?.execute?.({ args: [], headers: {} }, work).catch((error: unknown) => error);
  if (!(failure instanceof ApplicationFailure)) throw new Error('it did not fail');
  expect(failure.nonRetryable).toBeFalsy();
  expect(failure.cause).toBeUndefined();
  return { message: failure.message, type: failure.type };
}

async function asked(url: string, statement = 'select 1') {
  const database = openDatabase(url, { maxConnections: 1 });
  try {
    return await shown(() => database.db.execute(sql.raw(statement)));
  } finally {
    await database.close();
  }
}

test('a failure that the database causes says what is wrong and what to do, and holds neither password nor data', async () => {
  const secret = randomBytes(12).toString('hex');
  const as = (change: (url: URL) => void) => {
    const url = new URL(ownerUrl);
    url.password = secret;
    change(url);
    return url.href;
  };
  const failures = {
    down: await asked(as((url) => (url.port = '1'))),
    nowhere: await asked(as((url) => (url.hostname = 'postgres.invalid'))),
    noDatabase: await asked(as((url) => (url.pathname = `/${secret}`))),
    noTable: await asked(ownerUrl, `select '${secret}' from nothing_of_that_name`),
    notAllowed: await asked(
      ownerUrl
        .replace(/\/[^/]*$/, '/keygrant_template')
        .replace(/\/\/[^@]*@/, '//keygrant_test:keygrant_test@'),
      'delete from audit',
    ),
    slow: await asked(ownerUrl, `set statement_timeout = 1; select pg_sleep(5), '${secret}'`),
    forbidden: await asked(
      ownerUrl,
      `do $$ begin raise unique_violation using message = '${secret}'; end $$`,
    ),
    readOnly: await asked(ownerUrl, 'set transaction_read_only = on; create table x ()'),
    full: await asked(ownerUrl, `do $$ begin raise disk_full using message = '${secret}'; end $$`),
  };
  expect(Object.fromEntries(Object.entries(failures).map(([name, { type }]) => [name, type]))).toEqual({
    down: 'database-unreachable',
    nowhere: 'database-unreachable',
    noDatabase: 'database-refused',
    noTable: 'database-not-migrated',
    notAllowed: 'database-not-migrated',
    slow: 'database-busy',
    forbidden: 'database-constraint',
    readOnly: 'database-read-only',
    full: 'database-full',
  });
  expect(failures.down.message).toBe(
    'recordSignal failed: PostgreSQL does not answer (ECONNREFUSED). Look whether it is up, and whether DATABASE_URL of ' +
      'the worker names it. It is tried again by itself.',
  );
  for (const { message } of Object.values(failures)) {
    expect(message).not.toContain(secret);
    expect(message).toMatch(/^recordSignal failed: .+\. .+\. It is tried again by itself\.$/);
  }
});

test('a secret that does not open says which master key is missing or wrong, and nothing of the secret', async () => {
  const keys = (version: number) => ({
    current: version,
    byVersion: new Map([[version, randomBytes(32)]]),
  });
  const first = keys(1);
  const sealed = seal(first, 'key_a', 'the very secret');
  const missing = await shown(async () => open(keys(2), 'key_a', sealed));
  expect(missing.message).toContain('master key version 1 is not configured. Add it to MASTER_KEYS');
  const wrong = await shown(async () => open(keys(1), 'key_a', sealed));
  expect(wrong.message).toContain(
    'the secret of key_a does not open with master key version 1. MASTER_KEYS holds another',
  );
  expect(missing.message + wrong.message).not.toContain('very secret');
});

test('what nobody foresaw is told without its words, which could be anybody’s data', async () => {
  const { message } = await shown(async () => {
    throw new TypeError('Cannot read Ada’s address');
  });
  expect(message).toBe(
    'recordSignal failed: internal error. That is a mistake in Keygrant: report it with the worker’s log of that time. It ' +
      'is tried again by itself.',
  );
});

test.for([
  ['connect ECONNREFUSED 127.0.0.1:25', 'does not answer'],
  ['Greeting never received', 'does not answer'],
  ['421 4.3.2 shutting down', 'for now'],
  ['450 4.2.2 The mailbox is full', 'for now'],
  ['Invalid login: 535 5.7.8 bad credentials', 'credentials'],
  ['535 5.7.8 Error: authentication failed', 'credentials'],
  ['self-signed certificate', 'certificate'],
  ['550 5.1.1 <x@acme.example>: no such user', 'correct that'],
  ['554 5.7.1 refused as spam', 'MAIL_FROM'],
  ['SMTP is not configured: set SMTP_URL.', 'Set SMTP_URL'],
  ['599 hm', 'The answer says why'],
] as const)('the answer "%s" of an SMTP server asks for something: %s', ([answer, remedy]) => {
  expect(mailRemedy(answer)).toContain(remedy);
});
