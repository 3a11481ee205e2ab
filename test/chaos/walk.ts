import type { Client } from '@temporalio/client';
import { draft } from '../support/applications.ts';
import type { Ledger } from './ledger.ts';
import { makeMischief } from './mischief.ts';
import { type ApplicationPlan, type RoundPlan, reviewersOf } from './plan.ts';
import type { Portal } from './portal.ts';

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** What an application looks like to its people. */
interface Seen {
  state: string;
  round: number;
  level: number | null;
  digest: string;
  applicant: { id: string };
  heldBy: string | null;
  refusal: { code: string } | null;
  levels: { approvals: number; reviewers: { roles: string[] }; decisions: { by: { id: string } }[] }[];
}

/** Walks one application through its plan, all its people's parts, whatever happens to the product meanwhile. */
export async function walk(
  { portal, ledger, client }: { portal: Portal; ledger: Ledger; client: Client },
  number: number,
  plan: ApplicationPlan,
): Promise<string> {
  const { applicant, clientId, rounds, last } = plan;
  let said = 0;
  const created = await portal.post(
    applicant,
    '/v1/applications',
    draft({ clientId, keyName: `Key ${number}` }),
    {
      twice: rounds[0]?.doubled ?? false,
    },
  );
  if (created.status > 201)
    throw new Error(`draft ${number}: ${created.status} ${JSON.stringify(created.body)}`);
  const id: string = created.body.id;
  const path = `/v1/applications/${id}`;
  ledger.accepted.push({ applicationId: id, what: 'draft' });
  const look = async (person = applicant): Promise<Seen> => (await portal.get(person, path)).body;

  for (const [index, round] of rounds.entries()) {
    if (index > 0) {
      const edited = await portal.edit(applicant, path, { quota: 1000 + index });
      if (edited.status === 200) ledger.accepted.push({ applicationId: id, what: 'edit' });
    }
    await submit(index + 1, round);
    await decideLevels(index + 1, round);
    if ((await look()).state !== 'returned') break;
  }
  if (last !== 'nothing') await stopMail();
  return id;

  async function submit(count: number, { doubled }: RoundPlan): Promise<void> {
    const answer = await portal.post(applicant, `${path}/submission`, undefined, { twice: doubled });
    if (answer.status > 202) {
      ledger.strange.push(`submission ${count} of ${id}: ${answer.status} ${JSON.stringify(answer.body)}`);
      return;
    }
    ledger.accepted.push({ applicationId: id, what: 'submission', round: count });
    await until(async () => (await look()).round >= count, `submission ${count} of ${id} to be opened`);
  }

  async function decideLevels(count: number, plan: RoundPlan): Promise<void> {
    const tried = new Set<string>();
    await until(async () => {
      const seen = await look();
      if (seen.round !== count || seen.state !== 'pending' || seen.level === null) return true;
      const level = seen.levels[seen.level - 1];
      const decided = new Set(seen.levels.flatMap(({ decisions }) => decisions.map(({ by }) => by.id)));
      const free = (level?.reviewers.roles ?? [])
        .flatMap(reviewersOf)
        .filter(
          (person) => person !== applicant && !decided.has(person) && !tried.has(`${seen.level} ${person}`),
        );
      const [one, other] = free;
      if (one === undefined) {
        // All have tried: what they sent is on its way.
        await pause(300);
        return false;
      }
      await pause(plan.thinkMs);
      await makeMischief(client, id, plan.mischief);
      const there = seen.level === Math.min(plan.atLevel, seen.levels.length);
      const verdict = there && (plan.end === 'deny' || plan.end === 'return') ? plan.end : 'approve';
      const press = plan.press[seen.level - 1] ?? 'one';
      const by = (person: string, act: string) => {
        tried.add(`${seen.level} ${person}`);
        return decide(person, act, seen, plan.doubled);
      };
      if (there && plan.end === 'withdraw') await act(applicant, 'withdrawal');
      else if (there && plan.end === 'withdraw-at-once')
        await Promise.all([by(one, 'approve'), act(applicant, 'withdrawal')]);
      else if (press === 'two' && other) await Promise.all([by(one, verdict), by(other, verdict)]);
      else if (press === 'two-against' && other) {
        const against = verdict === 'approve' ? 'deny' : 'approve';
        await Promise.all([by(one, verdict), by(other, there ? against : 'approve')]);
      } else await by(one, verdict);
      return false;
    }, `round ${count} of ${id} to be decided`);
  }

  async function stopMail(): Promise<void> {
    const reviewer = reviewersOf('north')[1] ?? applicant;
    await until(async () => (await look()).state !== 'approved', `${id} to be issued`);
    if ((await look()).state !== 'issued') return;
    if (last === 'recall') await act(applicant, 'recall');
    else if (last === 'hold-and-recall-at-once')
      await Promise.all([act(applicant, 'hold'), act(reviewer, 'recall')]);
    else await act(applicant, 'hold');
    const end = last === 'hold-release' ? 'release' : 'recall';
    for (let seen = await look(); seen.state === 'issued' && seen.heldBy !== null; seen = await look())
      await act(applicant, end);
  }

  function decide(person: string, verdict: string, { level, digest }: Seen, twice: boolean): Promise<void> {
    return act(person, 'decisions', { verdict, level, digest }, verdict, twice);
  }

  async function act(
    person: string,
    what: string,
    body: Record<string, unknown> = {},
    name = what === 'withdrawal' ? 'withdraw' : what,
    twice = false,
  ): Promise<void> {
    said += 1;
    const comment = `${number}.${said} ${person} ${name}`;
    ledger.intents.push({ applicationId: id, personId: person, act: name, comment });
    const answer = await portal.post(person, `${path}/${what}`, { ...body, comment }, { known: true, twice });
    if (answer.status > 202) return;
    const { decisionId, outcome } = answer.body;
    const recorded = outcome === 'recorded';
    ledger.accepted.push({ applicationId: id, what: 'decision', decisionId, recorded, comment });
  }
}

async function until(done: () => Promise<boolean>, what: string): Promise<void> {
  const end = Date.now() + 1_200_000;
  for (let wait = 50; !(await done()); wait = Math.min(wait * 2, 1_000)) {
    if (Date.now() > end) throw new Error(`it took longer than twenty minutes for ${what}`);
    await pause(wait);
  }
}
