import type { Payload, PayloadCodec } from '@temporalio/common';
import { defaultPayloadConverter } from '@temporalio/common';
import { encode as bytesOf, decode as textOf } from '@temporalio/common/lib/encoding.js';
import proto from '@temporalio/proto';
import type { MasterKeys } from '../crypto/master-keys.ts';
import { createPayloadCipher, type SealedPayload } from '../crypto/payloads.ts';

const { Payload: PayloadMessage } = proto.temporal.api.common.v1;

/** Metadata of an encrypted payload, by the names that Temporal's own samples use. It is not secret. */
const encoding = bytesOf('binary/encrypted');
const keyName = 'encryption-key-id';

/** What became of a sealed payload that was read; `unknown-key` may change when this process gets new settings. */
export type Read = { value: unknown } | 'unknown-key' | 'not-ours';

export type Codec = ReturnType<typeof createCodec>;

/**
 * Encrypts everything that goes to Temporal: arguments, results, signals, failures, memos, summaries. Ids of workflows,
 * names of signals and search attributes stay in clear, so they hold no personal data.
 * @param encrypting false: new payloads stay in clear; encrypted ones are read all the same, as clear ones always are
 */
export function createCodec(keys: MasterKeys, { encrypting = true }: { encrypting?: boolean } = {}) {
  const cipher = createPayloadCipher(keys);

  const encode = (payload: Payload): Payload => {
    const { keyVersion, bytes } = cipher.seal(PayloadMessage.encode(payload).finish());
    return { metadata: { encoding, [keyName]: bytesOf(String(keyVersion)) }, data: bytes };
  };

  /** Throws for what claims to be encrypted and is not, or not for us. */
  const decode = (payload: Payload): Payload => {
    const sealed = sealedIn(payload);
    return sealed ? PayloadMessage.decode(cipher.open(sealed)) : payload;
  };

  /** Leaves as it is what cannot be opened. */
  const decodeWhatCanBe = (payload: Payload): Payload => {
    try {
      return decode(payload);
    } catch {
      return payload;
    }
  };

  const payloadCodec: PayloadCodec = {
    encode: async (payloads) => (encrypting ? payloads.map(encode) : payloads),
    /**
     * What was addressed to a workflow from outside (a signal) may be anything and must never fail its task: it stays
     * as it is, and the payload converter makes "not a decision" of it. All else we have written ourselves: where its
     * key is missing, failing and trying again until the key is there is right, and going on without it would be wrong.
     */
    decode: async (payloads, context) =>
      payloads.map(context?.type === 'workflow' ? decodeWhatCanBe : decode),
  };

  return {
    payloadCodec,
    decodeWhatCanBe,

    /** Reads a payload that a worker without its key has passed on. */
    read(sealed: SealedPayload): Read {
      if (!cipher.knows(sealed.keyVersion)) return 'unknown-key';
      try {
        return { value: defaultPayloadConverter.fromPayload(PayloadMessage.decode(cipher.open(sealed))) };
      } catch {
        return 'not-ours';
      }
    },
  };
}

/** undefined for what does not claim to be encrypted. */
function sealedIn({ metadata, data }: Payload): SealedPayload | undefined {
  const { encoding: claimed, [keyName]: version } = metadata ?? {};
  if (!claimed || !Buffer.from(claimed).equals(encoding)) return undefined;
  return { keyVersion: Number(version && textOf(version)), bytes: data ?? new Uint8Array() };
}
