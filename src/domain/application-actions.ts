import { isEditable } from './application-states.ts';
import { deliveryActs, interventions, isDeliveryAct, verdicts } from './decision.ts';
import { type Delivery, judgeDelivery } from './delivery.ts';
import { type Decider, judge, type Review } from './review.ts';

/** Everything that people do to an application, by any of their roles. */
export const applicationActions = [
  'edit',
  'submit',
  'delete',
  ...verdicts,
  ...interventions,
  ...deliveryActs,
] as const;
type ApplicationAction = (typeof applicationActions)[number];

/**
 * What this person may do to the application now, by the judges that are asked when they do it; whatever must be written for
 * it is taken as written.
 * @param delivery undefined before the issue
 */
export function actionsOn(review: Review, delivery: Delivery | undefined, by: Decider): ApplicationAction[] {
  const { person } = by;
  const comment = 'why';
  const own = person.enabled && person.id === review.applicantId && person.roles.includes('applicant');
  const asSeen = { level: review.level ?? 0, digest: review.digest ?? '', comment };
  const asked = { comment, level: delivery?.mail?.occurrence ?? 0, address: delivery?.change?.email };
  return applicationActions.filter((act) => {
    if (act === 'edit' || act === 'submit') return own && isEditable(review.state);
    if (act === 'delete') return own && review.state === 'draft';
    if (!isDeliveryAct(act)) return !judge(review, by, { act, ...asSeen });
    return delivery !== undefined && !judgeDelivery(delivery, person, { act, ...asked });
  });
}
