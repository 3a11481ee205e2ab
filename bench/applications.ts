import { day } from './days.ts';
import { type Answer, knock } from './door.ts';

/** People of the bench by what they do, each with an access token. */
export interface Tokens {
  applicant: string;
  /** Of level 1 and level 2. */
  reviewers: readonly [string, string];
}

/** What a reviewer saw. */
export interface Submitted {
  id: string;
  digest: string;
}

/** Takes applications through the front door, as a portal and two reviewers do. */
export class Applications {
  readonly #baseUrl: string;
  readonly #tokens: Tokens;
  /** Answers that came before the outcome was on record, after the API's two seconds. */
  unknown = 0;

  constructor(baseUrl: string, tokens: Tokens) {
    this.#baseUrl = baseUrl;
    this.#tokens = tokens;
  }

  /** A complete draft of its own. */
  async draft(number: number): Promise<string> {
    const { body } = await this.#done(
      knock('POST', `${this.#baseUrl}/v1/applications`, this.#tokens.applicant, {
        clientId: 'acme',
        keyName: `Key ${number}`,
        description: 'The web shop shows customers their orders.',
        effectiveOn: day(0),
        expiresOn: day(90),
        quota: 1000,
        apiIds: ['orders-list', 'orders-read'],
      }),
    );
    return body.id;
  }

  /** Submits, and resolves when the review is open: on record. */
  async submit(id: string): Promise<Submitted> {
    const { status, body } = await this.#done(
      knock('POST', this.#path(id, 'submission'), this.#tokens.applicant),
    );
    if (status === 200) return { id, digest: body.digest };
    this.unknown += 1;
    const { digest } = await this.#until(id, ({ state }) => state === 'pending');
    return { id, digest };
  }

  /** Approves as the reviewer of a level, and resolves when that is on record. */
  async approve({ id, digest }: Submitted, level: 1 | 2): Promise<void> {
    const token = this.#tokens.reviewers[level - 1] ?? '';
    const { status } = await this.#done(
      knock('POST', this.#path(id, 'decisions'), token, { verdict: 'approve', level, digest }),
    );
    if (status === 200) return;
    this.unknown += 1;
    await this.#until(id, (seen) => seen.state !== 'pending' || seen.level !== level);
  }

  #path(id: string, what: string): string {
    return `${this.#baseUrl}/v1/applications/${id}/${what}`;
  }

  async #until(id: string, done: (seen: Answer['body']) => boolean): Promise<Answer['body']> {
    for (;;) {
      const { body } = await this.#done(
        knock('GET', `${this.#baseUrl}/v1/applications/${id}`, this.#tokens.applicant),
      );
      if (done(body)) return body;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  async #done(asked: Promise<Answer>): Promise<Answer> {
    const answer = await asked;
    if (answer.status > 202) throw new Error(`${answer.status}: ${JSON.stringify(answer.body)}`);
    return answer;
  }
}
