import type { RunningStack } from './kept.ts';
import type { Narrator } from './narrator.ts';
import { signIn } from './sign-in.ts';

/** An answer of the API, read. */
interface Answer {
  status: number;
  etag: string;
  // The demo shows answers; what they look like is the API's business.
  // oxlint-disable-next-line typescript/no-explicit-any
  body: any;
}

/** What the demo asks the API for, as the people of the stack. */
export type DemoApi = ReturnType<typeof createDemoApi>;

/** Speaks to the API as anybody whom the stack knows; what is no yes is thrown. */
export function createDemoApi({ baseUrl, issuer }: Pick<RunningStack, 'baseUrl' | 'issuer'>, tell: Narrator) {
  const tokens = new Map<string, Promise<string>>();

  async function answerOf(
    person: string,
    method: string,
    path: string,
    body?: object,
    etag?: string,
  ): Promise<Answer> {
    const token = tokens.get(person) ?? signIn({ issuer, person });
    tokens.set(person, token);
    const response = await fetch(`${baseUrl}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${await token}`,
        ...(body ? { 'content-type': 'application/json' } : {}),
        ...(etag ? { 'if-match': etag } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const { status, headers } = response;
    return { status, etag: headers.get('etag') ?? '', body: await response.json() };
  }

  /** Without telling of it. */
  async function quietly(...call: Parameters<typeof answerOf>): Promise<Answer> {
    const answer = await answerOf(...call);
    if (answer.status >= 300) throw new Error(`${answer.body.title} ${answer.body.detail}`);
    return answer;
  }

  return {
    quietly,
    /** In front of the reader. */
    async call(...call: Parameters<typeof answerOf>): Promise<Answer> {
      const answer = await answerOf(...call);
      const [person, method, path, body] = call;
      tell.call(person, method, path, body, answer.status);
      if (answer.status >= 300) throw new Error(`${answer.body.title} ${answer.body.detail}`);
      return answer;
    },
    /** Looks again, as whoever gets a 202 must, until it is so. */
    async until(path: string, isSo: (application: Answer['body']) => boolean) {
      const end = Date.now() + 60_000;
      for (;;) {
        const { status, body } = await answerOf('ada', 'GET', path);
        if (status === 200 && isSo(body)) return body;
        if (Date.now() > end) throw new Error(`It does not go on: ${body.now ?? body.detail}`);
        await new Promise((resolve) => setTimeout(resolve, 200));
      }
    },
  };
}

/**
 * Ada's application, from draft to the last approval, without telling of it.
 * @returns where the application is
 */
export async function approvedQuietly(api: DemoApi, content: object): Promise<string> {
  const started = await api.quietly('ada', 'POST', '/v1/applications', content);
  const path = `/v1/applications/${started.body.id}`;
  await api.quietly('ada', 'POST', `${path}/submission`);
  await api.until(path, ({ state }) => state !== 'draft');
  for (const [at, reviewer] of ['ben', 'cleo'].entries()) {
    const { digest } = (await api.quietly(reviewer, 'GET', path)).body;
    await api.quietly(reviewer, 'POST', `${path}/decisions`, {
      verdict: 'approve',
      comment: 'Fine by me.',
      digest,
    });
    await api.until(path, ({ levels }) => levels[at].status === 'approved');
  }
  return path;
}
