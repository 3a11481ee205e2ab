import {
  type ConnectionLike,
  isGrpcServiceError,
  type WorkflowClientInterceptor,
  WorkflowNotFoundError,
} from '@temporalio/client';
import type { DataConverter } from '@temporalio/common';
import { encodeToPayloads, loadDataConverter } from '@temporalio/common/lib/internal-non-workflow/index.js';
import { type MasterKeys, signText } from '../crypto/master-keys.ts';

/** gRPC's code of what is not there. */
const notFound = 5;

interface Dependencies {
  connection: ConnectionLike;
  namespace: string;
  dataConverter: DataConverter;
  masterKeys: MasterKeys;
}

/**
 * Has Temporal take each decision once per run, however often it is sent: whoever repeats a request that was not answered in
 * time repeats its decision under the same id, and Temporal drops a signal whose request id it has taken. The SDK names
 * each call anew, so in an outage impatient callers filled histories with thousands of copies, which workers then had to
 * judge and to replay. The request id is signed, so that nobody else can use it up. Stands innermost: it makes the call.
 */
export function signalsOnce({
  connection,
  namespace,
  dataConverter,
  masterKeys,
}: Dependencies): WorkflowClientInterceptor {
  const converter = loadDataConverter(dataConverter);
  return {
    async signal(input, next) {
      const id = idIn(input.args[0]);
      if (id === undefined) return next(input);
      const { workflowExecution, signalName, headers } = input;
      const request = {
        namespace,
        identity: 'keygrant',
        workflowExecution,
        requestId: signText(masterKeys, 'signal 1', id),
        signalName,
        header: { fields: headers },
        input: { payloads: (await encodeToPayloads(converter, ...input.args)) ?? null },
      };
      await connection.workflowService.signalWorkflowExecution(request).catch((error: unknown) => {
        if (!isGrpcServiceError(error) || (error.code as number) !== notFound) throw error;
        const { workflowId } = workflowExecution;
        throw Object.assign(new WorkflowNotFoundError(error.message, workflowId, undefined), {
          cause: error,
        });
      });
    },
  };
}

function idIn(payload: unknown): string | undefined {
  const { id } = Object(payload) as { id?: unknown };
  return typeof id === 'string' ? id : undefined;
}
