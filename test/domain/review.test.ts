import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { advance, open } from '../../src/domain/advance.ts';
import {
  type ApplicationEvent,
  type ApplicationState,
  applicationStates,
  isEditable,
  move,
} from '../../src/domain/application-states.ts';
import type { Level } from '../../src/domain/levels.ts';
import type { Person } from '../../src/domain/people.ts';
import { judge, type Review, voiceOf, voicesOf } from '../../src/domain/review.ts';
import { type RepeatRule, undecidableLevel, type Verdict, whoMayDecide } from '../../src/domain/reviewers.ts';
import { levelOf } from '../support/levels.ts';

const events: ApplicationEvent[] = [
  'submit',
  'submit-unreviewed',
  'approve-level',
  'deny-level',
  'approve',
  'deny',
  'return',
  'withdraw',
  'lapse',
  'issue',
  'complete',
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
  fc
    .record({
      reviewers: fc.record({ people: fc.subarray(ids), roles: fc.subarray(roles) }),
      approvals: fc.constantFrom(1, 1, 2),
      denials: fc.constantFrom(1, 1, 2),
    })
    .map((level) => levelOf(level)),
  { minLength: 1, maxLength: 4 },
);
const rules = fc.constantFrom<RepeatRule>('excluded', 'asked', 'counted');
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

function opened(flow: Level[], repeatedReviewers: RepeatRule = 'excluded', skipped: number[] = []): Review {
  const { state, level } = open({ levels: flow, skipped });
  return {
    state,
    applicantId: 'ada',
    level,
    levels: flow,
    skipped,
    repeatedReviewers,
    stoppableBy: ['applicant'],
    digest: 'seen',
    verdicts: [],
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
            const begins = passed.findLastIndex((each) => each.startsWith('submit'));
            const round = passed.slice(begins);
            if (round[0] === 'submit') expect(round).toContain('approve');
            expect(round).not.toContain('deny');
          }
          state = next;
        }
      }),
    );
  });

  test('what is delivered, rejected, withdrawn or recalled stays so, and only the applicant can go on from a return', () => {
    for (const event of events) {
      for (const end of ['delivered', 'completed', 'rejected', 'withdrawn', 'lapsed', 'recalled'] as const) {
        expect(move(end, event)).toBeUndefined();
      }
      expect(move('returned', event)).toBe(move('draft', event));
    }
    expect(applicationStates.filter(isEditable)).toEqual(['draft', 'returned']);
  });
});

