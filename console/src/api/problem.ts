import type { Schemas } from './client.ts';

export type Problem = Schemas['Problem'];

/** An answer that the API refused with: problem details (RFC 9457), in the language of the page. */
export class ProblemError extends Error {
  readonly status: number;
  readonly problem: Problem;

  constructor(status: number, problem: Problem) {
    super(problem.detail || problem.title);
    this.status = status;
    this.problem = problem;
  }

  /** The last part of its type: `not-found`, `stale-digest`. */
  get code(): string {
    return this.problem.type.split('/').at(-1) ?? '';
  }
}

/** Whether something was refused because somebody else was first: what is on the page is old. */
export function changedMeanwhile(error: unknown): boolean {
  return error instanceof ProblemError && (error.status === 412 || staleCodes.has(error.code));
}

const staleCodes: ReadonlySet<string> = new Set([
  'stale-digest',
  'level-decided',
  'not-pending',
  'revision-changed',
]);

/** The problem that an answer holds; one of our own where it holds none, such as a proxy's error page. */
export async function problemFrom(response: Response): Promise<Problem> {
  const body: unknown = await response.json().catch(() => undefined);
  if (typeof body === 'object' && body !== null && 'type' in body) return body as Problem;
  return {
    type: '/problems/unreadable',
    title: response.statusText,
    status: response.status,
    detail: '',
    requestId: response.headers.get('x-request-id') ?? '',
  };
}

/** What the API says about one field: `violationsOf(error)['keyName']`. */
export function violationsOf(error: unknown): Record<string, string> {
  if (!(error instanceof ProblemError)) return {};
  return Object.fromEntries(
    (error.problem.errors ?? []).map(({ field, message }) => [field.replace(/^body\./, ''), message]),
  );
}
