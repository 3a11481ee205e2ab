import {
  condition,
  continueAsNew,
  isCancellation,
  proxyActivities,
  setCurrentDetails,
  sleep,
  workflowInfo,
} from '@temporalio/workflow';
import type { DeliveryPosition } from '../activities/deliveries.ts';
import type { Activities } from '../activities/index.ts';
import { openInbox } from './inbox.ts';
import { sendMail } from './mails.ts';
import { wake } from './messages.ts';
import { readable } from './readable.ts';

const { recordSignal, followDelivery } = proxyActivities<Activities>({
  startToCloseTimeout: '20 seconds',
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '1 minute' },
});
/** One attempt: after it the mail is tried again as it was before. */
const { hurryMail } = proxyActivities<Activities>({
  startToCloseTimeout: '2 minutes',
  heartbeatTimeout: '10 seconds',
  retry: { maximumAttempts: 1 },
});

/**
 * What comes after the credentials have been mailed, or while they cannot be: mailing them again, another address, a link
 * that is reminded of and expires; and the delivery of a new secret. Started by whoever asks for something, by the application
 * for its link, or by the key; ends when nothing is left to wait for, and is started again by the next who asks.
 */
export async function delivery(input: string): Promise<void> {
  const applicationId = readable(input);
  const { runId } = workflowInfo();
  let woken = false;
  const inbox = openInbox({ [wake.name]: () => (woken = true) });
  /** Mails that wait for their time, or are being sent. */
  const sending = new Set<string>();
  let position = await follow();

  void inbox.forEach(async (message, number) => {
    const signal = { applicationId, signal: `${runId}/${number}`, at: now(), ...message };
    const { name } = message;
    const { outcome } = await recordSignal.executeWithOptions({ summary: `Record signal ${name}` }, [signal]);
    if (name === 'resend' && outcome === 'recorded') await hurry();
    position = await follow();
  });

  for (;;) {
    const { wakeAt } = position;
    const seen = position;
    const changed = () => woken || position !== seen || workflowInfo().continueAsNewSuggested;
    await inbox.settled();
    if (woken) {
      woken = false;
      position = await follow();
      continue;
    }
    if (!position.open && sending.size === 0) return;
    if (workflowInfo().continueAsNewSuggested && sending.size === 0)
      return continueAsNew<typeof delivery>(applicationId);
    const left = wakeAt === null ? undefined : Math.max(Date.parse(wakeAt) - Date.now(), 1);
    if (left === undefined) await condition(changed);
    else if (!(await condition(changed, left, { summary: `Look at the link at ${wakeAt}` })))
      position = await follow();
  }

  /** Does what is due, begins to send what is to be sent, and says what is left. */
  async function follow(): Promise<DeliveryPosition> {
    const next = await followDelivery.executeWithOptions({ summary: 'See what is left to do' }, [
      applicationId,
      now(),
    ]);
    setCurrentDetails(next.words);
    for (const mail of next.mails) if (!sending.has(mail.id)) void send(mail);
    return next;
  }

  async function send({ id, kind, dueAt }: DeliveryPosition['mails'][number]): Promise<void> {
    sending.add(id);
    try {
      const left = dueAt === null ? 0 : Date.parse(dueAt) - Date.now();
      if (left > 0) await sleep(left, { summary: `Mail due at ${dueAt}` });
      await sendMail.executeWithOptions({ summary: `Mail: ${kind}` }, [id, true]);
      sending.delete(id);
      position = await follow();
    } catch (error) {
      // The workflow itself was cancelled, by an operator.
      if (!isCancellation(error)) throw error;
    }
  }

  /** A failure is on record, as every attempt is, and changes nothing. */
  async function hurry(): Promise<void> {
    await hurryMail
      .executeWithOptions({ summary: 'Try the mail now' }, [applicationId])
      .catch((error: unknown) => {
        if (isCancellation(error)) throw error;
      });
  }
}

/** The workflow's time, which a replay repeats. */
function now(): string {
  return new Date().toISOString();
}
