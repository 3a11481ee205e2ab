// Plain JavaScript, because Temporal loads this file itself, with Node's own `require`, in the worker and in its bundle.
import { DefaultPayloadConverter } from '@temporalio/common';
import { decode } from '@temporalio/common/lib/encoding.js';

/** No decision is longer, so of what is, nothing is kept. */
const longest = 16 * 1024;

/**
 * Temporal's own converter, but for what cannot be read: that becomes this marker instead of an error. Anybody with
 * access to Temporal can send a signal that is not JSON or that claims to be encrypted, and an error while a signal is
 * read would stop its workflow for good. The workflow records the marker as what it is: not a decision.
 *
 * What the codec has left encrypted is kept in the marker: perhaps the key is on its way to this worker (a rotation),
 * and the activity that records the signal can open it.
 */
class TolerantPayloadConverter extends DefaultPayloadConverter {
  /** @param {import('@temporalio/common').Payload} payload */
  fromPayload(payload) {
    try {
      return super.fromPayload(payload);
    } catch {
      return { unreadable: true, ...sealedIn(payload) };
    }
  }
}

/** @param {import('@temporalio/common').Payload} payload anything at all: it is forged where it comes from a forger */
function sealedIn(payload) {
  try {
    const { metadata, data } = payload;
    const version = decode(metadata['encryption-key-id']);
    if (!/^[1-9]\d{0,5}$/.test(version) || data.length > longest) return {};
    const hex = Array.from(data, (byte) => byte.toString(16).padStart(2, '0')).join('');
    return { sealed: { keyVersion: Number(version), bytes: hex } };
  } catch {
    return {};
  }
}

/** The name that Temporal looks for in the file that `payloadConverterPath` names. */
export const payloadConverter = new TolerantPayloadConverter();
