import { isAddress } from './addresses.ts';
import type { Language } from './languages.ts';
import { isParagraph, lengthOf, limits } from './text.ts';

/** What a reviewer can say of the open level. */
export const verdicts = ['approve', 'deny', 'return'] as const;
export type Verdict = (typeof verdicts)[number];

/** What can be done to an application besides: withdraw it before the issue, or stop its mail after it. */
export const interventions = ['withdraw', 'hold', 'release', 'recall'] as const;
export type Intervention = (typeof interventions)[number];

/** What can be done about the delivery of a key, by signals to the workflow that follows it. */
export const deliveryActs = ['resend', 'correct-address', 'approve-address', 'deny-address'] as const;
export type DeliveryAct = (typeof deliveryActs)[number];

/** What moves an application through its states. */
export type ReviewAct = Verdict | Intervention;
export type Act = ReviewAct | DeliveryAct;

const names: Record<Exclude<Language, 'en'>, Record<Act, string>> = {
  'zh-TW': {
    approve: '核准',
    deny: '駁回',
    return: '退回',
    withdraw: '撤回',
    hold: '暫緩寄送',
    release: '解除暫緩寄送',
    recall: '收回',
    resend: '重寄憑證',
    'correct-address': '更改收件地址',
    'approve-address': '核准收件地址',
    'deny-address': '駁回收件地址',
  },
};

/** How people call an act; in English by its name itself. */
export function actInWords(act: Act, language: Language): string {
  return language === 'en' ? act : names[language][act];
}

/** The signals that carry acts; `decide` carries a verdict, every other the act of its name. */
export const signalOf = (act: Act): 'decide' | Intervention | DeliveryAct =>
  isVerdict(act) ? 'decide' : act;

/**
 * Whether a recorded decision was not sent, but is an approval of an earlier level that counts at a later one, too. The
 * signal that it is recorded under, `<run>/<number>`, is then followed by the level and the person.
 */
export function isCarried(signal: string): boolean {
  return signal !== signalBehind(signal);
}

/** The signal, `<run>/<number>`, by which a decision came to be recorded. */
export function signalBehind(signal: string): string {
  return signal.split('/').slice(0, 2).join('/');
}

/** Whether Keygrant sends signals of this name. */
export function isSignal(name: string): boolean {
  return name === 'decide' || ([...interventions, ...deliveryActs] as readonly string[]).includes(name);
}

export function isDeliveryAct(act: Act): act is DeliveryAct {
  return (deliveryActs as readonly Act[]).includes(act);
}

export function isVerdict(act: Act): act is Verdict {
  return (verdicts as readonly Act[]).includes(act);
}

/** A person's decision as it travels in a signal. It holds no secret: Temporal keeps it in its history. */
export interface Decision {
  /** Made by the API, the same for a retry with the same Idempotency-Key. */
  id: string;
  applicationId: string;
  /** Who decides. */
  personId: string;
  /** The portal that sent it for them, if one did. */
  via: string | null;
  /** The level that it decides, from 1: the one that was open when the person looked. 0 for interventions;
   * of a wish for another mail the number of the newest that the person saw, so that two who wish at once get one. */
  level: number;
  act: Act;
  comment: string;
  /** Digest of the revision that the person saw. */
  digest: string;
  /** The mail address that is asked for, or that its reviewer saw; only where the act is about one. */
  address?: string;
  /** The HTTP request that it came with. */
  requestId: string;
}

/** A decision with the API's signature over {@link decisionText}. */
export interface SignedDecision extends Decision {
  /** `<master key version>.<HMAC-SHA256, base64url>` */
  signature: string;
  /** When the API sent it, ISO 8601: not signed, for the metric of its way alone. */
  sentAt?: string;
}

const fields = ['id', 'applicationId', 'personId', 'digest', 'requestId', 'signature'] as const;

/**
 * Reads what came with a signal of that name; undefined for anything but a decision that belongs there. Anybody with the
 * Temporal CLI can send anything.
 */
export function parseDecision(signal: string, raw: unknown): SignedDecision | undefined {
  if (typeof raw !== 'object' || raw === null) return undefined;
  const value = raw as Record<string, unknown>;
  for (const field of fields) {
    const text = value[field];
    if (typeof text !== 'string' || text === '' || text.length > limits.name) return undefined;
  }
  const { act, comment, level, via, address } = value;
  if (address !== undefined && (typeof address !== 'string' || !isAddress(address))) return undefined;
  if (via !== null && (typeof via !== 'string' || via.length > limits.name)) return undefined;
  if (typeof level !== 'number' || !Number.isInteger(level)) return undefined;
  if (
    ![...verdicts, ...interventions, ...deliveryActs].includes(act as Act) ||
    signalOf(act as Act) !== signal
  )
    return undefined;
  if (typeof comment !== 'string' || lengthOf(comment) > limits.comment || !isParagraph(comment))
    return undefined;
  return Object.fromEntries(
    [...fields, 'via', 'level', 'act', 'comment', 'address']
      .filter((field) => value[field] !== undefined)
      .map((field) => [field, value[field]]),
  ) as unknown as SignedDecision;
}

/** What the signing key of decisions is derived for. */
export const decisionPurpose = 'decision 1';

/** The exact text that the API signs: a JSON array, so that no two decisions share one text. */
export function decisionText(decision: Decision): string {
  return JSON.stringify([
    'keygrant decision 1',
    decision.id,
    decision.applicationId,
    decision.personId,
    decision.via,
    decision.level,
    decision.act,
    decision.comment,
    decision.digest,
    decision.requestId,
    ...(decision.address === undefined ? [] : [{ address: decision.address }]),
  ]);
}
