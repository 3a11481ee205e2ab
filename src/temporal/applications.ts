import { type Client, WorkflowExecutionAlreadyStartedError, WorkflowNotFoundError } from '@temporalio/client';
import type { application } from '../../workflows/application.ts';
import type { delivery } from '../../workflows/delivery.ts';
import { signals, submit } from '../../workflows/messages.ts';
import { clientAttribute, stateAttribute } from '../../workflows/search-attributes.ts';
import { type SignedDecision, signalOf } from '../domain/decision.ts';
import { KeygrantError } from '../domain/errors.ts';
import { deliveryId } from '../domain/ids.ts';
import { answered } from './answered.ts';

/** The fields of a submission that its workflow takes. */
type Submission = Parameters<typeof application>[0];

/** What operators see of an application in Temporal. */
interface About {
  clientId: string;
  title: string;
}

export type ApplicationProcesses = ReturnType<typeof createApplicationProcesses>;

/** How the API asks for things to happen. */
export function createApplicationProcesses(client: Client, taskQueue: string) {
  return {
    /**
     * Submits: starts the application's workflow, whose id is the application's. While one runs, it is told instead: it
     * knows its own submission when it comes again, and is followed by a run for the next one. openReview judges whether
     * a submission may open a round.
     */
    async submit(submission: Submission, about: About): Promise<void> {
      const start = () =>
        client.workflow.start<typeof application>('application', optionsOf(submission, about));
      const tell = () => client.workflow.getHandle(submission.applicationId).signal(submit, submission);
      const deliver = async (): Promise<unknown> =>
        start().catch((running: unknown) => {
          if (!(running instanceof WorkflowExecutionAlreadyStartedError)) throw running;
          return tell().catch((ended: unknown) => {
            if (!(ended instanceof WorkflowNotFoundError)) throw ended;
            // It has ended in between, so now it can be started.
            return deliver();
          });
        });
      await answered(client, deliver);
    },

    /**
     * Starts the workflow of a round again, in place of one that runs: it takes its place from the database. For what was
     * lost with a backup; see src/commands/reconcile.ts.
     * @param round as the database names it; undefined where the submission is yet to be opened
     * @param decisions as they were signed, to be judged and recorded in this order
     */
    async carryOn(
      submission: Submission,
      about: About,
      {
        round,
        decisions,
      }: { round: string | undefined; decisions: readonly { name: string; payload: unknown }[] },
    ): Promise<void> {
      await answered(client, async () => {
        const { workflowId } = await client.workflow.start<typeof application>('application', {
          ...optionsOf(submission, about),
          args: round === undefined ? [submission] : [submission, round],
          workflowIdConflictPolicy: 'TERMINATE_EXISTING',
        });
        for (const { name, payload } of decisions)
          await client.workflow.getHandle(workflowId).signal(name, payload);
      });
    },

    /** Ends the workflow of an application that there is no more; one that has ended already is left alone. */
    async giveUp(applicationId: string, why: string): Promise<void> {
      await answered(client, () => client.workflow.getHandle(applicationId).terminate(why)).catch(
        (error: unknown) => {
          if (!(error instanceof KeygrantError && error.code === 'too-late')) throw error;
        },
      );
    },

    /**
     * Signals what is done about a delivery to the workflow that follows it, which is started where none runs: the
     * application's own may have ended long ago.
     */
    async follow(decision: SignedDecision): Promise<void> {
      const { applicationId, act } = decision;
      await answered(client, () =>
        client.workflow.signalWithStart<typeof delivery, [SignedDecision]>('delivery', {
          workflowId: deliveryId(applicationId),
          taskQueue,
          args: [applicationId],
          signal: signals[signalOf(act)],
          signalArgs: [decision],
          workflowIdReusePolicy: 'ALLOW_DUPLICATE',
          staticSummary: `The delivery of ${applicationId}`,
        }),
      );
    },

    /** Signals a decision. One that comes after the workflow has ended is refused: nothing waits for it. */
    async decide(decision: SignedDecision): Promise<void> {
      await answered(client, () =>
        client.workflow
          .getHandle(decision.applicationId)
          .signal(signals[signalOf(decision.act)], { ...decision, sentAt: new Date().toISOString() }),
      );
    },

    /** Why Temporal cannot be reached; undefined when it answers. */
    async trouble(): Promise<string | undefined> {
      try {
        await client.connection.withDeadline(Date.now() + 2_000, () =>
          client.workflowService.getSystemInfo({}),
        );
        return undefined;
      } catch (error) {
        return (error as Error).message;
      }
    },
  };

  function optionsOf(submission: Submission, { clientId, title }: About) {
    return {
      workflowId: submission.applicationId,
      taskQueue,
      args: [submission] as [Submission],
      workflowIdReusePolicy: 'ALLOW_DUPLICATE' as const,
      workflowIdConflictPolicy: 'FAIL' as const,
      staticSummary: title,
      typedSearchAttributes: [
        { key: clientAttribute, value: clientId },
        { key: stateAttribute, value: 'draft' },
      ],
      memo: { requestId: submission.requestId },
    };
  }
}
