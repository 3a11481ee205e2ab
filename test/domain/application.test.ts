import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type ApplicationContent,
  type KeyAsIs,
  revisionText,
  type Surroundings,
} from '../../src/domain/application.ts';
import { violationsOf } from '../../src/domain/application-rules.ts';

const today = '2026-11-24';
const whole: ApplicationContent = {
  kind: 'apply',
  keyId: null,
  clientId: 'acme',
  keyName: 'Orders',
  description: 'For the shop.',
  effectiveOn: today,
  expiresOn: today,
  quota: -1,
  apiIds: ['orders-read', 'orders-list'],
};
const around: Surroundings = {
  key: undefined,
  today,
  clientEnabled: true,
  enabledApiIds: ['orders-list', 'orders-read', 'prices'],
};
const fieldsOf = (change: Partial<ApplicationContent>, other: Partial<typeof around> = {}) =>
  violationsOf({ ...whole, ...change }, { ...around, ...other }).map(({ field }) => field);

test('a whole application breaks no rule, and an empty one every rule of presence, once a field, in the order of the form', () => {
  expect(fieldsOf({})).toEqual([]);
  const nothing = {
    clientId: null,
    keyName: null,
    description: null,
    effectiveOn: null,
    expiresOn: null,
    quota: null,
  };
  expect(fieldsOf({ ...nothing, apiIds: [] })).toEqual([...Object.keys(nothing), 'apiIds']);
});

test.each<[string, Partial<ApplicationContent>, Record<string, unknown>, string[]]>([
  ['a client that does not exist', {}, { clientEnabled: undefined }, ['clientId']],
  ['a client that is disabled', {}, { clientEnabled: false }, ['clientId']],
  ['an API that is not enabled', {}, { enabledApiIds: ['orders-list'] }, ['apiIds']],
  ['an effective date in the past', { effectiveOn: '2020-01-01' }, {}, []],
  ['an expiry yesterday', { effectiveOn: '2020-01-01', expiresOn: '2026-11-23' }, {}, ['expiresOn']],
  [
    'an expiry before the effective date',
    { effectiveOn: '2026-11-26', expiresOn: '2026-11-25' },
    {},
    ['expiresOn'],
  ],
  ['an expiry that is both', { expiresOn: '2026-11-23' }, {}, ['expiresOn', 'expiresOn']],
  [
    'days that do not exist',
    { effectiveOn: '2026-02-30', expiresOn: '2027-02-30' },
    {},
    ['effectiveOn', 'expiresOn'],
  ],
  ['a quota of nothing', { quota: 0 }, {}, ['quota']],
])('%s', (_, change, other, fields) => {
  expect(fieldsOf(change, other as Partial<typeof around>)).toEqual(fields);
});

const written = (Object.keys(whole) as (keyof ApplicationContent)[]).filter(
  (name) => name !== 'kind' && name !== 'keyId',
);
const day = fc.constantFrom('2026-11-22', '2026-11-23', today, '2026-11-25', '2027-02-30');
const contents: fc.Arbitrary<ApplicationContent> = fc.record({
  kind: fc.constant('apply' as const),
  keyId: fc.constant(null),
  clientId: fc.option(fc.constant('acme')),
  keyName: fc.option(fc.string()),
  description: fc.option(fc.string()),
  effectiveOn: fc.option(day),
  expiresOn: fc.option(day),
  quota: fc.option(fc.constantFrom(-2, -1, 0, 1, 1.5, 2_147_483_648)),
  apiIds: fc.uniqueArray(fc.constantFrom('orders-list', 'orders-read', 'gone')),
});

test('every rule looks at its own field: putting one right leaves what is said of the others as it is', () => {
  const names = fc.constantFrom(...written);
  fc.assert(
    fc.property(contents, names, (content, name) => {
      // The last day is judged against the first, so these two go together.
      const right = name === 'effectiveOn' ? { effectiveOn: null } : { [name]: whole[name] };
      const said = (of: ApplicationContent) =>
        violationsOf(of, around).filter(
          ({ field }) => field !== name && (name !== 'effectiveOn' || field !== 'expiresOn'),
        );
      expect(said({ ...content, ...right })).toEqual(said(content));
    }),
  );
});

