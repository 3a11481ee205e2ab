import { Type } from 'typebox';
import { keyIdPattern } from '../domain/ids.ts';
import { type KeyActName, keyActs } from '../domain/key-acts.ts';
import { keyStates, suspensions } from '../domain/key-states.ts';
import { Moment, named, nullable, Reference } from './schemas.ts';

/** Where each act is asked for, below the key's own address. */
export const actPaths: Record<KeyActName, string> = {
  rotate: 'rotation',
  'finish-rotation': 'rotation/completion',
  suspend: 'suspension',
  resume: 'resumption',
  revoke: 'revocation',
  'report-leak': 'leak',
  reissue: 'reissue',
};

const Suspension = named('Suspension', {
  at: Moment,
  by: Reference,
  for: Type.Enum([...suspensions], {
    description: 'request: somebody asked for it; leak: its secret was reported to have leaked',
  }),
  comment: Type.String(),
});

const Rotation = named('Rotation', {
  startedAt: Moment,
  handedOver: Type.Boolean({
    description: 'whether the new secret was mailed, or shown by its link; the grace begins then',
  }),
  graceSince: nullable(Moment),
  graceSeconds: nullable(Type.Integer({ description: 'how long the secret before stays valid then' })),
  unusedDays: nullable(
    Type.Integer({ description: 'or after how many days without a call by it that secret ends' }),
  ),
  endsAt: nullable(
    Type.String({ format: 'date-time', description: 'when the secret before ends; null while unknown' }),
  ),
  lastUsedAt: nullable(
    Type.String({ format: 'date-time', description: 'when a call by the secret before last passed' }),
  ),
});

/** An issued key, as those see it who may see the application that it comes from. */
export const Key = named('Key', {
  id: Type.String(),
  apiKey: Type.String({ description: 'the public half; the secret is in the mail alone' }),
  name: Type.String(),
  client: Reference,
  applicationId: Type.String(),
  holder: Reference,
  state: Type.Enum([...keyStates], { description: 'where it stands today, in one word' }),
  effectiveOn: Type.String(),
  expiresOn: Type.String({ description: 'inclusive' }),
  validity: Type.Enum(['not-yet-effective', 'effective', 'expired'], {
    description: 'by its dates alone, today, in the configured time zone',
  }),
  revokedAt: nullable(Moment),
  suspension: nullable(Suspension),
  rotation: nullable(Rotation),
  usable: Type.Boolean({ description: 'effective today, not suspended, and its client enabled' }),
  quota: Type.Integer({ description: '-1 for unlimited' }),
  used: Type.Integer({ description: 'how many calls have passed; counted only where the quota has a limit' }),
  quotaWarnings: Type.Array(Type.Object({ percent: Type.Integer(), at: Moment }), {
    description: 'marks of the present quota that calls have come to',
  }),
  apis: Type.Array(
    named('OpenedApi', {
      id: Type.String(),
      name: Type.String(),
      method: Type.String(),
      path: Type.String(),
    }),
  ),
  dgrkUntil: nullable(
    Type.String({
      description: 'the last day on which calls may be signed by DGRK; null: for as long as the key works',
    }),
  ),
  lastUse: Type.Object(
    { dgrk: nullable(Moment), message: nullable(Moment) },
    {
      description:
        'when a call last passed that was signed by DGRK, and by an HTTP message signature; some seconds late',
    },
  ),
  actions: Type.Array(Type.Enum(keyActs.map((act) => actPaths[act])), {
    description: 'what the caller may do now: POST to the address of the key and this',
  }),
  revision: Type.Integer({ description: 'counts what happens to it; its ETag' }),
  createdAt: Moment,
});

export const KeyParams = Type.Object({
  id: Type.String({ pattern: keyIdPattern, description: 'a key id' }),
});
