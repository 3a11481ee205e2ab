import { type Refusal, refusals } from '../../gateway/verdict.ts';

/** What whoever called can do about each refusal. */
const remedies: Readonly<Record<Refusal, string>> = {
  malformed: 'Something between here and the gateway has changed the headers of the signature: look with -v.',
  'client-disabled': 'Whoever runs Keygrant has disabled the client; only an admin can enable it again.',
  unauthorized:
    'See that key and secret are one pair, whole, from the same mail, and that nothing on the way rewrites path, query or body.',
  'dgrk-refused': 'Leave --scheme dgrk out, and move your own clients on: docs/signing.md.',
  'outside-window': 'Set the clock of this machine: it must be within five minutes of the gateway’s.',
  suspended:
    'The key is suspended: its page, or GET /v1/keys/<id>, says by whom and why. Whoever did it, or an admin, resumes it; after a leak, reissue it.',
  revoked: 'It stays so. Apply for a new key.',
  'not-yet-effective': 'Wait for its first day, which GET /v1/keys shows, or apply for a change of it.',
  expired: 'Apply for a change of its expiry date, or for a new key.',
  'quota-used-up': 'Apply for a change of the key with a larger quota.',
  'api-not-permitted': 'See that method and path are right; the APIs of a key are changed by an application.',
  replayed: 'Call again: every call is signed anew. If it recurs, something on the way sends calls twice.',
};

/** Problems of the gateway that are no verdict on the key. */
const others: Readonly<Record<string, string>> = {
  'upstream-unreachable': 'Try again later; if it goes on, tell whoever runs the API.',
  'upstream-timeout': 'See at the API whether it was carried out before you repeat it.',
  'upstream-failed': 'See at the API whether it was carried out before you repeat it.',
  'too-many-requests': 'Wait a minute.',
  'payload-too-large': 'The gateway’s GATEWAY_BODY_LIMIT says how much it takes.',
};

/** Why there is no answer of the API, in words. */
export interface NoAnswer {
  /** Whether Keygrant said no to the call, as opposed to having failed to bring an answer. */
  isRefused: boolean;
  words: string;
}

/**
 * Reads a problem that Keygrant's gateway answers with instead of the API's answer.
 * @returns undefined for an answer of the API itself
 */
export function noAnswerOf(contentType: string, body: string): NoAnswer | undefined {
  if (!contentType.startsWith('application/problem+json')) return undefined;
  const { type, title, detail = title, requestId } = problemIn(body);
  const code = /^\/problems\/([\w-]+)$/.exec(type ?? '')?.[1];
  if (code === undefined || requestId === undefined) return undefined;
  const reason = (Object.keys(refusals) as Refusal[]).find((each) => refusals[each].en === detail);
  const remedy = reason
    ? remedies[reason]
    : (others[code] ?? (code === 'call-unauthorized' ? remedies.malformed : ''));
  return {
    isRefused: !code.startsWith('upstream-') && !['unavailable', 'timeout', 'internal'].includes(code),
    words: [`${reason ?? code}: ${detail}`, remedy, `Whoever runs Keygrant finds it by ${requestId}.`]
      .filter(Boolean)
      .join('\n'),
  };
}

function problemIn(body: string): Partial<Record<'type' | 'title' | 'detail' | 'requestId', string>> {
  try {
    return JSON.parse(body) as object;
  } catch {
    return {};
  }
}
