import { DefaultPayloadConverter, type Payload, type PayloadConverter } from '@temporalio/common';

/**
 * Temporal's own converter, but for what cannot be read: that becomes this marker instead of an error. Anybody with
 * access to Temporal can send a signal that is not JSON, and an error while a signal is read would stop its workflow
 * for good. The workflow records the marker as what it is: not a decision.
 */
const unreadable = Object.freeze({ unreadable: true });

class TolerantPayloadConverter implements PayloadConverter {
  readonly #default = new DefaultPayloadConverter();

  toPayload<T>(value: T): Payload {
    return this.#default.toPayload(value);
  }

  fromPayload<T>(payload: Payload): T {
    try {
      return this.#default.fromPayload<T>(payload);
    } catch {
      return unreadable as T;
    }
  }
}

/** The name that Temporal looks for in the file that `payloadConverterPath` names. */
export const payloadConverter = new TolerantPayloadConverter();
