// Plain JavaScript, because Temporal loads this file itself, with Node's own `require`, in the worker and in its bundle.
import { DefaultFailureConverter } from '@temporalio/common';

/**
 * Puts messages and stacks of failures into a payload, so that the codec encrypts them, too: an SMTP server's answer
 * quotes addresses. Temporal's own fields say "Encoded failure" then.
 */
export const failureConverter = new DefaultFailureConverter({ encodeCommonAttributes: true });
