import type { Client } from '@temporalio/client';
import { draft } from '../support/applications.ts';
import type { Ledger } from './ledger.ts';
import { until } from './patience.ts';
import { type ApplicationPlan, type ChangePlan, reviewersOf } from './plan.ts';
import type { Portal } from './portal.ts';
import { Review } from './review.ts';

export interface Surroundings {
  portal: Portal;
  ledger: Ledger;
  client: Client;
}

/** Walks one application through its plan, and what is applied for about its key: all its people's parts, whatever happens to the product meanwhile. */
export async function walk(
  surroundings: Surroundings,
  number: number,
  { applicant, clientId, rounds, last, changes }: ApplicationPlan,
): Promise<void> {
  const review = await Review.begin(
    surroundings,
    String(number),
    applicant,
    draft({ clientId, keyName: `Key ${number}` }),
    rounds[0]?.doubled,
  );
  await review.walk(rounds, (round) => ({ quota: 1000 + round }));
  if (last !== 'nothing') await stopMail(review, last);
  const { state, key } = await review.look();
  if (key !== null && (state === 'issued' || state === 'delivered'))
    await Promise.all(
      changes.map((change, at) =>
        walkChange(surroundings, `${number}.${at}`, applicant, key.id, change, 2000 + 100 * at),
      ),
    );
}

async function walkChange(
  surroundings: Surroundings,
  name: string,
  applicant: string,
  keyId: string,
  { kind, rounds }: ChangePlan,
  quota: number,
): Promise<void> {
  const content = (round: number) => ({
    description: `For the ${round + 1}. time.`,
    ...(kind === 'update' && { quota: quota + round }),
  });
  const first = { kind, keyId, ...content(0) };
  const review = await Review.begin(surroundings, name, applicant, first, rounds[0]?.doubled);
  await review.walk(rounds, content);
}

async function stopMail(review: Review, last: ApplicationPlan['last']): Promise<void> {
  const { applicant } = review;
  const reviewer = reviewersOf('north')[1] ?? applicant;
  if ((await review.look()).state !== 'issued') return;
  if (last === 'recall') await review.act(applicant, 'recall');
  else if (last === 'hold-and-recall-at-once')
    await Promise.all([review.act(applicant, 'hold'), review.act(reviewer, 'recall')]);
  else await review.act(applicant, 'hold');
  const end = last === 'hold-release' ? 'release' : 'recall';
  await until(async () => {
    const { state, heldBy } = await review.look();
    if (state !== 'issued' || heldBy === null) return true;
    await review.act(applicant, end);
    return false;
  }, `the mail of ${review.id} to be held back no longer`);
}
