import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type Decision,
  decisionText,
  interventions,
  parseDecision,
  type SignedDecision,
  signalOf,
  verdicts,
} from '../../src/domain/decision.ts';

const sound: SignedDecision = {
  id: 'dec_1',
  applicationId: 'app_1',
  personId: 'ben',
  via: null,
  level: 1,
  act: 'approve',
  comment: '',
  digest: 'd',
  requestId: 'r',
  signature: 's',
};

// Few values each, so that distinct decisions with equal parts do occur.
const text = fc.oneof(
  fc.constantFrom('a', 'b', '","', 'a","b', '\\', '["'),
  fc.string({ minLength: 1, maxLength: 9 }),
);
const decisions: fc.Arbitrary<Decision> = fc.record({
  id: text,
  applicationId: text,
  personId: text,
  via: fc.option(text),
  level: fc.nat(10),
  act: fc.constantFrom(...verdicts, ...interventions),
  comment: fc.constantFrom('', 'Fine.', 'two\nlines', '👍'.repeat(2000)),
  digest: text,
  requestId: text,
});
const signed = fc
  .tuple(decisions, text)
  .map(([decision, signature]): SignedDecision => ({ ...decision, signature }));

test('no two decisions share the text that is signed, however little sets them apart', () => {
  const names = Object.keys(sound).filter((name) => name !== 'signature') as (keyof Decision)[];
  fc.assert(
    fc.property(decisions, decisions, fc.subarray(names, { maxLength: 2 }), (a, other, differing) => {
      const b = { ...a, ...Object.fromEntries(differing.map((name) => [name, other[name]])) };
      const same = names.every((name) => a[name] === b[name]);
      expect(decisionText(a) === decisionText(b)).toBe(same);
    }),
  );
  fc.assert(
    fc.property(decisions, fc.constantFrom('id', 'applicationId', 'digest'), (a, part) => {
      // Text that looks like the end of one part and the beginning of the next.
      const moved = { ...a, [part]: `${a[part]}","${a.personId}` };
      expect(decisionText(moved)).not.toBe(decisionText(a));
    }),
  );
});

test('a decision comes through its own signal as it was sent, without what does not belong to it', () => {
  fc.assert(
    fc.property(signed, (decision) => {
      const sent: unknown = JSON.parse(JSON.stringify({ ...decision, extra: 1 }));
      expect(parseDecision(signalOf(decision.act), sent)).toEqual(decision);
    }),
  );
});

test('a decision does not come through any other signal', () => {
  fc.assert(
    fc.property(signed, fc.constantFrom('decide', ...interventions, 'other', ''), (decision, signal) => {
      expect(parseDecision(signal, decision) !== undefined).toBe(signal === signalOf(decision.act));
    }),
  );
});

test('anything else is no decision, and reading it never throws', () => {
  const anything = fc.anything({ withNullPrototype: true, withBigInt: true, withDate: true });
  fc.assert(fc.property(anything, fc.string(), (raw, signal) => parseDecision(signal, raw) === undefined));
});

test.each<[string, Record<string, unknown>]>([
  ...(['id', 'applicationId', 'personId', 'digest', 'requestId', 'signature'] as const).flatMap((name) =>
    [undefined, null, 1, '', 'a'.repeat(256), ['a']].map((value): [string, Record<string, unknown>] => [
      name,
      { [name]: value },
    ]),
  ),
  ['an act of nobody', { act: 'approved' }],
  ['an act from the prototype', { act: 'toString' }],
  ['half a level', { level: 1.5 }],
  ['a level as text', { level: '1' }],
  ['a portal that is no name', { via: 5 }],
  ['a comment of control characters', { comment: 'a\u0000' }],
  ['a comment too long', { comment: 'a'.repeat(2001) }],
  ['no comment', { comment: undefined }],
])('a decision with a wrong part is none: %s', (_, change) => {
  expect(parseDecision('decide', sound)).toEqual(sound);
  expect(parseDecision('decide', { ...sound, ...change })).toBeUndefined();
});
