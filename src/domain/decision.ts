import { isParagraph, lengthOf, limits } from './text.ts';

/** What a reviewer can say. */
export const verdicts = ['approve', 'deny'] as const;
export type Verdict = (typeof verdicts)[number];

/** A reviewer's decision as it travels in the signal `decide`. It holds no secret: Temporal keeps it in its history. */
export interface Decision {
  /** Made by the API, the same for a retry with the same Idempotency-Key. */
  id: string;
  applicationId: string;
  reviewerId: string;
  /** The level that it decides, from 1: the one that was open when the reviewer looked. */
  level: number;
  verdict: Verdict;
  comment: string;
  /** Digest of the revision that the reviewer saw. */
  digest: string;
  /** The HTTP request that it came with. */
  requestId: string;
}

/** A decision with the API's signature over {@link decisionText}. */
export interface SignedDecision extends Decision {
  /** `<master key version>.<HMAC-SHA256, base64url>` */
  signature: string;
}

const fields = ['id', 'applicationId', 'reviewerId', 'digest', 'requestId', 'signature'] as const;

/** Reads what came with a signal; undefined for anything but a decision. Anybody with the Temporal CLI can send anything. */
export function parseDecision(raw: unknown): SignedDecision | undefined {
  if (typeof raw !== 'object' || raw === null) return undefined;
  const value = raw as Record<string, unknown>;
  for (const field of fields) {
    const text = value[field];
    if (typeof text !== 'string' || text === '' || text.length > limits.name) return undefined;
  }
  const { verdict, comment, level } = value;
  if (typeof level !== 'number' || !Number.isInteger(level)) return undefined;
  if (!verdicts.includes(verdict as Verdict)) return undefined;
  if (typeof comment !== 'string' || lengthOf(comment) > limits.comment || !isParagraph(comment))
    return undefined;
  return Object.fromEntries(
    [...fields, 'level', 'verdict', 'comment'].map((field) => [field, value[field]]),
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
    decision.reviewerId,
    decision.level,
    decision.verdict,
    decision.comment,
    decision.digest,
    decision.requestId,
  ]);
}
