import { isOver, type KeyState, type Suspension } from './key-states.ts';
import type { Language } from './languages.ts';
import { isAdmin, type Person } from './people.ts';
import type { ProblemCode } from './problems.ts';
import { isParagraph, lengthOf, limits } from './text.ts';

/** What people do to a key, by signals of these names to its workflow. */
export const keyActs = [
  'rotate',
  'finish-rotation',
  'suspend',
  'resume',
  'revoke',
  'report-leak',
  'reissue',
] as const;
export type KeyActName = (typeof keyActs)[number];

const names: Record<Exclude<Language, 'en'>, Record<KeyActName, string>> = {
  'zh-TW': {
    rotate: '更換私鑰',
    'finish-rotation': '結束更換私鑰',
    suspend: '停用',
    resume: '恢復',
    revoke: '註銷',
    'report-leak': '通報外洩',
    reissue: '重新核發私鑰',
  },
};

/** How people call an act; in English by its name itself. */
export function keyActInWords(act: KeyActName, language: Language): string {
  return language === 'en' ? act.replaceAll('-', ' ') : names[language][act];
}

/** Until when the secret before stays valid beside a new one. */
export type Grace =
  | { ms: number }
  /** Until it has not been used for so many days. */
  | { unusedDays: number };

/** What a person does to a key as it travels in a signal. It holds no secret: Temporal keeps it in its history. */
export interface KeyAct {
  /** Made by the API, the same for a retry with the same Idempotency-Key. */
  id: string;
  keyId: string;
  personId: string;
  /** The portal that sent it for them, if one did. */
  via: string | null;
  act: KeyActName;
  comment: string;
  /** Of a rotation alone. */
  grace?: Grace;
  /** The HTTP request that it came with. */
  requestId: string;
}

/** An act with the API's signature over {@link keyActText}. */
export interface SignedKeyAct extends KeyAct {
  /** `<master key version>.<HMAC-SHA256, base64url>` */
  signature: string;
}

/** What the signing key of these acts is derived for. */
export const keyActPurpose = 'key act 1';

/** The exact text that the API signs: a JSON array, so that no two acts share one text. */
export function keyActText({ id, keyId, personId, via, act, comment, grace, requestId }: KeyAct): string {
  const until = grace && ('ms' in grace ? ['ms', grace.ms] : ['unused', grace.unusedDays]);
  return JSON.stringify([
    'keygrant key act 1',
    id,
    keyId,
    personId,
    via,
    act,
    comment,
    until ?? null,
    requestId,
  ]);
}

const fields = ['id', 'keyId', 'personId', 'requestId', 'signature'] as const;

/** Reads what came with a signal of that name; undefined for anything but an act that belongs there. Anybody with the Temporal CLI can send anything. */
export function parseKeyAct(signal: string, raw: unknown): SignedKeyAct | undefined {
  if (typeof raw !== 'object' || raw === null) return undefined;
  const value = raw as Record<string, unknown>;
  for (const field of fields) {
    const text = value[field];
    if (typeof text !== 'string' || text === '' || text.length > limits.name) return undefined;
  }
  const { act, comment, via, grace } = value;
  if (via !== null && (typeof via !== 'string' || via.length > limits.name)) return undefined;
  if (act !== signal || !isKeySignal(signal)) return undefined;
  if (typeof comment !== 'string' || lengthOf(comment) > limits.comment || !isParagraph(comment))
    return undefined;
  if ((signal === 'rotate') !== (grace !== undefined) || (grace !== undefined && !isGrace(grace)))
    return undefined;
  return Object.fromEntries(
    [...fields, 'via', 'act', 'comment', 'grace']
      .filter((field) => value[field] !== undefined)
      .map((field) => [field, value[field]]),
  ) as unknown as SignedKeyAct;
}

function isGrace(value: unknown): value is Grace {
  if (typeof value !== 'object' || value === null) return false;
  const [[name, amount] = [], ...others] = Object.entries(value);
  return (
    others.length === 0 &&
    (name === 'ms' || name === 'unusedDays') &&
    Number.isSafeInteger(amount) &&
    amount >= 0
  );
}

