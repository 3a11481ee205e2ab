import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type ApplicationEvent,
  type ApplicationState,
  applicationStates,
  isEditable,
  move,
} from '../../src/domain/application-states.ts';
import { type Level, undecidableLevel, whoMayDecide } from '../../src/domain/levels.ts';
import type { Person } from '../../src/domain/people.ts';
import { advance, judge, type Review } from '../../src/domain/review.ts';

const events: ApplicationEvent[] = [
  'submit',
  'approve-level',
  'approve',
  'deny',
  'return',
  'withdraw',
  'lapse',
  'issue',
  'hold',
  'release',
  'recall',
  'deliver',
];
const ids = ['ada', 'ben', 'cleo', 'dan', 'eve'];
const roles = ['owner', 'security', 'legal'];

const person = (id: string) =>
  fc
    .record({ roles: fc.subarray(roles), enabled: fc.boolean() })
    .map((rest): Person => ({ id, name: id, email: '', ...rest }));
const everybody = fc.tuple(...ids.map(person));
const levels = fc.array(
  fc.record({
    name: fc.constant('level'),
    reviewers: fc.record({ people: fc.subarray(ids), roles: fc.subarray(roles) }),
    approvals: fc.constantFrom(1, 1, 2),
    remindAfterHours: fc.constant(null),
    lapseAfterHours: fc.constant(null),
  }),
  { minLength: 1, maxLength: 4 },
);
const attempts = fc.array(
  fc.record({
    by: fc.nat(ids.length - 1),
    act: fc.constantFrom(
      'approve' as const,
      'approve' as const,
      'approve' as const,
      'deny' as const,
      'return' as const,
    ),
    level: fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined }),
    digest: fc.constantFrom('seen', 'seen', 'seen', 'stale'),
    comment: fc.constantFrom('because', '', '  '),
  }),
  { maxLength: 30 },
);

function opened(flow: Level[]): Review {
  return {
    state: 'pending',
    applicantId: 'ada',
    level: 1,
    levels: flow,
    digest: 'seen',
    decided: [],
    approvals: 0,
    held: false,
    mailing: false,
  };
}

describe('the table of states', () => {
  test('whatever happens in whatever order, a key is issued only after a submission and an approval', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...events), { maxLength: 40 }), (happenings) => {
        let state: ApplicationState = 'draft';
        const passed: ApplicationEvent[] = [];
        for (const event of happenings) {
          const next = move(state, event);
          if (!next) continue;
          passed.push(event);
          if (event === 'issue') {
            const round = passed.slice(passed.lastIndexOf('submit'));
            expect(round).toContain('approve');
            expect(round).not.toContain('deny');
          }
          state = next;
        }
      }),
    );
  });

  test('what is delivered, rejected, withdrawn or recalled stays so, and only the applicant can go on from a return', () => {
    for (const event of events) {
      for (const end of ['delivered', 'rejected', 'withdrawn', 'lapsed', 'recalled'] as const) {
        expect(move(end, event)).toBeUndefined();
      }
      expect(move('returned', event)).toBe(event === 'submit' ? 'pending' : undefined);
    }
    expect(applicationStates.filter(isEditable)).toEqual(['draft', 'returned']);
  });
});

describe('a review, with any flow, any people and any attempts', () => {
  test('is approved only by as many distinct, enabled, entitled people as each level asks for, never by the applicant', () => {
    fc.assert(
      fc.property(levels, everybody, attempts, (flow, people, tries) => {
        let review = opened(flow);
        const approvals: { level: number; by: Person }[] = [];
        for (const attempt of tries) {
          const by = people[attempt.by];
          const decision = { ...attempt, level: attempt.level ?? review.level ?? 0 };
          if (!by || judge(review, by, decision)) continue;
          expect(attempt.digest).toBe('seen');
          if (attempt.act !== 'approve') expect(attempt.comment.trim()).not.toBe('');
          else approvals.push({ level: review.level ?? 0, by });
          const next = advance(review, attempt.act);
          const given = next.level === review.level ? review.approvals + 1 : 0;
          review = { ...review, ...next, approvals: given, decided: [...review.decided, by.id] };
        }
        if (review.state !== 'approved') return;
        const needed = flow.flatMap((level, index) =>
          Array.from({ length: level.approvals }, () => index + 1),
        );
        expect(approvals.map(({ level }) => level)).toEqual(needed);
        expect(new Set(approvals.map(({ by }) => by.id)).size).toBe(needed.length);
        for (const { level, by } of approvals) {
          const { reviewers } = flow[level - 1] as Level;
          expect(by.enabled && by.id !== 'ada').toBe(true);
          expect(
            reviewers.people.includes(by.id) || by.roles.some((role) => reviewers.roles.includes(role)),
          ).toBe(true);
        }
      }),
    );
  });

  test('one denial ends it, and nothing after it counts', () => {
    fc.assert(
      fc.property(levels, everybody, attempts, (flow, people, tries) => {
        const review: Review = { ...opened(flow), state: 'rejected', level: null };
        for (const { by, ...attempt } of tries) {
          const reviewer = people[by];
          if (reviewer)
            expect(judge(review, reviewer, { ...attempt, level: attempt.level ?? 1 })).toBeDefined();
        }
      }),
    );
  });

  test('can be brought to its end exactly when no level is reported as undecidable', () => {
    fc.assert(
      fc.property(levels, everybody, (flow, people) => {
        const needed = flow.flatMap((level) => Array.from({ length: level.approvals }, () => level));
        const canFinish = (index: number, decided: string[]): boolean => {
          const level = needed[index];
          if (!level) return true;
          return whoMayDecide(level, people, 'ada', decided).some(({ id }) =>
            canFinish(index + 1, [...decided, id]),
          );
        };
        expect(undecidableLevel(flow, people, 'ada') === undefined).toBe(canFinish(0, []));
      }),
    );
  });
});
