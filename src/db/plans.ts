import type { ApplicationContent } from '../domain/application.ts';
import { chooseFlow, skippedLevels } from '../domain/flows.ts';
import type { Words } from '../domain/languages.ts';
import type { Person } from '../domain/people.ts';
import { undecidableLevel } from '../domain/reviewers.ts';
import type { Queryable } from './database.ts';
import { type Flow, listFlows } from './flows.ts';
import { reviewersOf } from './people.ts';

/** How an application would be reviewed if it were submitted now. */
export interface Plan {
  flow: Flow;
  /** Numbers of the levels that it passes by. */
  skipped: number[];
  /** Everybody who reviews a level of the flow. */
  reviewers: Person[];
  /** Why it cannot be submitted; undefined when every level could be decided. */
  trouble: Words | undefined;
}

/**
 * The plan for an application: by the flow that applies to it, or by one that is given.
 * @returns undefined where no flow is stored that applies
 */
export async function planFor(
  db: Queryable,
  content: ApplicationContent,
  applicantId: string,
  given?: Flow,
): Promise<Plan | undefined> {
  const flow = given ?? chooseFlow(await listFlows(db), content);
  if (!flow) return undefined;
  const skipped = skippedLevels(flow.levels, content);
  const reviewers = await reviewersOf(db, flow.levels);
  const level = undecidableLevel(flow.levels, flow.repeatedReviewers, reviewers, applicantId, skipped);
  const name = level && flow.levels[level - 1]?.name;
  const trouble =
    level === undefined
      ? undefined
      : {
          en: `Level ${level} (${name}) has too few reviewers besides the applicant; an admin can change the flow ${flow.id}.`,
          'zh-TW': `第 ${level} 關（${name}）除了申請人之外，審核人不足；管理員可以修改流程 ${flow.id}。`,
        };
  return { flow, skipped, reviewers, trouble };
}

/** What is said where {@link planFor} finds no flow. */
export const noFlowTrouble = {
  en: 'There is no approval flow that applies; an admin must store one named default.',
  'zh-TW': '沒有適用的審核流程；管理員必須儲存名為 default 的流程。',
};
