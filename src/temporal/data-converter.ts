import { fileURLToPath } from 'node:url';
import type { DataConverter } from '@temporalio/common';
import type { Codec } from './codec.ts';

const beside = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The converters that a workflow bundle must hold, too. */
export const converterPaths = {
  payloadConverterPath: beside('./payload-converter.mjs'),
  failureConverterPath: beside('./failure-converter.mjs'),
};

/** How every client and every worker of Keygrant writes and reads what Temporal keeps: all the same, or one could not read another. */
export function dataConverterOf({ payloadCodec }: Codec): DataConverter {
  return { ...converterPaths, payloadCodecs: [payloadCodec] };
}
