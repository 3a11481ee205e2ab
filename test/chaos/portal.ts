import { randomUUID } from 'node:crypto';
import type { Answer, Api } from '../support/api.ts';
import type { Ledger } from './ledger.ts';
import { patienceMs, pause } from './patience.ts';

/**
 * Asks as a well-made portal does: again, with the same Idempotency-Key, while the connection breaks, the service says that
 * it cannot, or says that it does not know yet.
 */
export class Portal {
  readonly #as: (person: string) => Api;
  readonly #ledger: Ledger;

  constructor(as: (person: string) => Api, ledger: Ledger) {
    this.#as = as;
    this.#ledger = ledger;
  }

  /** Asks until there is an answer that stands; 202 is one unless `known` asks for more. */
  async ask(person: string, call: (api: Api) => Promise<Answer>, known = false): Promise<Answer> {
    const end = Date.now() + patienceMs;
    for (let wait = 100; ; wait = Math.min(wait * 2, 2_000)) {
      const answer = await call(this.#as(person)).catch(() => undefined);
      this.#ledger.count(answer ? String(answer.status) : 'no answer');
      if (answer && answer.status === 500) this.#ledger.strange.push(JSON.stringify(answer.body));
      const stands = answer && answer.status < 500 && !(known && answer.status === 202);
      if (answer && (stands || Date.now() > end)) return answer;
      if (Date.now() > end) throw new Error('the API did not answer for twenty minutes');
      await pause(wait);
    }
  }

  get(person: string, path: string): Promise<Answer> {
    return this.ask(person, (api) => api.get(path));
  }

  post(
    person: string,
    path: string,
    body: unknown,
    options: { known?: boolean; twice?: boolean; first?: boolean } = {},
  ): Promise<Answer> {
    const key = { 'idempotency-key': randomUUID() };
    const post = async (api: Api) => {
      const answer = await api.post(path, body, key);
      return options.first ? this.#firstOf(answer) : answer;
    };
    const send = () => this.ask(person, post, options.known);
    if (!options.twice) return send();
    return Promise.all([send(), send()]).then(([first]) => first);
  }

  /** The outcome of the first of several decisions; the others are about nothing, and must have an outcome of their own. */
  #firstOf(answer: Answer): Answer {
    if (answer.status !== 200) return answer;
    const [first, ...others] = answer.body.items;
    for (const { status } of others)
      if (status !== 404 && status < 500)
        this.#ledger.strange.push(`a decision about nothing was answered ${status}`);
    return { ...answer, status: first.status, body: first };
  }

  /** Edits what the applicant sees, and again where somebody else was quicker. */
  async edit(person: string, path: string, body: unknown): Promise<Answer> {
    for (;;) {
      const seen = await this.get(person, path);
      const answer = await this.ask(person, (api) =>
        api.call('PATCH', path, body, { 'if-match': seen.headers.get('etag') ?? '' }),
      );
      if (answer.status !== 412) return answer;
    }
  }
}
