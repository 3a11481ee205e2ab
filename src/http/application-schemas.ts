import { Type } from 'typebox';
import { applicationActions } from '../domain/application-actions.ts';
import { applicationStates } from '../domain/application-states.ts';
import { deadlineEvents } from '../domain/deadlines.ts';
import { keyIdPattern } from '../domain/ids.ts';
import { applicationKinds } from '../domain/kinds.ts';
import { languages } from '../domain/languages.ts';
import { mailKinds, mailStates } from '../domain/mails.ts';
import { maxQuota } from '../domain/quota.ts';
import { Day, Moment, Name, named, nullable, Paragraph, Reference, Slug, Violation } from './schemas.ts';

/** What an applicant writes. Anything may be missing or null until the submission. */
export const Draft = named(
  'Draft',
  {
    clientId: Type.Optional(nullable(Slug)),
    keyName: Type.Optional(nullable(Name)),
    description: Type.Optional(nullable(Paragraph)),
    effectiveOn: Type.Optional(nullable(Day)),
    expiresOn: Type.Optional(nullable(Day)),
    quota: Type.Optional(
      Type.Union([Type.Literal(-1), Type.Integer({ minimum: 1, maximum: maxQuota }), Type.Null()], {
        description: `a whole number of calls from 1 to ${maxQuota}, or -1 for unlimited`,
      }),
    ),
    apiIds: Type.Optional(
      Type.Array(Slug, {
        uniqueItems: true,
        maxItems: 100,
        description: 'ids of registered APIs, each once',
      }),
    ),
  },
  { additionalProperties: false },
);

/** What an applicant begins with: what is asked for stays, all else can be edited. */
export const NewDraft = named(
  'NewDraft',
  {
    kind: Type.Optional(
      Type.Enum([...applicationKinds], {
        description: 'apply for a new key (else), update a live one, or revoke it',
      }),
    ),
    keyId: Type.Optional(
      Type.String({
        pattern: keyIdPattern,
        description: 'the key to update or revoke; its values are filled in',
      }),
    ),
    ...Draft.properties,
  },
  { additionalProperties: false },
);

const State = Type.Enum([...applicationStates]);

/** One line of a list. */
export const ApplicationSummary = named('ApplicationSummary', {
  id: Type.String(),
  kind: Type.Enum([...applicationKinds], { description: 'a new key, or the change or end of a live one' }),
  state: State,
  stateName: Type.String({ description: 'as people call it: Pending Order' }),
  stateSince: Moment,
  now: Type.String({ description: 'where it stands, in words' }),
  next: Type.String({ description: 'what comes next, in words' }),
  waitingFor: Type.Array(Reference, { description: 'who must act' }),
  level: nullable(Type.Integer()),
  dueAt: nullable({ ...Moment, description: 'when its open level ends it if nobody decides; null: never' }),
  applicant: Reference,
  client: nullable(Reference),
  keyName: nullable(Type.String()),
  effectiveOn: nullable(Type.String()),
  expiresOn: nullable(Type.String()),
  quota: nullable(Type.Integer()),
  submittedAt: nullable(Moment),
  createdAt: Moment,
});

export const LevelView = named('Level', {
  level: Type.Integer(),
  name: Type.String(),
  reviewers: Type.Object({ people: Type.Array(Type.String()), roles: Type.Array(Type.String()) }),
  people: Type.Array(Reference, {
    description: 'who may decide it now, or could if it were open; nobody where it is over',
  }),
  since: nullable(Type.String({ format: 'date-time', description: 'when the open level opened' })),
  deadlines: Type.Array(
    Type.Object({
      event: Type.Enum([...deadlineEvents], {
        description: 'reviewers are reminded, others asked, too, or the application lapses or is denied',
      }),
      at: Moment,
    }),
    { description: 'what happens to the open level by itself if nobody decides it, soonest first' },
  ),
  approvals: Type.Integer({ description: 'how many must approve' }),
  denials: Type.Integer({ description: 'how many denials end the application' }),
  commentRequired: Type.Boolean({ description: 'whether approving needs a comment' }),
  status: Type.Enum(['ahead', 'open', 'approved', 'denied', 'returned', 'skipped']),
  skipped: nullable(Type.String({ description: 'why the application passes this level by' })),
  decisions: Type.Array(
    Type.Object({
      by: Reference,
      inPlaceOf: nullable(Reference),
      act: Type.String({ description: 'approve, deny or return' }),
      at: Moment,
      comment: nullable(Type.String()),
    }),
  ),
});

