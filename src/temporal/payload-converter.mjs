// Plain JavaScript, because Temporal loads this file itself, with Node's own `require`, in the worker and in its bundle.
import { DefaultPayloadConverter } from '@temporalio/common';

/**
 * Temporal's own converter, but for what cannot be read: that becomes this marker instead of an error. Anybody with
 * access to Temporal can send a signal that is not JSON, and an error while a signal is read would stop its workflow
 * for good. The workflow records the marker as what it is: not a decision.
 */
const unreadable = Object.freeze({ unreadable: true });

class TolerantPayloadConverter extends DefaultPayloadConverter {
  /** @param {import('@temporalio/common').Payload} payload */
  fromPayload(payload) {
    try {
      return super.fromPayload(payload);
    } catch {
      return unreadable;
    }
  }
}

/** The name that Temporal looks for in the file that `payloadConverterPath` names. */
export const payloadConverter = new TolerantPayloadConverter();
