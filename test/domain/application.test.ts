import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { type ApplicationContent, revisionText, violationsOf } from '../../src/domain/application.ts';

const today = '2026-11-24';
const whole: ApplicationContent = {
  clientId: 'acme',
  keyName: 'Orders',
  description: 'For the shop.',
  effectiveOn: today,
  expiresOn: today,
  quota: -1,
  apiIds: ['orders-read', 'orders-list'],
};
const around = { today, clientEnabled: true, enabledApiIds: ['orders-list', 'orders-read', 'prices'] };
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

const day = fc.constantFrom('2026-11-22', '2026-11-23', today, '2026-11-25', '2027-02-30');
const contents: fc.Arbitrary<ApplicationContent> = fc.record({
  clientId: fc.option(fc.constant('acme')),
  keyName: fc.option(fc.string()),
  description: fc.option(fc.string()),
  effectiveOn: fc.option(day),
  expiresOn: fc.option(day),
  quota: fc.option(fc.constantFrom(-2, -1, 0, 1, 1.5, 2_147_483_648)),
  apiIds: fc.uniqueArray(fc.constantFrom('orders-list', 'orders-read', 'gone')),
});

test('every rule looks at its own field: putting one right leaves what is said of the others as it is', () => {
  const names = fc.constantFrom(...(Object.keys(whole) as (keyof ApplicationContent)[]));
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
      expect(Object.values(content)).not.toContain(null);
      expect((content.expiresOn ?? '') >= (content.effectiveOn ?? '')).toBe(true);
      expect(content.quota === -1 || (content.quota ?? 0) > 0).toBe(true);
    }),
  );
});

test('the text of a revision tells any two revisions apart, and the order of APIs does not matter', () => {
  const names = Object.keys(whole) as (keyof ApplicationContent)[];
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
        expect(revisionText(...at, a) === revisionText(...at, b)).toBe(same);
        expect(revisionText(...at, a) === revisionText(...elsewhere, a)).toBe(
          joined(at) === joined(elsewhere),
        );
        expect(revisionText(...at, { ...a, apiIds: a.apiIds.toReversed() })).toBe(revisionText(...at, a));
      },
    ),
  );
});
