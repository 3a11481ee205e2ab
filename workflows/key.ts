import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import {
  condition,
  continueAsNew,
  getExternalWorkflowHandle,
  isCancellation,
  proxyActivities,
  setCurrentDetails,
  startChild,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow';
import type { Activities } from '../activities/index.ts';
import type { KeyPosition } from '../activities/key-life.ts';
import { deliveryId } from '../src/domain/ids.ts';
import type { KeyState } from '../src/domain/key-states.ts';
import { delivery } from './delivery.ts';
import { openInbox } from './inbox.ts';
import { sendMail } from './mails.ts';
import { wake } from './messages.ts';
import { readable } from './readable.ts';
import { clientAttribute, dueAttribute, stateAttribute } from './search-attributes.ts';

/** Writes to the database are tried until they succeed, as those of applications are. */
const { followKey, recordKeySignal } = proxyActivities<Activities>({
  startToCloseTimeout: '20 seconds',
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '1 minute' },
});

/**
 * The life of an issued key: reminders of its last day, warnings of its quota, new secrets with the grace of those before,
 * suspensions, leaks, and its end. The database says where it stands, and its dates alone decide what it opens; this says
 * when to look and does what people ask for. Started for every key; a change that revives an expired one starts it again.
 * Answers with how the key ended.
 */
export async function key(input: string): Promise<KeyState> {
  const keyId = readable(input);
  const { runId } = workflowInfo();
  let woken = false;
  const inbox = openInbox({ [wake.name]: () => (woken = true) });
  /** Mails that are being sent. */
  const sending = new Set<string>();
  let shown: KeyPosition | undefined;
  let position = await follow();

  void inbox.forEach(async (message, number) => {
    // With its moment: a run that was restored from a backup counts anew.
    const signal = { keyId, signal: `${runId}/${number}/${message.arrivedAt}`, at: now(), ...message };
    const summary = `Record signal ${message.name}`;
    const outcome = await recordKeySignal.executeWithOptions({ summary }, [signal]);
    position = await follow();
    const isNewSecret = message.name === 'rotate' || message.name === 'reissue';
    if (outcome === 'recorded' && isNewSecret) await handOver(position.applicationId);
  });

  for (;;) {
    await inbox.settled();
    if (woken) {
      woken = false;
      position = await follow();
      continue;
    }
    const idle = sending.size === 0;
    if (position.over && idle) return position.state;
    if (workflowInfo().continueAsNewSuggested && idle) return continueAsNew<typeof key>(keyId);
    const seen = position;
    const busy = sending.size;
    const changed = () =>
      woken || position !== seen || sending.size !== busy || workflowInfo().continueAsNewSuggested;
    const { wakeAt } = position;
    const left = wakeAt === null ? undefined : Math.max(Date.parse(wakeAt) - Date.now(), 1);
    if (left === undefined || position.over) await condition(changed);
    else if (!(await condition(changed, left, { summary: `Look again at ${wakeAt}` })))
      position = await follow();
  }

  /** Does what is due, begins to mail what is to be mailed, and says what is left. */
  async function follow(): Promise<KeyPosition> {
    const next = await followKey.executeWithOptions({ summary: 'See what is due' }, [keyId, now()]);
    show(next);
    for (const mail of next.mails) if (!sending.has(mail.id)) void send(mail);
    return next;
  }

  async function send({ id, kind }: KeyPosition['mails'][number]): Promise<void> {
    sending.add(id);
    try {
      await sendMail.executeWithOptions({ summary: `Mail: ${kind}` }, [id, true]);
      sending.delete(id);
    } catch (error) {
      // The workflow itself was cancelled, by an operator.
      if (!isCancellation(error)) throw error;
    }
  }

  /** Shows operators where the key stands: in words on its page, and as attributes that they can search by. */
  function show(next: KeyPosition): void {
    setCurrentDetails(next.words);
    const told = shown?.state === next.state && shown.wakeAt === next.wakeAt;
    shown = next;
    // Each change is an event in the history.
    if (told) return;
    upsertSearchAttributes([
      { key: clientAttribute, value: next.clientId },
      { key: stateAttribute, value: next.state },
      { key: dueAttribute, value: next.wakeAt === null ? null : new Date(next.wakeAt) },
    ]);
  }
}

/** A new secret is delivered as the first one was: by the workflow that follows the delivery, which may be running. */
async function handOver(applicationId: string): Promise<void> {
  for (;;) {
    const workflowId = deliveryId(applicationId);
    try {
      await startChild(delivery, { workflowId, args: [applicationId], parentClosePolicy: 'ABANDON' });
      return;
    } catch (error) {
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    }
    try {
      await getExternalWorkflowHandle(workflowId).signal(wake);
      return;
    } catch (error) {
      // It has ended in between, so now it can be started.
      if (isCancellation(error)) throw error;
    }
  }
}

/** The workflow's time, which a replay repeats. */
function now(): string {
  return new Date().toISOString();
}