const MailView = named('Mail', {
  kind: Type.Enum([...mailKinds]),
  language: nullable(Type.Enum([...languages], { description: 'null: the default' })),
  to: Type.Array(Type.String()),
  state: Type.Enum([...mailStates]),
  messageId: Type.String(),
  dueAt: nullable(Type.String({ format: 'date-time', description: 'not before' })),
  nextAttemptAt: nullable(
    Type.String({ format: 'date-time', description: 'about when it is tried again, after a failure' }),
  ),
  sentAt: nullable(Moment),
  attempts: Type.Array(
    Type.Object({
      number: Type.Integer(),
      startedAt: Moment,
      endedAt: nullable(Moment),
      succeeded: nullable(
        Type.Boolean({
          description: 'null: cut off before an answer, so the mail may have been taken, or under way',
        }),
      ),
      answer: nullable(Type.String({ description: "the SMTP server's last answer" })),
    }),
  ),
});

export const TimelineEntry = named('TimelineEntry', {
  at: Moment,
  action: Type.String(),
  words: Type.String(),
  by: Reference,
  via: nullable(Type.String()),
  comment: nullable(Type.String()),
});

/** A field's value, whatever its type. */
const Value = Type.Union([Type.String(), Type.Integer(), Type.Array(Type.String()), Type.Null()]);

/** Everything about one application: where it stands, who must act, what comes next, and how it came here. */
export const Application = named('Application', {
  ...ApplicationSummary.properties,
  portalId: nullable(Type.String()),
  keyId: nullable(Type.String({ description: 'the key that is to be changed or revoked' })),
  changes: Type.Array(
    Type.Object({
      comparedWith: Type.Enum(['key', 'previous-round']),
      fields: Type.Array(Type.Object({ field: Type.String(), before: Value, after: Value })),
    }),
    { description: 'what is different from the key as it is, and from the round before' },
  ),
  description: nullable(Type.String()),
  apis: Type.Array(
    Type.Object({ id: Type.String(), name: Type.String(), method: Type.String(), path: Type.String() }),
  ),
  actions: Type.Array(Type.Enum([...applicationActions]), {
    description: 'what the caller may do to it now',
  }),
  revision: Type.Integer(),
  round: Type.Integer(),
  digest: nullable(
    Type.String({ description: 'name it in a decision: it stands for exactly what was submitted' }),
  ),
  flow: nullable(Type.Object({ id: Type.String(), version: Type.Integer() })),
  levels: Type.Array(LevelView),
  reason: nullable(Type.String({ description: 'why it was rejected or returned' })),
  violations: Type.Array(Violation, {
    description: 'what a submission would be refused for now; empty after submission',
  }),
  refusal: nullable(
    Type.Object(
      { code: Type.String(), message: Type.String() },
      { description: 'why the last submission was not opened' },
    ),
  ),
  deliveryDueAt: nullable(Moment),
  heldBy: nullable(Type.String({ description: "who holds the credentials' mail back" })),
  key: nullable(Type.Object({ id: Type.String(), apiKey: Type.String() })),
  link: nullable(
    Type.Object(
      {
        state: Type.Enum(['open', 'revealed', 'expired', 'superseded']),
        expiresAt: nullable(Moment),
        endedAt: nullable(Moment),
        revealedBy: nullable(Type.String()),
      },
      { description: 'the mailed link that shows the secret once; null where the mail holds the secret' },
    ),
  ),
  addressChange: nullable(
    Type.Object(
      {
        state: Type.Enum(['pending', 'approved', 'denied', 'mailed']),
        email: Type.String({ description: 'whole for those who decide on it' }),
        requestedBy: Reference,
        comment: Type.String(),
        approvals: Type.Object({ given: Type.Integer(), needed: Type.Integer() }),
        waitingFor: Type.Array(Reference, { description: 'who may decide' }),
        outcome: nullable(Type.String({ description: 'what its reviewer wrote' })),
        createdAt: Moment,
        decidedAt: nullable(Moment),
      },
      { description: 'the latest wish that the credentials go to another address' },
    ),
  ),
  mails: Type.Array(MailView),
  erasedAt: nullable(
    Type.String({
      format: 'date-time',
      description: 'when what people wrote was erased, years after the end',
    }),
  ),
  workflowUrl: nullable(
    Type.String({
      description: "its workflow in Temporal's UI, for admins; null for what was never submitted",
    }),
  ),
  timeline: Type.Array(TimelineEntry),
});
