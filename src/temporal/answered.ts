import { type Client, isGrpcServiceError, WorkflowNotFoundError } from '@temporalio/client';
import { KeygrantError } from '../domain/errors.ts';

/** Waits at most five seconds for Temporal, and says in our own words what went wrong. */
export async function answered<T>(client: Client, call: () => Promise<T>): Promise<T> {
  try {
    return await client.connection.withDeadline(Date.now() + 5_000, call);
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) throw new KeygrantError('too-late');
    const cause = error instanceof Error && isGrpcServiceError(error.cause) ? error.cause : error;
    if (isGrpcServiceError(cause)) {
      throw new KeygrantError('workflow-unavailable', {
        en: 'The workflow service does not answer. Nothing is lost: try again in a moment, the same request is safe to repeat.',
        'zh-TW': '流程服務沒有回應。資料沒有遺失：請稍後再試，可以放心重複相同的要求。',
      });
    }
    throw error;
  }
}