/** Whether Keygrant sends signals of this name to the workflow of a key. */
export function isKeySignal(name: string): name is KeyActName {
  return (keyActs as readonly string[]).includes(name);
}

/** Where a key stands: all that is needed to judge what is done to it. */
export interface KeyStanding {
  state: KeyState;
  applicantId: string;
  /** Whether its first secret has left: before that there is nothing to replace. */
  handedOver: boolean;
  suspension: { by: string; for: Suspension } | undefined;
  /** A new secret is valid beside the one before. */
  rotation: { handedOver: boolean } | undefined;
}

interface Rule {
  /** Who may at all. */
  may: (person: Person, key: KeyStanding) => ProblemCode | undefined;
  /** What keeps it from being done now. */
  against: (key: KeyStanding) => ProblemCode | undefined;
}

const holderOrAdmin: Rule['may'] = (person, { applicantId }) =>
  person.id === applicantId || isAdmin(person) ? undefined : 'not-the-applicant-or-admin';

/** Who may do what to a key, and when. */
const rules: Record<KeyActName, Rule> = {
  rotate: {
    may: holderOrAdmin,
    against: (key) =>
      key.state === 'suspended'
        ? 'key-suspended'
        : key.rotation
          ? 'rotation-under-way'
          : key.handedOver
            ? undefined
            : 'not-yet-mailed',
  },
  'finish-rotation': {
    may: holderOrAdmin,
    // Ended before the new secret is there, nothing would be left to sign with.
    against: ({ rotation }) =>
      rotation === undefined ? 'no-rotation' : rotation.handedOver ? undefined : 'not-yet-mailed',
  },
  suspend: {
    may: holderOrAdmin,
    against: ({ suspension }) => (suspension ? 'already-suspended' : undefined),
  },
  resume: {
    // A leaked secret is no more the holder's alone, so it is not for them to have it open doors again.
    may: (person, { suspension, applicantId }) => {
      if (isAdmin(person)) return undefined;
      if (person.id !== applicantId) return 'not-the-applicant-or-admin';
      return suspension && (suspension.by !== person.id || suspension.for === 'leak')
        ? 'not-the-suspender'
        : undefined;
    },
    against: ({ suspension }) => (suspension ? undefined : 'not-suspended'),
  },
  revoke: {
    may: (person) => (isAdmin(person) ? undefined : 'forbidden'),
    against: () => undefined,
  },
  'report-leak': {
    may: holderOrAdmin,
    against: ({ suspension }) => (suspension?.for === 'leak' ? 'leak-reported' : undefined),
  },
  reissue: {
    may: holderOrAdmin,
    against: ({ suspension }) => (suspension?.for === 'leak' ? undefined : 'no-leak-reported'),
  },
};

/** Acts that tell people something to be understood, so they need words. */
const explained: readonly KeyActName[] = ['suspend', 'revoke', 'report-leak'];

/** The reason why `person` may not do so to this key, or undefined when they may. Asked by the API, and again under the key's lock. */
export function judgeKeyAct(
  key: KeyStanding,
  person: Person,
  { act, comment }: Pick<KeyAct, 'act' | 'comment'>,
): ProblemCode | undefined {
  return (
    problemWith(key, person, act) ??
    (explained.includes(act) && comment.trim() === '' ? 'comment-required' : undefined)
  );
}

/** What this person may do to the key now. */
export function actionsOn(key: KeyStanding, person: Person): KeyActName[] {
  return keyActs.filter((act) => problemWith(key, person, act) === undefined);
}

function problemWith(key: KeyStanding, person: Person, act: KeyActName): ProblemCode | undefined {
  const { may, against } = rules[act];
  if (!person.enabled) return 'not-the-applicant-or-admin';
  const problem = may(person, key);
  if (problem) return problem;
  // An expired key may still be revoked, so that no change can revive it.
  if (key.state === 'revoked' || (isOver(key.state) && act !== 'revoke')) return 'key-ended';
  return against(key);
}
