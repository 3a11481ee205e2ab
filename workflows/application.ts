import {
  condition,
  continueAsNew,
  proxyActivities,
  setCurrentDetails,
  sleep,
  workflowInfo,
} from '@temporalio/workflow';
import type { Activities } from '../activities/index.ts';
import type { Position } from '../activities/position.ts';
import type { Submission } from '../activities/submissions.ts';
import type { ApplicationState } from '../src/domain/application-states.ts';
import { openInbox } from './inbox.ts';
import { mailReviewers, sendMail } from './mails.ts';
import { show } from './show.ts';

/** Writes to the database are tried until they succeed: an application waits out an outage, it never fails. */
const { openReview, recordSignal, issueKey } = proxyActivities<Activities>({
  startToCloseTimeout: '20 seconds',
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '1 minute' },
});

/**
 * One round of an application: from its submission through its levels to the mailed key, or to its denial or return.
 * The database says where it stands; this says what happens next. Answers with the state in which it ended.
 */
export async function application(submission: Submission): Promise<ApplicationState | 'refused'> {
  const { applicationId } = submission;
  const { firstExecutionRunId, runId } = workflowInfo();
  const inbox = openInbox();

  const opened = await openReview.executeWithOptions({ summary: 'Open the review' }, [
    submission,
    firstExecutionRunId,
    now(),
  ]);
  if ('refused' in opened) {
    setCurrentDetails(`The submission was refused: ${opened.refused}.`);
    return 'refused';
  }
  let position: Position = opened;
  const reach = (next: Position) => {
    show(next, position);
    mailReviewers(next, position);
    position = next;
  };
  show(opened);
  mailReviewers(opened);

  void inbox.forEach(async (message, number) => {
    const { position: next } = await recordSignal.executeWithOptions(
      { summary: `Record signal ${message.name}` },
      [{ applicationId, signal: `${runId}/${number}`, ...message }],
    );
    if (position.state === 'pending') reach(next);
  });

  await condition(() => position.state !== 'pending' || workflowInfo().continueAsNewSuggested);
  await inbox.settled();
  // Nothing is lost by a fresh history: openReview finds this round opened and answers where it stands.
  if (position.state === 'pending') return continueAsNew<typeof application>(submission);

  // Issued already, too: after a reset the answer says when the mail is due.
  if (position.state === 'approved' || position.state === 'issued') {
    const issued = await issueKey.executeWithOptions({ summary: 'Issue the key' }, [applicationId, now()]);
    reach(issued);
    await waitUntil(issued.deliveryDueAt);
  }
  for (const mailId of position.mailIds) {
    const sent = await sendMail.executeWithOptions({ summary: `Mail: ${position.state}` }, [mailId]);
    reach(sent);
  }
  // A signal that came late is put on record, too, before the end.
  await inbox.settled();
  return position.state;
}

/** The workflow's time, which a replay repeats. */
function now(): string {
  return new Date().toISOString();
}

/** Sleeps, durably, until a moment that may already have passed; null is no reason to wait. */
async function waitUntil(moment: string | null): Promise<void> {
  const remaining = moment === null ? 0 : Date.parse(moment) - Date.now();
  if (remaining > 0) await sleep(remaining, { summary: `Mail due at ${moment}` });
}
