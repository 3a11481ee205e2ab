import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import {
  CancellationScope,
  condition,
  continueAsNew,
  isCancellation,
  patched,
  proxyActivities,
  setCurrentDetails,
  startChild,
  workflowInfo,
} from '@temporalio/workflow';
import type { Activities } from '../activities/index.ts';
import type { Position } from '../activities/position.ts';
import type { ApplicationState } from '../src/domain/application-states.ts';
import { deliveryId } from '../src/domain/ids.ts';
import type { SignedSubmission } from '../src/domain/submission.ts';
import { delivery } from './delivery.ts';
import { openInbox } from './inbox.ts';
import { reviewerMails, sendMail } from './mails.ts';
import { submit } from './messages.ts';
import { readable } from './readable.ts';
import { awaitResubmission } from './resubmission.ts';
import { show } from './show.ts';

/** Writes to the database are tried until they succeed: an application waits out an outage, it never fails. */
const { openReview, recordSignal, remindReviewers, escalate, lapse, issueKey, changeKey } =
  proxyActivities<Activities>({
    startToCloseTimeout: '20 seconds',
    retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '1 minute' },
  });

/**
 * One round of an application: from its submission through its levels to the mailed key, or to whatever ends it before.
 * The database says where it stands; this says what happens next. Answers with the state in which it ended.
 * @param round what names the round: the run that it began with, or the one that it followed
 */
export async function application(
  submission: SignedSubmission,
  round: string = workflowInfo().firstExecutionRunId,
): Promise<ApplicationState | 'refused'> {
  const { applicationId } = readable(submission);
  const { runId } = workflowInfo();
  const resubmission = awaitResubmission(submission);
  const inbox = openInbox({ [submit.name]: resubmission.take });
  const mailReviewers = reviewerMails();
  /** What was done about which level once, even where nobody could be found to tell. */
  const done = new Set<string>();

  const opened = await openReview.executeWithOptions({ summary: 'Open the review' }, [
    submission,
    round,
    now(),
  ]);
  if ('refused' in opened) {
    setCurrentDetails(`The submission was refused: ${opened.refused}.`);
    return followed() ?? 'refused';
  }
  let position: Position = opened;
  show(opened);
  mailReviewers(opened);
  const reach = (next: Position) => {
    // Answers can overtake one another; the database counts the changes.
    if (next.revision < position.revision) return;
    show(next, position);
    mailReviewers(next);
    position = next;
  };
  void inbox.forEach(async (message, number) => {
    const recorded = await recordSignal.executeWithOptions({ summary: `Record signal ${message.name}` }, [
      { applicationId, signal: `${runId}/${number}`, at: now(), ...message },
    ]);
    reach(recorded.position);
  });

  while (position.state === 'pending' && !workflowInfo().continueAsNewSuggested) await decidedOrDue();
  await inbox.settled();
  // Nothing is lost by a fresh history: openReview finds this round opened and answers where it stands.
  if (position.state === 'pending') return continueAsNew<typeof application>(submission, round);

  if (position.state === 'approved' && position.kind !== undefined && position.kind !== 'apply') {
    reach(
      await changeKey.executeWithOptions({ summary: `Carry out: ${position.kind}` }, [applicationId, now()]),
    );
  }
  // Issued already, too: after a reset the answer says when the mail is due.
  if (position.state === 'approved' || position.state === 'issued') {
    const issued = await issueKey.executeWithOptions({ summary: 'Issue the key' }, [applicationId, now()]);
    reach(issued);
    const dueAt = Date.parse(issued.deliveryDueAt ?? now());
    while (position.state === 'issued' && position.mailIds.length > 0) {
      const stopped = () => position.held || position.state !== 'issued';
      if (position.held) await condition(() => !position.held);
      else if (Date.now() < dueAt)
        await condition(stopped, dueAt - Date.now(), { summary: `Mail due at ${issued.deliveryDueAt}` });
      else await mailUntil(stopped);
    }
  }
  // A mail about the return that cannot leave must not keep the applicant from submitting again.
  if (position.state === 'returned')
    await Promise.race([mail(), condition(() => resubmission.next() !== undefined)]);
  else if (position.state !== 'delivered') await mail();
  if (position.linked) await followLink();
  // A signal that came late is put on record, too, before the end.
  await inbox.settled();
  return (position.state === 'returned' ? followed() : undefined) ?? position.state;

  /** Goes on to the next round where it was submitted already: its submission is that of a run of its own. */
  function followed(): Promise<never> | undefined {
    const next = resubmission.next();
    return next && continueAsNew<typeof application>(next, `after ${runId}`);
  }

  /** Waits until the open level is decided, or does what it is time for. */
  async function decidedOrDue(): Promise<void> {
    const { level } = position;
    const moved = () =>
      position.state !== 'pending' || position.level !== level || workflowInfo().continueAsNewSuggested;
    const next = deadlines(position).find(({ what }) => !done.has(`${what} ${level}`));
    if (next === undefined) return condition(moved);
    const left = Math.max(Date.parse(next.at) - Date.now(), 1);
    if (await condition(moved, left, { summary: `${next.what} at ${next.at}` })) return;
    done.add(`${next.what} ${level}`);
    reach(await next.act.executeWithOptions({ summary: next.what }, [applicationId, level ?? 0, now()]));
  }

  /** A link that was mailed is reminded of, and expires, long after this has ended. */
  async function followLink(): Promise<void> {
    try {
      await startChild(delivery, {
        workflowId: deliveryId(applicationId),
        args: [applicationId],
        parentClosePolicy: 'ABANDON',
      });
    } catch (error) {
      // Somebody has asked for something about the delivery before: it is followed already.
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    }
  }

  /** Tries the mail until it has left, or somebody stops it: the next one who asks for it does not wait for an old try. */
  async function mailUntil(stopped: () => boolean): Promise<void> {
    const tries = new CancellationScope();
    const mailed = tries.run(mail);
    const wasStopped = await Promise.race([mailed.then(() => false), condition(stopped).then(() => true)]);
    if (wasStopped && patched('stopped tries')) tries.cancel();
    await mailed.catch((error: unknown) => {
      if (!isCancellation(error) || !stopped()) throw error;
    });
  }

  /** Sends the mails that the present state asks for. */
  async function mail(): Promise<void> {
    for (const mailId of position.mailIds) {
      const after = await sendMail.executeWithOptions({ summary: `Mail: ${position.state}` }, [mailId]);
      if (after) reach(after);
    }
  }
}

/** What is to be done about the open level if nobody decides it, soonest first. */
function deadlines({ remindAt, escalateAt, lapseAt }: Position) {
  return [
    { what: 'Reminder due', at: remindAt, act: remindReviewers },
    { what: 'Escalation due', at: escalateAt, act: escalate },
    { what: 'It lapses', at: lapseAt, act: lapse },
  ]
    .flatMap(({ at, ...deadline }) => (at ? [{ ...deadline, at }] : []))
    .toSorted((a, b) => (a.at < b.at ? -1 : 1));
}

/** The workflow's time, which a replay repeats. */
function now(): string {
  return new Date().toISOString();
}
