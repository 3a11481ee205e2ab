import { Type } from 'typebox';
import { stoppers } from '../domain/flows.ts';
import { applicationKinds } from '../domain/kinds.ts';
import { maxApprovals, maxHours, maxLevels } from '../domain/levels.ts';
import { rolePattern } from '../domain/people.ts';
import { maxQuota } from '../domain/quota.ts';
import { type RepeatRule, repeatRules } from '../domain/reviewers.ts';
import { Moment, Name, named, PersonId, Slug } from './schemas.ts';

const hours = (what: string) =>
  Type.Union([Type.Integer({ minimum: 1, maximum: maxHours }), Type.Null()], {
    default: null,
    description: `${what}: hours after the level opened, from 1 to ${maxHours}, or null for never`,
  });
const votes = (what: string) =>
  Type.Integer({
    minimum: 1,
    maximum: maxApprovals,
    default: 1,
    description: `${what}, from 1 to ${maxApprovals}`,
  });

const Reviewers = Type.Object(
  {
    people: Type.Array(PersonId, { uniqueItems: true, maxItems: 100, default: [] }),
    roles: Type.Array(Type.String({ pattern: rolePattern, maxLength: 64 }), {
      uniqueItems: true,
      maxItems: 20,
      default: [],
    }),
  },
  { additionalProperties: false },
);

const Ids = Type.Array(Slug, { uniqueItems: true, minItems: 1, maxItems: 100 });
const Calls = Type.Integer({ minimum: 1, maximum: maxQuota });
const Days = Type.Integer({ minimum: 1, maximum: 36_600 });
const Condition = Type.Object(
  {
    kinds: Type.Optional(Type.Array(Type.Enum([...applicationKinds]), { uniqueItems: true, minItems: 1 })),
    clientIds: Type.Optional(Ids),
    quotaUpTo: Type.Optional(Calls),
    quotaOver: Type.Optional(Calls),
    validityUpToDays: Type.Optional(Days),
    validityOverDays: Type.Optional(Days),
    onlyApis: Type.Optional(Ids),
    anyApi: Type.Optional(Ids),
  },
  {
    additionalProperties: false,
    minProperties: 1,
    description: 'a rule on applications, all parts of which must hold',
  },
);
const Conditions = (what: string) =>
  Type.Array(Condition, { maxItems: 20, default: [], description: `${what} where one of these holds` });

const Level = named(
  'FlowLevel',
  {
    name: Name,
    reviewers: Reviewers,
    approvals: votes('how many reviewers must approve'),
    denials: votes('how many denials end the application'),
    commentRequired: Type.Boolean({ default: false, description: 'whether approving needs a comment, too' }),
    remindAfterHours: hours('when to remind reviewers'),
    escalateAfterHours: hours('when to put it before others as well'),
    escalateTo: {
      ...Reviewers,
      default: { people: [], roles: [] },
      description: 'who may then decide, too',
    },
    lapseAfterHours: hours('when an undecided application lapses'),
    denyAfterHours: hours('when an undecided application is denied'),
    skipWhen: Conditions('the level is passed by'),
  },
  { additionalProperties: false },
);

const rules = {
  name: Name,
  levels: Type.Array(Level, {
    maxItems: maxLevels,
    description: 'in the order of review; without any, applications are approved by themselves',
  }),
  priority: Type.Integer({
    minimum: 1,
    maximum: 1_000,
    default: 100,
    description: 'flows are asked in this order which applies, smallest first, then by id',
  }),
  appliesTo: Conditions('the flow applies'),
  repeatedReviewers: Type.Enum(Object.keys(repeatRules) as RepeatRule[], {
    default: 'excluded',
    description: `what becomes of somebody who reviews several levels: ${Object.entries(repeatRules)
      .map(([rule, meaning]) => `${rule} (${meaning})`)
      .join(', ')}`,
  }),
  stoppableBy: Type.Array(Type.Enum([...stoppers]), {
    uniqueItems: true,
    default: [...stoppers],
    description: 'who may hold, release and recall',
  }),
};

/** A flow as an admin stores it. */
export const FlowBody = named('NewFlow', rules, { additionalProperties: false });

/** A version of a flow. */
export const Flow = named('Flow', {
  id: Slug,
  version: Type.Integer(),
  ...rules,
  createdBy: Type.String(),
  createdAt: Moment,
});