describe('a review, with any flow, any people, any deputies and any attempts', () => {
  test('is approved only by as many distinct, enabled, entitled voices as each level asks for, never the applicant’s', () => {
    fc.assert(
      fc.property(
        levels,
        rules,
        fc.uniqueArray(fc.integer({ min: 1, max: 4 })),
        everybody,
        fc.array(fc.tuple(fc.nat(4), fc.nat(4)), { maxLength: 3 }),
        attempts,
        (flow, rule, skipped, people, delegated, tries) => {
          let review = opened(flow, rule, skipped);
          const deputies = delegated.flatMap(([from, to]) => {
            const [delegator, deputy] = [people[from], people[to]];
            return delegator && deputy && from !== to && delegator.enabled
              ? [{ delegator, person: deputy }]
              : [];
          });
          for (const attempt of tries) {
            const person = people[attempt.by] as Person;
            const delegators = deputies
              .filter((each) => each.person === person)
              .map((each) => each.delegator);
            const by = { person, delegators };
            const decision = { ...attempt, level: attempt.level ?? review.level ?? 0 };
            const voices = voicesOf(review);
            if (judge(review, by, decision) || !voices || review.level === null) continue;
            expect(attempt.digest).toBe('seen');
            if (attempt.act !== 'approve') expect(attempt.comment.trim()).not.toBe('');
            const voice = voiceOf(voices, by) as Person;
            const verdict = {
              personId: person.id,
              delegatorId: voice === person ? null : voice.id,
              level: review.level,
              approves: attempt.act === 'approve',
            };
            const next = advance(review, attempt.act, verdict, people, deputies);
            const { state, level } = next;
            review = { ...review, state, level, verdicts: [...review.verdicts, verdict, ...next.carried] };
          }
          for (const { personId, delegatorId, level } of review.verdicts) {
            expect(skipped).not.toContain(level);
            expect([personId, delegatorId]).not.toContain('ada');
            const voice = people.find(({ id }) => id === (delegatorId ?? personId)) as Person;
            const { reviewers } = flow[level - 1] as Level;
            expect(people.find(({ id }) => id === personId)?.enabled && voice.enabled).toBe(true);
            expect(
              reviewers.people.includes(voice.id) ||
                voice.roles.some((role) => reviewers.roles.includes(role)),
            ).toBe(true);
          }
          const heard = review.verdicts.map((verdict) => voiceId(verdict, rule));
          expect(new Set(heard).size).toBe(heard.length);
          if (review.state !== 'approved') return;
          for (const [index, level] of flow.entries()) {
            const said = review.verdicts.filter((verdict) => verdict.level === index + 1);
            const approvals = said.filter(({ approves }) => approves).length;
            if (skipped.includes(index + 1)) expect(said).toEqual([]);
            else if (rule === 'counted') expect(approvals).toBeGreaterThanOrEqual(level.approvals);
            else expect(approvals).toBe(level.approvals);
            expect(said.length - approvals).toBeLessThan(level.denials);
          }
        },
      ),
    );
  });

  test('no denial ends it before its level says so, unless the approvals that are left are too few', () => {
    const [ben, cleo, dan] = ['ben', 'cleo', 'dan'].map(
      (id): Person => ({ id, name: id, email: '', roles: [], enabled: true }),
    ) as [Person, Person, Person];
    const people = [ben, cleo, dan];
    const deny = (review: Review, by: Person) => {
      const verdict = { personId: by.id, delegatorId: null, level: 1, approves: false };
      return {
        ...review,
        ...advance(review, 'deny', verdict, people),
        verdicts: [...review.verdicts, verdict],
      };
    };
    const two = opened([levelOf({ denials: 2 }, 'ben', 'cleo', 'dan')]);
    expect(deny(two, ben)).toMatchObject({ state: 'pending', level: 1 });
    expect(deny(deny(two, ben), cleo)).toMatchObject({ state: 'rejected', level: null });
    const unanimous = opened([levelOf({ approvals: 3, denials: 2 }, 'ben', 'cleo', 'dan')]);
    expect(deny(unanimous, ben)).toMatchObject({ state: 'rejected' });
  });

  test('what has ended takes no verdict', () => {
    fc.assert(
      fc.property(levels, everybody, attempts, (flow, people, tries) => {
        const review: Review = { ...opened(flow), state: 'rejected', level: null };
        for (const { by, ...attempt } of tries) {
          const person = people[by] as Person;
          const decision = { ...attempt, level: attempt.level ?? 1 };
          expect(judge(review, { person, delegators: [] }, decision)).toBeDefined();
        }
      }),
    );
  });

  test('can be brought to its end exactly when no level is reported as undecidable', () => {
    fc.assert(
      fc.property(
        levels,
        everybody,
        fc.constantFrom<RepeatRule>('excluded', 'asked'),
        (flow, people, rule) => {
          const needed = flow.flatMap((level, index) =>
            Array.from({ length: level.approvals }, () => ({ level, number: index + 1 })),
          );
          const canFinish = (index: number, verdicts: Verdict[]): boolean => {
            const need = needed[index];
            if (!need) return true;
            const { level, number } = need;
            return whoMayDecide({ applicantId: 'ada', number, level, rule, verdicts }, people).some(
              ({ id }) =>
                canFinish(index + 1, [
                  ...verdicts,
                  { personId: id, delegatorId: null, level: number, approves: true },
                ]),
            );
          };
          expect(undecidableLevel(flow, rule, people, 'ada') === undefined).toBe(canFinish(0, []));
        },
      ),
    );
  });
});

/** Whose voice it is; where each level is decided for itself, at that level. */
function voiceId({ personId, delegatorId, level }: Verdict, rule: RepeatRule): string {
  const voice = delegatorId ?? personId;
  return rule === 'excluded' ? voice : `${level} ${voice}`;
}
