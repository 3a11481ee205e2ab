import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { type AuditRow, auditText, commitmentText, genesis, parted } from '../../src/domain/audit.ts';

const row: AuditRow = {
  seq: 1,
  at: '2026-11-24T00:00:00.000Z',
  action: 'client.added',
  actor: 'dora',
  via: null,
  subject: { type: 'client', id: 'acme' },
  requestId: 'r',
  details: {},
  format: 2,
  commitment: null,
};
// PostgreSQL's jsonb keeps what JSON can say, not the order of keys.
const details = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 4 }));

/** The same value with the keys of every object the other way round. */
function reversed<T>(value: T): T {
  if (Array.isArray(value)) return value.map(reversed) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, member]) => [key, reversed(member)]),
  ) as T;
}

test('the text of a row does not hang on the order of keys at any depth', () => {
  fc.assert(
    fc.property(details, (some) => {
      expect(auditText(genesis, { ...row, details: reversed(some) })).toBe(
        auditText(genesis, { ...row, details: some }),
      );
      const fetched: AuditRow['details'] = JSON.parse(JSON.stringify(some));
      expect(auditText(genesis, { ...row, details: fetched })).toBe(
        auditText(genesis, { ...row, details: some }),
      );
    }),
  );
});

test('the order of lists does matter', () => {
  const text = (list: number[]) => auditText(genesis, { ...row, details: { list } });
  expect(text([1, 2])).not.toBe(text([2, 1]));
});

test('a member that is undefined is as one that is not there, since the database keeps neither', () => {
  const text = (some: object) => auditText(genesis, { ...row, details: { some } });
  expect(text({ a: 1, b: undefined })).toBe(text({ a: 1 }));
  expect(text({ a: 1, b: null })).not.toBe(text({ a: 1 }));
});

test('every part of a row and the hash before it are in its text', () => {
  const changes: Partial<AuditRow>[] = [
    { seq: 2 },
    { at: '2026-11-24T00:00:00.001Z' },
    { action: 'client.changed' },
    { actor: 'ada' },
    { via: 'portal' },
    { subject: { type: 'api', id: 'acme' } },
    { subject: { type: 'client', id: 'globex' } },
    { requestId: null },
    { details: { a: 1 } },
    { format: 1 },
    { commitment: 'f'.repeat(64) },
  ];
  const texts = changes.map((change) => auditText(genesis, { ...row, ...change }));
  const all = [...texts, auditText(genesis, row), auditText('f'.repeat(64), row)];
  expect(new Set(all).size).toBe(changes.length + 2);
});

test('what is personal is parted from what may stay, nothing is lost, and what nobody has thought of is personal', () => {
  fc.assert(
    fc.property(details, (some) => {
      const { lasting, personal } = parted(some);
      expect({ ...lasting, ...personal }).toEqual(some);
      for (const value of Object.values(personal ?? {})) expect(value).not.toBeNull();
    }),
  );
  const submitted = {
    round: 1,
    flow: 'default',
    digest: 'd1',
    content: { keyName: 'Shop' },
    brandNew: 'Ada said',
  };
  expect(parted(submitted)).toEqual({
    lasting: { round: 1, flow: 'default' },
    personal: { digest: 'd1', content: { keyName: 'Shop' }, brandNew: 'Ada said' },
  });
  expect(parted({ level: 1, state: 'pending' }).personal).toBeNull();
});

test('a commitment hangs on every part of what it stands for', () => {
  const texts = [
    commitmentText('salt', { comment: 'a' }),
    commitmentText('other', { comment: 'a' }),
    commitmentText('salt', { comment: 'b' }),
    commitmentText('salt', { reason: 'a' }),
  ];
  expect(new Set(texts).size).toBe(texts.length);
});