test('what breaks no rule fulfils all that the database demands of a submitted application', () => {
  fc.assert(
    fc.property(contents, (content) => {
      if (violationsOf(content, around).length > 0) return;
      const { keyId: _, ...written } = content;
      expect(Object.values(written)).not.toContain(null);
      expect((content.expiresOn ?? '') >= (content.effectiveOn ?? '')).toBe(true);
      expect(content.quota === -1 || (content.quota ?? 0) > 0).toBe(true);
    }),
  );
});

test('the text of a revision tells any two revisions apart, and the order of APIs does not matter', () => {
  const names = written;
  const joined = (parts: readonly unknown[]) => parts.join(' ');
  const places = fc.tuple(fc.constantFrom('a', 'b'), fc.constantFrom('a', 'b'), fc.nat(1));
  fc.assert(
    fc.property(
      places,
      places,
      contents,
      contents,
      fc.subarray(names),
      (at, elsewhere, a, other, differing) => {
        const b = { ...a, ...Object.fromEntries(differing.map((name) => [name, other[name]])) };
        const same = names.every((name) =>
          name === 'apiIds'
            ? joined(a.apiIds.toSorted()) === joined(b.apiIds.toSorted())
            : a[name] === b[name],
        );
        expect(revisionText(...at, a, null) === revisionText(...at, b, null)).toBe(same);
        expect(revisionText(...at, a, null) === revisionText(...elsewhere, a, null)).toBe(
          joined(at) === joined(elsewhere),
        );
        expect(revisionText(...at, { ...a, apiIds: a.apiIds.toReversed() }, null)).toBe(
          revisionText(...at, a, null),
        );
      },
    ),
  );
});

const key: KeyAsIs = {
  clientId: 'acme',
  keyName: 'Orders',
  effectiveOn: '2026-01-01',
  expiresOn: '2026-11-30',
  quota: 100,
  apiIds: ['orders-list'],
  revision: 3,
  revoked: false,
  used: 40,
};
const { revision: _r, revoked: _v, used: _u, ...asTheKey } = key;

test.each<[string, Partial<ApplicationContent>, Partial<Surroundings>, string[]]>([
  ['an update of dates, quota and APIs', { quota: 500, expiresOn: '2027-11-30', apiIds: ['prices'] }, {}, []],
  ['an update that changes nothing', {}, {}, ['keyId']],
  ['an update of a key that is not there', { quota: 500 }, { key: undefined }, ['keyId']],
  ['an update of a revoked key', { quota: 500 }, { key: { ...key, revoked: true } }, ['keyId']],
  ['an update to fewer calls than were made', { quota: 39 }, {}, ['quota']],
  ['an update to just the calls that were made', { quota: 40 }, {}, []],
  [
    'an update to another client and name',
    { quota: 1, clientId: 'b', keyName: 'c' },
    { key: { ...key, used: 0 } },
    ['clientId', 'keyName'],
  ],
  ['an update without a description', { quota: 500, description: null }, {}, ['description']],
  ['a revocation', { kind: 'revoke' }, {}, []],
  [
    'a revocation of an expired key of a disabled client',
    { kind: 'revoke' },
    { today: '2027-01-01', clientEnabled: false, enabledApiIds: [] },
    [],
  ],
  ['a revocation of a revoked key', { kind: 'revoke' }, { key: { ...key, revoked: true } }, ['keyId']],
  ['a revocation that changes something', { kind: 'revoke', quota: 5 }, {}, ['quota']],
])('%s', (_, change, other, fields) => {
  const content: ApplicationContent = {
    ...asTheKey,
    kind: 'update',
    keyId: 'k',
    description: 'Why.',
    ...change,
  };
  expect(violationsOf(content, { ...around, key, ...other }).map(({ field }) => field)).toEqual(fields);
});
