import { makeMischief } from './mischief.ts';
import { pause, until } from './patience.ts';
import { deputies, type RoundPlan, reviewersOf } from './plan.ts';
import type { Surroundings } from './walk.ts';

/** What an application looks like to its people. */
interface Seen {
  state: string;
  round: number;
  level: number | null;
  digest: string;
  heldBy: string | null;
  refusal: { code: string } | null;
  key: { id: string } | null;
  levels: { reviewers: { roles: string[] }; decisions: { by: { id: string } }[] }[];
}

/** An application that nobody knows, to stand among those that are decided at once. */
const nobodys = 'app_00000000000000000000';

/** One application and all who have to do with it, from its draft to the end of its review. */
export class Review {
  readonly id: string;
  readonly applicant: string;
  readonly #name: string;
  readonly #surroundings: Surroundings;
  readonly #path: string;
  /** A change of a key can be overtaken by its end, or by another change. */
  readonly #ofKey: boolean;
  #said = 0;

  private constructor(
    surroundings: Surroundings,
    name: string,
    applicant: string,
    id: string,
    ofKey: boolean,
  ) {
    this.#surroundings = surroundings;
    this.#name = name;
    this.applicant = applicant;
    this.id = id;
    this.#path = `/v1/applications/${id}`;
    this.#ofKey = ofKey;
  }

  /** Writes the draft. */
  static async begin(
    surroundings: Surroundings,
    name: string,
    applicant: string,
    content: Record<string, unknown>,
    twice = false,
  ): Promise<Review> {
    const { portal, ledger } = surroundings;
    const created = await portal.post(applicant, '/v1/applications', content, { twice });
    if (created.status > 201)
      throw new Error(`draft ${name}: ${created.status} ${JSON.stringify(created.body)}`);
    const id: string = created.body.id;
    ledger.accepted.push({ applicationId: id, what: 'draft' });
    return new Review(surroundings, name, applicant, id, 'keyId' in content);
  }

  async look(): Promise<Seen> {
    return (await this.#surroundings.portal.get(this.applicant, this.#path)).body;
  }

  /** Submits it, has it decided and carried out, and again as long as it comes back. */
  async walk(rounds: readonly RoundPlan[], content: (round: number) => Record<string, unknown>) {
    const { portal, ledger } = this.#surroundings;
    for (const [index, round] of rounds.entries()) {
      if (index > 0) {
        const edited = await portal.edit(this.applicant, this.#path, content(index));
        if (edited.status === 200) ledger.accepted.push({ applicationId: this.id, what: 'edit' });
      }
      if (!(await this.#submit(index + 1, round))) return;
      await this.#decideLevels(index + 1, round);
      await until(async () => (await this.look()).state !== 'approved', `${this.id} to be carried out`);
      if ((await this.look()).state !== 'returned') return;
    }
  }

  async #submit(count: number, { doubled }: RoundPlan): Promise<boolean> {
    const { portal, ledger } = this.#surroundings;
    const answer = await portal.post(this.applicant, `${this.#path}/submission`, undefined, {
      twice: doubled,
    });
    let refusal = answer.status > 202 ? `${answer.status} ${JSON.stringify(answer.body)}` : undefined;
    await until(async () => {
      if (refusal !== undefined) return true;
      const seen = await this.look();
      if (seen.refusal !== null) refusal = seen.refusal.code;
      return seen.round >= count;
    }, `submission ${count} of ${this.id} to be opened`);
    if (refusal === undefined) {
      ledger.accepted.push({ applicationId: this.id, what: 'submission', round: count });
      return true;
    }
    if (!this.#ofKey) ledger.strange.push(`submission ${count} of ${this.id}: ${refusal}`);
    return false;
  }

  async #decideLevels(count: number, plan: RoundPlan): Promise<void> {
    const tried = new Set<string>();
    await until(async () => {
      const seen = await this.look();
      if (seen.round !== count || seen.state !== 'pending' || seen.level === null) return true;
      const roles = seen.levels[seen.level - 1]?.reviewers.roles ?? [];
      const decided = new Set(seen.levels.flatMap(({ decisions }) => decisions.map(({ by }) => by.id)));
      const free = roles
        .flatMap(reviewersOf)
        .filter((person) => person !== this.applicant && !decided.has(person) && !tried.has(person));
      const [one, other] = free;
      if (one === undefined) {
        // All have tried: what they sent is on its way.
        await pause(300);
        return false;
      }
      await pause(plan.thinkMs);
      await makeMischief(this.#surroundings.client, this.id, plan.mischief);
      const there = seen.level === Math.min(plan.atLevel, seen.levels.length);
      const verdict = there && (plan.end === 'deny' || plan.end === 'return') ? plan.end : 'approve';
      const press = plan.press[seen.level - 1] ?? 'one';
      const by = (person: string, act: string) => {
        tried.add(person);
        return this.#decide(person, act, seen, plan);
      };
      const pair = deputies.find(({ role, delegator }) => roles.includes(role) && free.includes(delegator));
      if (there && plan.end === 'withdraw') await this.act(this.applicant, 'withdrawal');
      else if (there && plan.end === 'withdraw-at-once')
        await Promise.all([by(one, 'approve'), this.act(this.applicant, 'withdrawal')]);
      else if (press === 'one-voice' && pair)
        await Promise.all([by(pair.delegator, verdict), by(pair.deputy, verdict)]);
      else if (press === 'two' && other) await Promise.all([by(one, verdict), by(other, verdict)]);
      else if (press === 'two-against' && other) {
        const against = verdict === 'approve' ? 'deny' : 'approve';
        await Promise.all([by(one, verdict), by(other, there ? against : 'approve')]);
      } else await by(one, verdict);
      return false;
    }, `round ${count} of ${this.id} to be decided`);
  }

  async #decide(
    person: string,
    verdict: string,
    { level, digest }: Seen,
    { doubled, several }: RoundPlan,
  ): Promise<void> {
    const comment = this.#mean(person, verdict);
    const decision = { verdict, level, digest, comment };
    const { portal } = this.#surroundings;
    const both = [this.id, nobodys].map((applicationId) => ({ applicationId, ...decision }));
    const answer = await (several
      ? portal.post(
          person,
          '/v1/decisions',
          { decisions: both },
          { known: true, twice: doubled, first: true },
        )
      : portal.post(person, `${this.#path}/decisions`, decision, { known: true, twice: doubled }));
    this.#told(answer, comment);
  }

  /** Whatever is no verdict: withdrawal, hold, release, recall. */
  async act(person: string, what: 'withdrawal' | 'hold' | 'release' | 'recall'): Promise<void> {
    const comment = this.#mean(person, what === 'withdrawal' ? 'withdraw' : what);
    const { portal } = this.#surroundings;
    this.#told(await portal.post(person, `${this.#path}/${what}`, { comment }, { known: true }), comment);
  }

  /** Notes what somebody is about to do, under a comment like no other. */
  #mean(personId: string, act: string): string {
    this.#said += 1;
    const comment = `${this.#name}.${this.#said} ${personId} ${act}`;
    this.#surroundings.ledger.intents.push({ applicationId: this.id, personId, act, comment });
    return comment;
  }

  #told(answer: { status: number; body: { decisionId?: string; outcome?: string } }, comment: string): void {
    if (answer.status > 202) return;
    const { decisionId, outcome } = answer.body;
    this.#surroundings.ledger.accepted.push({
      applicationId: this.id,
      what: 'decision',
      ...(decisionId === undefined ? {} : { decisionId }),
      recorded: outcome === 'recorded',
      comment,
    });
  }
}
