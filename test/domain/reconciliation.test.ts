import { expect, test } from 'vitest';
import type { Run } from '../../src/domain/comparison.ts';
import { type BothSides, gapOf } from '../../src/domain/reconciliation.ts';

const decision = (id: string, signature = 'genuine') => ({
  name: 'decide',
  payload: {
    id,
    applicationId: 'app',
    personId: 'ben',
    via: null,
    level: 1,
    act: 'approve',
    comment: '',
    digest: 'd',
    requestId: 'r',
    signature,
  },
});
const run = (change: Partial<Run> = {}): Run => ({
  runId: 'run',
  startedAt: 1,
  status: 'RUNNING',
  submission: undefined,
  signals: [],
  records: [],
  position: { state: 'pending', level: 1, revision: 3 },
  result: undefined,
  ...change,
});
const row = (signal: string, decisionId: string) => ({
  signal,
  decisionId,
  outcome: 'recorded',
  personId: 'ben',
  act: 'approve',
  comment: '',
});
const application = { state: 'pending' as const, level: 1, revision: 3, erased: false };
const gap = (change: Partial<BothSides> = {}, record: Partial<BothSides['record']> = {}) =>
  gapOf(
    {
      record: { application, deleted: false, decisions: [], ...record },
      carried: true,
      keyed: false,
      givenUp: false,
      runs: [run()],
      idle: true,
      ...change,
    },
    ({ signature }) => signature === 'genuine',
  );
const handled = (id: string, number: number) => ({
  ...decision(id),
  signal: `run/${number}`,
  outcome: 'recorded',
});

test('where both sides tell the same, or one is about to, there is no gap', () => {
  expect(gap()).toBeUndefined();
  // A signal that is there and not handled yet, and a step that the workflow is about to hear of.
  expect(gap({ runs: [run({ signals: [decision('one')] })] })).toBeUndefined();
  expect(gap({ idle: false }, { application: { ...application, level: 2, revision: 4 } })).toBeUndefined();
  expect(
    gap({ runs: [run({ signals: [decision('one', 'forged')], status: 'COMPLETED' }), run()] }),
  ).toBeUndefined();
  const draft = { state: 'draft' as const, level: null, revision: 1, erased: false };
  expect(gap({ carried: false, runs: [] }, { application: draft })).toBeUndefined();
});

test('one of several approvals that the database has lost is a gap, though nothing else tells it', () => {
  const runs = [run({ signals: [decision('one')], records: [handled('one', 1)] })];
  expect(gap({ runs })).toEqual({
    why: ['1 decision that reached its workflow is not on record'],
    gone: false,
    lost: [decision('one')],
  });
  expect(gap({ runs }, { decisions: [row('run/1', 'one')] })).toBeUndefined();
});

test('a decision that the workflow has lost is a gap: its next signal would pass for that one', () => {
  expect(gap({}, { decisions: [row('run/1', 'one')] })?.why).toEqual([
    'the database has 1 decision that its workflow does not remember',
  ]);
});

test('decisions are sent again once each, in their order, and not those that a new run has before it already', () => {
  const old = run({
    runId: 'old',
    status: 'TERMINATED',
    signals: ['one', 'two', 'one', 'three'].map((id) => decision(id)),
  });
  const lost = gap(
    { runs: [old, run({ signals: [decision('two')] })] },
    { decisions: [row('old/1', 'one')] },
  )?.lost;
  expect(lost).toEqual([decision('three')]);
});

test('a workflow that is over while its application is not, or still has a mail to send, is a gap', () => {
  expect(gap({ runs: [run({ status: 'TERMINATED' })] })?.why).toEqual([
    'it is pending at level 1, and its workflow has ended (terminated)',
  ]);
  expect(gap({ runs: [] })?.why).toEqual([
    'it is pending at level 1, and Temporal has no workflow that carries it on',
  ]);
  const returned = { state: 'returned' as const, level: null, revision: 4, erased: false };
  const over = run({ status: 'TERMINATED', position: { state: 'returned', level: null, revision: 4 } });
  expect(gap({ runs: [over] }, { application: returned })?.why).toHaveLength(1);
  expect(gap({ runs: [over], carried: false }, { application: returned })).toBeUndefined();
});

test('an application that the database does not hold is a gap once; a deleted draft is none', () => {
  expect(gap({}, { application: undefined })).toMatchObject({ gone: true });
  expect(gap({ givenUp: true }, { application: undefined })).toBeUndefined();
  expect(gap({}, { application: undefined, deleted: true })).toBeUndefined();
});
