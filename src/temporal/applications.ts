import {
  type Client,
  isGrpcServiceError,
  WorkflowExecutionAlreadyStartedError,
  WorkflowNotFoundError,
} from '@temporalio/client';
import type { application } from '../../workflows/application.ts';
import { signals, submit } from '../../workflows/messages.ts';
import { clientAttribute, stateAttribute } from '../../workflows/search-attributes.ts';
import { type SignedDecision, signalOf } from '../domain/decision.ts';
import { KeygrantError } from '../domain/errors.ts';

/** The fields of a submission that its workflow takes. */
type Submission = Parameters<typeof application>[0];

export type ApplicationProcesses = ReturnType<typeof createApplicationProcesses>;

/** How the API asks for things to happen. */
export function createApplicationProcesses(client: Client, taskQueue: string) {
  return {
    /**
     * Submits: starts the application's workflow, whose id is the application's. While one runs, it is told instead: it
     * knows its own submission when it comes again, and is followed by a run for the next one. openReview judges whether
     * a submission may open a round.
     */
    async submit(submission: Submission, about: { clientId: string; title: string }): Promise<void> {
      const start = () =>
        client.workflow.start<typeof application>('application', {
          workflowId: submission.applicationId,
          taskQueue,
          args: [submission],
          workflowIdReusePolicy: 'ALLOW_DUPLICATE',
          workflowIdConflictPolicy: 'FAIL',
          staticSummary: about.title,
          typedSearchAttributes: [
            { key: clientAttribute, value: about.clientId },
            { key: stateAttribute, value: 'draft' },
          ],
          memo: { requestId: submission.requestId },
        });
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
      await answered(deliver);
    },

    /** Signals a decision. One that comes after the workflow has ended is refused: nothing waits for it. */
    async decide(decision: SignedDecision): Promise<void> {
      await answered(() =>
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

  /** Waits at most five seconds for Temporal, and says in our own words what went wrong. */
  async function answered<T>(call: () => Promise<T>): Promise<T> {
    try {
      return await client.connection.withDeadline(Date.now() + 5_000, call);
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) throw new KeygrantError('too-late');
      const cause = error instanceof Error && isGrpcServiceError(error.cause) ? error.cause : error;
      if (isGrpcServiceError(cause)) {
        throw new KeygrantError(
          'workflow-unavailable',
          'The workflow service does not answer. Nothing is lost: try again in a moment, the same request is safe to repeat.',
        );
      }
      throw error;
    }
  }
}
