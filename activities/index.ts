import type { Dependencies } from './dependencies.ts';
import { createKeyActivities } from './keys.ts';
import { createMailActivities } from './mails.ts';
import { createReviewActivities } from './review.ts';

/** Every side effect that workflows can ask for. */
export function createActivities(dependencies: Dependencies) {
  return {
    ...createReviewActivities(dependencies),
    ...createKeyActivities(dependencies),
    ...createMailActivities(dependencies),
  };
}

export type Activities = ReturnType<typeof createActivities>;
