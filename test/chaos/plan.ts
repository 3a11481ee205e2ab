import fc from 'fast-check';

// What will happen, drawn from a seed before anything runs: the same seed is the same plan.

export const partNames = ['worker', 'api', 'postgres', 'temporal', 'smtp'] as const;
export type PartName = (typeof partNames)[number];

/**
 * After a pause a part is killed, once it has served for a while, and it is started again when it has been gone for a while;
 * milliseconds. Without the second, a slow machine would kill each part before it is up, and nothing would be tried.
 */
export interface Fault {
  part: PartName;
  pauseMs: number;
  servingMs: number;
  goneMs: number;
}

/**
 * How a level is decided: by one after the other, by two at once, by two at once who do not agree, or by a reviewer and their
 * deputy at once, who have one voice between them.
 */
type Press = 'one' | 'two' | 'two-against' | 'one-voice';

/** What reaches a workflow besides what people do. */
export type Mischief = 'garbage' | 'unknown' | 'forged' | 'again' | 'foreign';

export interface RoundPlan {
  /** What the people want, at the level where they want it (the last one, where the flow has fewer). */
  end: 'approve' | 'deny' | 'return' | 'withdraw' | 'withdraw-at-once';
  atLevel: number;
  /** For each level. */
  press: Press[];
  /** Every request is sent twice, at once. */
  doubled: boolean;
  /** Decisions are sent as several at once, the second of them about an application that nobody knows. */
  several: boolean;
  mischief: Mischief[];
  /** How long each of them looks at it first, milliseconds. */
  thinkMs: number;
}

/** A change or the end of a key, applied for when there is one. */
export interface ChangePlan {
  kind: 'update' | 'revoke';
  rounds: RoundPlan[];
}

export interface ApplicationPlan {
  applicant: string;
  clientId: string;
  /** The rounds that its people go through, as long as it is returned. */
  rounds: RoundPlan[];
  /** What is done in the time between issue and mail. */
  last: 'nothing' | 'hold-release' | 'hold-recall' | 'recall' | 'hold-and-recall-at-once';
  /** What is applied for about its key, all at once. */
  changes: ChangePlan[];
}

interface LevelPlan {
  role: string;
  approvals: number;
  denials: number;
  commentRequired: boolean;
  /** The client whose applications pass the level by. */
  skippedFor: string | null;
  remindAfterHours: number | null;
  lapseAfterHours: number | null;
}

export interface Plan {
  /** Each is in force for a few submissions, then the next one is stored. */
  flows: LevelPlan[][];
  applications: ApplicationPlan[];
  /** As many as will be needed; the run begins anew with the first when it has used them up. */
  faults: Fault[];
}

/** Everybody who takes part: four people for each reviewers' role, one of whom applies, too, and another has a deputy. */
const roles = ['north', 'south', 'east'] as const;
export const reviewersOf = (role: string) => [1, 2, 3, 4].map((number) => `${role}-${number}`);
export const deputies = roles.map((role) => ({ role, delegator: `${role}-4`, deputy: `${role}-deputy` }));
export const cast = [
  ...['ann', 'bert', 'carl'].map((id) => ({ id, roles: ['applicant'] })),
  ...roles.flatMap((role) =>
    reviewersOf(role).map((id, at) => ({ id, roles: at === 0 ? [role, 'applicant'] : [role] })),
  ),
  ...deputies.map(({ deputy }) => ({ id: deputy, roles: [] })),
].map((person) => ({ ...person, name: person.id, email: `${person.id}@example.com` }));
const applicants = cast.filter((person) => person.roles.includes('applicant')).map(({ id }) => id);

const level = (role: string): fc.Arbitrary<LevelPlan> =>
  fc.record({
    role: fc.constant(role),
    approvals: fc.constantFrom(1, 1, 2),
    denials: fc.constantFrom(1, 1, 2),
    commentRequired: fc.boolean(),
    skippedFor: fc.constantFrom(null, null, null, null, 'acme', 'globex'),
    // Timers that are set and called off again; none is due while this runs.
    remindAfterHours: fc.constantFrom(null, 1),
    lapseAfterHours: fc.constantFrom(null, 2),
  });

/** Now and then one without levels, by which applications are approved by themselves. */
const flow: fc.Arbitrary<LevelPlan[]> = fc.oneof(
  { weight: 1, arbitrary: fc.constant<LevelPlan[]>([]) },
  {
    weight: 12,
    arbitrary: fc
      .shuffledSubarray([...roles], { minLength: 1, maxLength: 3 })
      .chain((chosen) => fc.tuple(...chosen.map(level))),
  },
);

const round: fc.Arbitrary<RoundPlan> = fc.record({
  end: fc.constantFrom(
    'approve',
    'approve',
    'approve',
    'deny',
    'return',
    'return',
    'withdraw',
    'withdraw-at-once',
  ),
  atLevel: fc.integer({ min: 1, max: 3 }),
  press: fc.array(fc.constantFrom<Press[]>('one', 'one', 'two', 'two-against', 'one-voice'), {
    minLength: 3,
    maxLength: 3,
  }),
  doubled: fc.constantFrom(false, false, true),
  several: fc.constantFrom(false, false, false, true),
  thinkMs: fc.integer({ min: 0, max: 1_500 }),
  mischief: fc.oneof(
    { weight: 2, arbitrary: fc.constant<Mischief[]>([]) },
    fc.subarray<Mischief>(['garbage', 'unknown', 'forged', 'again', 'foreign'], { minLength: 1 }),
  ),
});

const rounds = fc.array(round, { minLength: 3, maxLength: 3 });

/** Mostly none; else one, or two at once, of which the second must not touch a key that its reviewers have not seen. */
const changes: fc.Arbitrary<ChangePlan[]> = fc
  .constantFrom<ChangePlan['kind'][]>(
    [],
    [],
    [],
    ['update'],
    ['revoke'],
    ['update', 'update'],
    ['update', 'revoke'],
  )
  .chain((kinds) => fc.tuple(...kinds.map((kind) => fc.record({ kind: fc.constant(kind), rounds }))));

const application: fc.Arbitrary<ApplicationPlan> = fc.record({
  applicant: fc.constantFrom(...applicants),
  clientId: fc.constantFrom('acme', 'globex'),
  rounds,
  last: fc.constantFrom(
    'nothing',
    'nothing',
    'nothing',
    'hold-release',
    'hold-recall',
    'recall',
    'hold-and-recall-at-once',
  ),
  changes,
});

/** All parts once, in some order, so that even a short run meets each of them. */
const faults = fc.shuffledSubarray([...partNames], { minLength: 5 }).chain((parts) =>
  fc.tuple(
    ...parts.map((part) =>
      fc.record({
        part: fc.constant(part),
        pauseMs: fc.integer({ min: 1_000, max: 6_000 }),
        servingMs: fc.integer({ min: 2_000, max: 15_000 }),
        goneMs: fc.integer({ min: 0, max: 2_500 }),
      }),
    ),
  ),
);

/** The plan of a seed. */
export function planOf(seed: number, applications: number): Plan {
  const flows = Math.max(2, Math.ceil(applications / 8));
  const exactly = (length: number) => ({ minLength: length, maxLength: length, size: 'max' as const });
  const plan = fc.record({
    flows: fc.array(flow, exactly(flows)),
    applications: fc.array(application, exactly(applications)),
    faults: fc.array(faults, exactly(60)).map((rounds) => rounds.flat()),
  });
  const [drawn] = fc.sample(plan, { seed, numRuns: 1 });
  if (!drawn) throw new Error('no plan');
  return drawn;
}
