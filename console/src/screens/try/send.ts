import { type Refusal, refusals } from '../../../../src/gateway/verdict.ts';
import { signCall } from '../../../../src/signing/explained.ts';

export type Scheme = 'message' | 'dgrk';

/** A call as it is to be sent. */
export interface Call {
  method: string;
  /** Path and query. */
  target: string;
  body: string;
  contentType: string | undefined;
}

/** A call as it was sent, and what its signature covers. Holds no secret. */
export interface Sent {
  method: string;
  url: string;
  headers: Record<string, string>;
  body: string;
  base: string;
  scheme: Scheme;
}

/** What is told of an answer. */
export interface Answer {
  status: number;
  headers: [name: string, value: string][];
  body: string;
  ms: number;
}

/** Why the gateway said no, or brought no answer: words for each are in the messages. */
type Reason =
  | Refusal
  | 'upstream-unreachable'
  | 'upstream-timeout'
  | 'upstream-failed'
  | 'too-many-requests'
  | 'payload-too-large'
  | 'other';

export type Outcome =
  | { kind: 'passed'; sent: Sent; answer: Answer }
  | { kind: 'redirected'; sent: Sent }
  | {
      kind: 'refused' | 'undelivered';
      sent: Sent;
      answer: Answer;
      reason: Reason;
      detail: string;
      requestId: string;
    }
  | { kind: 'unreachable'; sent: Sent };

/** How long an answer is waited for; the gateway itself gives up earlier. */
const patienceMs = 120_000;

/**
 * Signs a call and sends it through the gateway. The secret is used here and nowhere kept: what leaves the browser is the
 * signature.
 */
export async function signAndSend(
  gateway: string,
  call: Call,
  pair: { apiKey: string; secretKey: string },
  scheme: Scheme,
): Promise<Outcome> {
  // As the browser will write it, so that what is signed is what is sent.
  const url = new URL(gateway.replace(/\/$/, '') + call.target);
  const { method, body, contentType } = call;
  const signable = { method, target: url.pathname + url.search, body: new TextEncoder().encode(body) };
  const { headers: signature, base } = await signCall(signable, pair, scheme);
  const headers = { ...(contentType && { 'content-type': contentType }), ...signature };
  const sent: Sent = { method, url: url.href, headers, body, base, scheme };
  const began = performance.now();
  let response: Response;
  try {
    response = await fetch(url, {
      method,
      headers,
      ...(body && { body }),
      credentials: 'omit',
      cache: 'no-store',
      redirect: 'manual',
      signal: AbortSignal.timeout(patienceMs),
    });
  } catch {
    return { kind: 'unreachable', sent };
  }
  if (response.type === 'opaqueredirect') return { kind: 'redirected', sent };
  const answer: Answer = {
    status: response.status,
    headers: [...response.headers],
    body: await response.text().catch(() => ''),
    ms: Math.round(performance.now() - began),
  };
  const problem = problemOfGateway(response.headers.get('content-type') ?? '', answer.body);
  if (!problem) return { kind: 'passed', sent, answer };
  const kind = problem.reason.startsWith('upstream-') ? 'undelivered' : 'refused';
  return { kind, sent, answer, ...problem };
}

const codes: readonly Reason[] = [
  'upstream-unreachable',
  'upstream-timeout',
  'upstream-failed',
  'too-many-requests',
  'payload-too-large',
];

/** The gateway's own problem in an answer; undefined for an answer of the API, problems of its own included. */
function problemOfGateway(contentType: string, body: string) {
  if (!contentType.startsWith('application/problem+json')) return undefined;
  const { type, title, detail = title ?? '', requestId } = problemIn(body);
  const code = /^\/problems\/([\w-]+)$/.exec(type ?? '')?.[1];
  if (code === undefined || requestId === undefined) return undefined;
  // In whichever language the browser has asked for.
  const refusal = (Object.keys(refusals) as Refusal[]).find((each) =>
    Object.values(refusals[each]).some((words) => words === detail),
  );
  const reason: Reason =
    refusal ?? codes.find((each) => each === code) ?? (code === 'call-unauthorized' ? 'malformed' : 'other');
  return { reason, detail, requestId };
}

function problemIn(body: string): Partial<Record<'type' | 'title' | 'detail' | 'requestId', string>> {
  try {
    return JSON.parse(body) as object;
  } catch {
    return {};
  }
}
