import type { Codec } from '../../src/temporal/codec.ts';
import type { Keygrant } from './keygrant.ts';

/** A payload as Protocol Buffers write it in JSON: bytes as base64. */
export interface JsonPayload {
  metadata: Record<string, string>;
  data: string;
}

export const textOf = (base64: string) => Buffer.from(base64, 'base64').toString();

/** Everything that Temporal keeps of an application's runs and tells about them, as it would tell anybody. */
export async function rawHistories({ client }: Pick<Keygrant, 'client'>, id: string): Promise<unknown[]> {
  const texts: unknown[] = [];
  for await (const { runId } of client.workflow.list({ query: `WorkflowId = '${id}'` })) {
    const handle = client.workflow.getHandle(id, runId);
    const { raw } = await handle.describe();
    texts.push(JSON.parse(JSON.stringify([await handle.fetchHistory(), raw])));
  }
  return texts;
}

/** Every payload in it, wherever it stands. */
export function payloadsIn(raw: unknown): JsonPayload[] {
  if (typeof raw !== 'object' || raw === null) return [];
  if ('metadata' in raw && 'data' in raw) return [raw as JsonPayload];
  return Object.values(raw).flatMap(payloadsIn);
}

/** What a payload holds, decrypted. */
export function decodedText(codec: Codec, { metadata, data }: JsonPayload): string {
  const entries = Object.entries(metadata).map(
    ([key, value]) => [key, Buffer.from(value, 'base64')] as const,
  );
  const payload = { metadata: Object.fromEntries(entries), data: Buffer.from(data, 'base64') };
  return Buffer.from(codec.decodeWhatCanBe(payload).data ?? []).toString();
}
