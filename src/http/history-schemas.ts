import { Type } from 'typebox';
import { applicationStates } from '../domain/application-states.ts';
import { deliveryActs, interventions, verdicts } from '../domain/decision.ts';
import { applicationKinds } from '../domain/kinds.ts';
import { Day, Moment, named, nullable, PersonId, Reference, Slug, searchedText } from './schemas.ts';

/** What the history can be searched for; filters combine. */
export const HistoryQuery = {
  kind: Type.Optional(Type.Enum([...applicationKinds])),
  clientId: Type.Optional(Slug),
  applicantId: Type.Optional(PersonId),
  reviewerId: Type.Optional({
    ...PersonId,
    description: 'who gave a verdict on it, or in whose place it was given, in any round',
  }),
  state: Type.Optional(Type.Enum([...applicationStates])),
  from: Type.Optional({ ...Day, description: 'first day of submission, in the configured time zone' }),
  to: Type.Optional({ ...Day, description: 'last day of submission, inclusive' }),
  q: Type.Optional(searchedText("a part of the key's name, description, a comment or a name; or a whole id")),
};

const Act = named('HistoryAct', {
  round: nullable(Type.Integer({ description: 'which submission it was about' })),
  level: nullable(Type.Integer({ description: 'null for what is not a verdict' })),
  levelName: nullable(Type.String({ description: 'as it was called then' })),
  act: Type.Enum([...verdicts, ...interventions, ...deliveryActs]),
  by: Reference,
  inPlaceOf: nullable(Reference),
  carried: Type.Boolean({ description: 'an approval of an earlier level that counts here, too' }),
  at: Moment,
  comment: nullable(Type.String()),
});

/** One application that was submitted, with everything that people did to it. */
export const HistoryEntry = named('HistoryEntry', {
  id: Type.String(),
  kind: Type.Enum([...applicationKinds]),
  state: Type.Enum([...applicationStates]),
  stateName: Type.String({ description: 'as people call it: Pending Order' }),
  stateSince: Moment,
  client: nullable(Reference),
  applicant: Reference,
  keyName: nullable(Type.String()),
  description: nullable(Type.String()),
  effectiveOn: nullable(Type.String()),
  expiresOn: nullable(Type.String()),
  quota: nullable(Type.Integer()),
  round: Type.Integer({ description: 'how often it was submitted' }),
  createdAt: Moment,
  submittedAt: nullable(Moment),
  decidedAt: nullable(Moment),
  deliveredAt: nullable(Moment),
  reason: nullable(Type.String({ description: 'why it was rejected or returned' })),
  key: nullable(
    Type.Object(
      { id: Type.String(), apiKey: Type.String() },
      { description: 'that was issued, changed or revoked' },
    ),
  ),
  acts: Type.Array(Act, {
    description: 'verdicts level by level, and what else was done, such as holding or recalling',
  }),
  erasedAt: nullable(Type.String({ format: 'date-time', description: 'when what people wrote was erased' })),
});

/** One thing in an application's trail. */
export const TrailEntry = named('TrailEntry', {
  source: Type.Enum(['audit', 'signal', 'mail'], {
    description: 'a row of the audit trail, a decision as it reached the workflow, an attempt to send a mail',
  }),
  at: Moment,
  words: Type.String(),
  by: nullable(Reference),
  via: nullable(Type.String()),
  comment: nullable(Type.String()),
  seq: nullable(Type.Integer({ description: 'place in the audit chain' })),
  id: nullable(Type.String({ description: 'of the signal or the mail' })),
  outcome: nullable(
    Type.String({
      description: 'recorded, or why the signal changed nothing; or what the SMTP server answered',
    }),
  ),
});
